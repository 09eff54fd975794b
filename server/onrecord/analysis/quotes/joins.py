"""What was taken together and belongs apart, and what was taken twice.

Behind the drafts, before anything is settled: what an outlet or a text passes on, a statement that two verbs report,
and speakers of different kinds who share a verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon, main_verb
from onrecord.analysis.names import kind_of
from onrecord.analysis.names.animacy import is_body, names_people
from onrecord.analysis.phrases import Reading, head_of, subject
from onrecord.analysis.quotes.drafts import Draft
from onrecord.analysis.quotes.statements import has_that, is_text
from onrecord.article import Span

if TYPE_CHECKING:
    from onrecord.analysis.quotes.attribution import Attribution

NEAR = 8  # words behind a verb that tell whom it cites
# Who stands beside somebody named and is of his kind: *Mr Bell and other leaders*, *Bell and his aides*.
_OF_HIS_KIND = frozenset({"other", "others", "fellow", "colleague", "his", "her", "its", "their", "rest"})


def passed_on(reading: Reading, draft: Draft) -> None:
    """Give what an outlet passes on to him who said it: *According to Radio Sarn, Bell thinks the bridge is safe*."""
    if not draft.cue or draft.cue[0].lower_ != "according" or draft.mention is None or len(draft.content) != 1:
        return
    told = kind_of(reading.tokens(draft.mention))
    if told is None or told.type != "media":
        return
    tokens = reading.tokens(draft.content[0])
    verb = head_of(tokens) if tokens else None
    if verb is None or not (lexicon().has("clause", verb) or lexicon().has("attitude", verb)):
        return
    who = next((t for t in verb.lefts if t.dep_ == "nsubj" and t in tokens), None)
    clause = next((t for t in verb.rights if t.dep_ == "ccomp" and t in tokens), None)
    if who is None or clause is None or who.pos_ == "PRON" or any(map(reading.quoted, tokens)):
        return
    content = reading.span([t for t in clause.subtree if t.i > verb.i])
    if content is not None:
        draft.cue, draft.mention = (verb,), reading.noun_phrase(who, without=[verb])
        draft.content, draft.surely_reported = [content], True


def _may_be_outlet(head: Token) -> bool:
    """Whether it may be an outlet of which nothing is known: *the Mail*, whatever it is taken for; *the newspaper*."""
    the = any(child.lower_ == "the" for child in head.lefts)
    return is_body(head) or (head.pos_ == "PROPN" and (the or head.ent_type_ != "PERSON"))


def relayed(reading: Reading, draft: Draft) -> None:
    """Give what an outlet reports to those whom it cites: *the Mail reported, quoting an anonymous official*.

    A text that it cites is not taken so: what it says of itself and what the outlet made of it nobody can tell apart.
    """
    verb = main_verb(draft.cue)
    if verb is None or draft.mention is None:
        return
    tokens = reading.tokens(draft.mention)
    told, named = kind_of(tokens), head_of(tokens) if tokens else None
    if told is not None and told.type != "media":
        return
    if told is None and not (named is not None and verb.lemma_ == "report" and _may_be_outlet(named)):
        return
    beside = [t for one in (verb, *tokens) for t in one.children]
    first = min((span.start for span in draft.content), default=0)
    # *reported, citing two officers, that …*
    beside += [t for t in reading.doc[verb.i + 1 : verb.i + 1 + NEAR] if t.idx < first]
    citing = (t for t in beside if t.lower_ in {"citing", "quoting"})
    whom = next((t for one in citing for t in one.rights if t.dep_ in {"dobj", "pobj"}), None)
    if whom is None or not (names_people(whom) or whom.ent_type_ == "PERSON") or reading.quoted(whom):
        return
    mention = reading.noun_phrase(whom)
    if not any(mention.overlaps(span) for span in draft.content):
        draft.mention = mention


def cited(reading: Reading, draft: Draft) -> None:
    """Give what a cited text says to the text: *citing reports that two banks were raided*."""
    verb = next((t for t in draft.cue if t.lemma_ in {"cite", "quote"}), None)
    if verb is None or len(draft.content) != 1:
        return
    noun = next((t for t in verb.rights if t.dep_ == "dobj" and is_text(t)), None)
    saying = next((t for t in noun.rights if t.dep_ == "acl" and t in draft.cue), None) if noun is not None else None
    if noun is not None and saying is not None:  # *cited a letter saying that …*
        draft.mention = reading.noun_phrase(noun, without=list(saying.subtree))
        draft.cue, draft.surely_reported = (saying,), True
        return
    words = _behind_that(noun) if noun is not None and noun.idx in draft.content[0] else []
    content = reading.span(words)
    if noun is not None and content is not None:
        draft.mention = reading.noun_phrase(noun, without=words)
        draft.content, draft.surely_reported = [content], True


def _behind_that(noun: Token) -> list[Token]:
    """The words of the *that* clause of a noun, behind *that*; none where it has no such clause."""
    clause = next((t for t in noun.rights if t.dep_ in {"acl", "ccomp", "relcl"} and has_that(t)), None)
    that = next((t for t in clause.lefts if t.dep_ == "mark"), None) if clause is not None else None
    return [t for t in clause.subtree if t.i > that.i] if clause is not None and that is not None else []


def pointed_back(reading: Reading, draft: Draft) -> None:
    """Give *That's according to a study* the sentence that *that* stands for."""
    if len(draft.content) != 1 or not draft.cue or draft.nested:
        return
    tokens = [t for t in reading.tokens(draft.content[0]) if t.lemma_ != "be"]
    if len(tokens) != 1 or tokens[0].lower_ not in {"that", "this"} or tokens[0].tag_ != "DT":
        return
    sentence = tokens[0].sent
    if draft.cue[0].lower_ != "according" or not sentence.start or tokens[0].i > sentence.start + 1:
        return
    before = reading.doc[sentence.start - 1].sent
    words = [t for t in before if not t.is_space]
    same = reading.block(before[0]) == reading.block(tokens[0])
    if same and not any(map(reading.quoted, words)) and (span := reading.span(words)) is not None:
        draft.content, draft.surely_reported = [span], True


def own_clauses(reading: Reading, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Of *The islanders blame Oilco, whose “tanks leak,” Bell said* the words in marks are Bell's alone.

    What stands before them is said by somebody else, with a verb of its own.
    """
    for draft in drafts:
        if not draft.cue or not draft.owned or len(draft.content) != 1 or draft.nested or draft.verbatim:
            continue
        first, content = reading.outer[draft.owned[0]].start, draft.content[0]
        pronoun = reading.last_unquoted(first)
        if pronoun is None or pronoun.tag_ not in {"WDT", "WP", "WP$"} or pronoun.idx not in content:
            continue
        tokens = [t for t in reading.tokens(content) if t.i < pronoun.i]
        verb = head_of(tokens) if tokens else None
        who = subject(verb) if verb is not None else None
        if verb is None or who is None or who not in tokens or draft.cue[0].idx < first:
            continue
        if not any(lexicon().has(frame, verb) for frame in ("clause", "accusation", "object")):
            continue
        said = reading.span([t for t in tokens if t.i > verb.i and not (t.lower_ == "that" and t.dep_ == "mark")])
        if said is not None and verb.tag_ in {"VBD", "VBZ", "VBP"}:
            draft.content = []
            mention = reading.noun_phrase(who, without=[verb])
            yield Draft((verb,), mention, [said], draft.sureness, surely_reported=True)


def without_repeats(found: Sequence[Attribution]) -> list[Attribution]:
    """The statements without those that two verbs report of one speaker: *gave a statement saying that …*."""
    best: dict[tuple[object, ...], Attribution] = {}
    for one in found:
        key = (one.content, one.mention.start if one.mention is not None else None, one.reported)
        other = best.get(key)
        if other is None or other.confidence < one.confidence:
            best[key] = one
    kept = {id(one) for one in best.values()}
    return [one for one in found if id(one) in kept]


def by_each(reading: Reading, found: Attribution) -> Iterator[Attribution]:
    """A statement once for each of those who share its verb, where they are not of one kind.

    *Both Bell and Hale* say it each; so do somebody with a name and a group without one (*the Greens and some
    doctors*). *Police and residents*, *Bell and Hale* speak as one.
    """
    parts = _parts(reading, found.mention) if found.mention is not None and not found.labelled else []
    if len(parts) < 2:
        yield found
        return
    for part in parts:
        yield replace(found, mention=part)


def _parts(reading: Reading, mention: Span) -> list[Span]:
    tokens = reading.tokens(mention)
    if not tokens:
        return []
    head = head_of(tokens)
    heads = [head, *(t for t in head.conjuncts if t in tokens and t.i > head.i)]
    heads = [
        t for n, t in enumerate(heads) if n + 1 == len(heads) or heads[n + 1].left_edge.i > t.i + 1 or t.i == head.i
    ]
    ands = [t for t in tokens if t.lower_ == "and" and t.head in heads]
    if len(heads) != 2 or len(ands) != 1 or not heads[0].i < ands[0].i < heads[1].i:
        return []
    both = tokens[0].lower_ == "both"
    first = reading.tokens(Span(mention.start, ands[0].idx))[both:]
    second = reading.tokens(Span(ands[0].idx + len(ands[0].text), mention.end))
    spans = [reading.span(part) for part in (first, second)]
    if not first or not second:
        return []
    alike = any(t.lower_ in _OF_HIS_KIND or t.lemma_.lower() in _OF_HIS_KIND for t in (*first, *second))
    place = (
        first[-1].i != heads[0].i and first[-1].ent_type_ == second[-1].ent_type_ != ""
    )  # *mayors in Sarn and Ashby*
    if not (both or (_of_two_kinds(heads[0], heads[1]) and not alike and not place)):
        return []
    return [span for span in spans if span is not None]


def _of_two_kinds(one: Token, other: Token) -> bool:
    named = [t for t in (one, other) if t.pos_ == "PROPN" or t.ent_type_ in {"ORG", "NORP", "PERSON"}]
    group = [t for t in (one, other) if t.tag_ == "NNS" and not t.ent_type_ and t not in named]
    return len(named) == len(group) == 1
