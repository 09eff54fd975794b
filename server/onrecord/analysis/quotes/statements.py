"""Forms that leave no doubt that something was said, whatever the vote makes of the cue.

A text that shows something says it; an outlet that states something has published it; what is asked for in a letter is
written there; *a declaration by the managers that …* is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from onrecord.analysis import lexicons
from onrecord.analysis.cues import lexicon, main_verb
from onrecord.analysis.names import kind_of
from onrecord.analysis.names.animacy import is_body, may_be_person, names_a_text
from onrecord.analysis.phrases import FINITE, Reading, head_of, passive
from onrecord.analysis.quotes.drafts import Draft
from onrecord.article import Span

# Where words are spoken, beside the texts in which they are written.
_OCCASIONS: Final = frozenset(
    {"meeting", "interview", "speech", "conference", "briefing", "hearing", "address", "debate"}
)
# Verbs that give something its cause: V X to Y. *Tie* and *pin* are done with ropes and needles too.
_CAUSES: Final = frozenset({"attribute", "ascribe", "credit", "link", "trace"})
_WAYS: Final = frozenset({"in", "through", "via", "by", "during", "at", "on"})


def is_statement(reading: Reading, draft: Draft, content: Sequence[Span]) -> bool:
    """Whether the form alone says that ``content`` was said or written."""
    tokens = [token for span in content for token in reading.tokens(span)]
    source = reading.tokens(draft.mention) if draft.mention is not None else []
    if not tokens or not source:
        return False
    verb = main_verb(draft.cue)
    if verb is None or verb.lemma_ == "be":
        return _is_a_noun_with_its_author(draft, tokens)
    head = head_of(source)
    if not passive(verb) and _publishes(verb, source, tokens, head):
        return True
    if passive(verb) or any(lexicon().has("attitude", token) for token in draft.cue):
        return False
    if source[0].lower_ == "this":
        return False  # *This map shows where the ship sank*: the article's own
    if verb.tag_ in FINITE and is_text(head) and (lexicon().has("finding", verb) or _finds_a_cause(draft, verb)):
        return True
    if _finds_a_cause(draft, verb) and (may_be_person(head) or is_body(head)):
        return True
    if verb.tag_ in {*FINITE, "VBN"} and _asks_or_rules_out(draft.cue, verb):
        return True
    asks = any(lexicon().has(frame, verb) for frame in ("request", "infinitive", "object"))
    speaks = asks or bool({t.lower_ for t in draft.cue} & lexicon().appeal.get(verb.lemma_, frozenset({"for"})))
    beside = [t for t in verb.subtree if t.i > verb.i and not any(t.idx in span for span in content)]
    return speaks and any(occasion(t) is not None for t in beside)


def _publishes(verb: Token, source: Sequence[Token], tokens: Sequence[Token], head: Token) -> bool:
    """*The Gazette has established that …*: what an outlet has found out and states, it has published."""
    if lexicon().has("attitude", verb) and verb.lemma_ != "learn":
        return False
    states = any(child.dep_ == "ccomp" and child in tokens for child in verb.children)
    states = states and any(t.tag_ in FINITE for t in tokens)
    told = kind_of(source) if states else None
    return told is not None and told.type == "media" and told.last.i >= head.i


def _asks_or_rules_out(cue: Sequence[Token], verb: Token) -> bool:
    """*called for an inquiry*, *ruled out a fault*: done by saying so, and in no other way."""
    words = {t.lower_ for t in cue if t.i > verb.i}
    if verb.lemma_ == "rule":
        return "out" in words
    return "for" in words and "for" in lexicon().appeal.get(verb.lemma_, ())


def _finds_a_cause(draft: Draft, verb: Token) -> bool:
    """*linked the deaths to a spill*: what is said is that one thing comes of another."""
    thing = next((child for child in verb.rights if child.dep_ in {"dobj", "appos"}), None)
    beside = [*verb.rights, *(thing.rights if thing is not None else ())]
    to = next((t for t in beside if t.lower_ == "to" and t.dep_ in {"prep", "dative"}), None)
    return verb.lemma_ in _CAUSES and thing is not None and to is not None and any(to.idx in s for s in draft.content)


def is_text(noun: Token) -> bool:
    """Whether a noun names a text that can say something: *survey*, *letter*; images only show."""
    return noun.lemma_.lower() not in lexicon().never_sources and names_a_text(noun)


def occasion(preposition: Token) -> Token | None:
    """The noun of *in a heated meeting*, *in an open letter*, *through a poster*: where or in what words were said."""
    if preposition.lower_ not in _WAYS or preposition.dep_ != "prep":
        return None
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None or noun.tag_ != "NN" or not any(child.lower_ in {"a", "an"} for child in noun.lefts):
        return None
    return noun if noun.lemma_.lower() in _OCCASIONS or is_text(noun) else None


def words_for_words() -> frozenset[str]:
    """Nouns for what somebody says: *claim*, *argument*, *warning*."""
    return lexicons.words("cues", "said_things", "words")


def _is_a_noun_with_its_author(draft: Draft, tokens: Sequence[Token]) -> bool:
    """*A declaration by the managers that …*, *her argument is that …*: a noun, whose, and a clause."""
    noun = next((t for t in reversed(draft.cue) if t.pos_ == "NOUN"), None)
    verb = main_verb(draft.cue)
    if noun is None or draft.mention is None:
        return False
    if verb is not None:  # *her argument is that …*
        own = any(child.dep_ == "poss" for child in noun.lefts)
        clause = next((child for child in verb.rights if child.dep_ == "ccomp" and child in tokens), None)
        is_said = noun.lemma_.lower() in words_for_words()
        return verb.lemma_ == "be" and noun.head == verb and own and is_said and clause is not None and has_that(clause)
    by = next((child for child in noun.rights if child.lower_ in {"by", "from"} and child.dep_ == "prep"), None)
    clause = next((child for child in noun.rights if child.dep_ in {"acl", "ccomp", "relcl"} and child in tokens), None)
    if by is None or clause is None or by.i > clause.i or noun.lemma_.lower() not in words_for_words():
        return False
    return draft.mention.start > by.idx and has_that(clause)


def has_that(clause: Token) -> bool:
    """Whether a clause begins with *that*."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.lefts)
