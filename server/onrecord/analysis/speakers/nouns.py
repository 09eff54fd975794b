"""What a noun says by itself: one person by trade, one of a party, nobody in particular, others than the name by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.names.animacy import is_body, may_be_person
from onrecord.analysis.names.bodies import is_whole_name
from onrecord.analysis.names.genders import noun_gender

VAGUE: Final = frozenset(
    {
        "some", "many", "others", "several", "few", "most", "one", "another", "someone", "everyone", "anyone", "none",
        "somebody", "all",
    }
)  # fmt: skip
UNNAMED_BODY: Final = frozenset(
    {
        "campaign", "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "aide", "aides", "adviser",
        "advisers", "team", "staff", "office",
    }
)  # fmt: skip
# Nouns for an age: from … to … years.
_AGES: Final = {
    "toddler": (1, 4), "child": (0, 17), "boy": (0, 17), "girl": (0, 17), "schoolboy": (4, 18), "schoolgirl": (4, 18),
    "youngster": (5, 24), "youth": (10, 24), "teenager": (13, 19), "pensioner": (55, 120), "retiree": (50, 120),
    "septuagenarian": (70, 79), "octogenarian": (80, 89), "nonagenarian": (90, 99), "centenarian": (100, 120),
}  # fmt: skip
_NO_LONGER = frozenset({"former", "ex", "retired"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det"})
# Adjectives and participles that tie somebody to another: *sources close to*, *people familiar with*.
_TIES = frozenset({"close", "near", "familiar", "loyal", "briefed", "around", "opposed", "working", "who", "with"})
# Who stands beside somebody, as the parser may have it in the singular at the head of a sentence.
_OTHERS = frozenset({"source", "friend", "ally", "allie", "insider", "relative", "colleague", "supporter", "critic"})


def beside_a_person(tokens: list[Token]) -> bool:
    """Whether a mention is of others than the person it names: *sources close to the leader, Anna Bell*.

    A noun with a tie to somebody behind it keeps the name that follows only where the noun is definite and singular
    (*the daughter of the baker, Anna Bell*): one among several (*an aide to the mayor, Anna Bell*) is not the named.
    """
    nouns = (t for t in tokens if t.pos_ in {"NOUN", "PROPN", "PRON"})
    first = next((t for t in nouns if t.dep_ not in _INSIDE or t.nbor(1).pos_ == "ADP"), None)
    if first is None or first.i == tokens[-1].i or first.ent_type_ == "PERSON" or is_whole_name(tokens):
        return False
    behind = first.nbor(1)
    tied = (behind.pos_ in {"ADP", "PART"} and behind.lower_ != "of") or behind.lower_ in _TIES
    one = tokens[0].lower_ == "one" and tokens[0].i < first.i  # *one of the authors, Anna Bell*
    kin = behind.lower_ == "of" and not one and (is_vague(first) or first.tag_ in {"NNS", "NNPS"})
    if not (tied or kin):
        return False
    if (first.tag_ in {"NNS", "NNPS"} and not one) or is_vague(first) or first.lower_.rstrip("s") in _OTHERS:
        return True
    between = [t for t in tokens if t.i > first.i and t.text == ","]
    rest = [t for t in tokens if behind.i < t.i and (not between or t.i < between[0].i)]
    inner = any(t.tag_ == "NN" and may_be_person(t) and not t.ent_type_ for t in rest)
    return inner and first.i > tokens[0].i and tokens[0].lower_ in {"a", "an", "one", "another"}


def is_person_noun(token: Token) -> bool:
    """Whether a noun names one person by office, trade or kinship."""
    lemma = token.lemma_.lower()
    kinds = ("former_official", "official", "political", "business", "civil_society", "expert", "affected")
    return noun_gender(token) is not None or any(
        lemma in lexicons.words("sources", "types", kind, "heads") for kind in kinds if kind in _kinds()
    )


def one_person(head: Token) -> bool:
    """Whether a noun names one person and no body."""
    return is_person_noun(head) and not is_body(head)


def _kinds() -> frozenset[str]:
    return frozenset(lexicons.load("sources")["types"])


def listed_member(token: Token) -> bool:
    """Whether a noun names one member of a party: *the Republican*."""
    members = lexicons.words("sources", "parties", "members")
    return token.tag_ in {"NN", "NNP", "JJ"} and token.lower_ in members


def is_vague(token: Token) -> bool:
    """Whether a noun or pronoun picks out nobody: *some*, *critics*."""
    return token.lower_ in VAGUE or token.lemma_.lower() in lexicons.words("sources", "types", "unattributed", "heads")


def ages(head: Token, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """How old, at least and at most, whom a mention means is by its words: *the 34-year-old*, *the teenager*."""
    if len(tokens) >= 5 and tokens[-1].lower_ == "old" and tokens[-3].lower_ == "year" and tokens[-5].text.isdigit():
        return int(tokens[-5].text), int(tokens[-5].text)
    return _AGES.get(head.lemma_.lower())


def only_says_who(head: Token, tokens: Sequence[Token]) -> bool:
    """Whether a mention only says who somebody is: *the mother of two*, *the teenager*, *the former mayor*.

    A noun for a part in what happened (*the judge*, *the driver*) may be of somebody new.
    """
    behind = [t for t in tokens if t.i > head.i and t.text != "-"][:2]
    counted = len(behind) == 2 and behind[0].lower_ == "of" and behind[1].like_num
    studies = head.lemma_.lower().endswith("ologist")
    return (
        counted
        or studies
        or ages(head, tokens) is not None
        or any(t.lower_ in _NO_LONGER for t in tokens if t.i < head.i)
    )


def studies(head: Token) -> bool:
    """Whether a noun names one who studies something: *the glaciologist*."""
    return head.lemma_.lower().endswith("ologist")
