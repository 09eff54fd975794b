"""Acts of attribution while they are put together: which words belong to one statement.

The tagger says which words are a cue and which are its source and its content; syntax makes them whole. Which
quotations are part of a statement is decided in ``owners``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.analysis.cues import lexicon, main_verb
from onrecord.analysis.model.decoder import Relation, Run
from onrecord.analysis.phrases import (
    LONGEST_MENTION,
    SUBJECTS,
    Reading,
    agent,
    cut_off_title,
    hyphenated,
    passive,
    subject,
)
from onrecord.article import Span

MORE = 3  # words of a part of what is said, beside which a single word is no part but a slip of the model

_OPEN_ENDS = frozenset({"ADP", "CCONJ", "DET", "SCONJ"})
_INFINITIVES = frozenset({"xcomp", "ccomp", "advcl"})
_INSIDE_A_PHRASE = frozenset({"det", "compound", "amod", "nmod", "poss", "nummod", "quantmod"})


@dataclass(slots=True, eq=False)
class Draft:
    """An act of attribution while it is put together."""

    cue: tuple[Token, ...]
    mention: Span | None
    content: list[Span]  # outside the quotations that it owns
    sureness: float
    nested: bool = False
    verbatim: bool = False  # direct although there are no marks: a turn of a transcript
    labelled: bool = False  # the mention is a transcript's label
    by_nobody: bool = False  # who says it is not said, and the subject of its verb is nobody
    surely_reported: bool = False  # its form says that it was said, whatever its cue
    owned: list[int] = field(default_factory=list)  # numbers of the quotations that are part of what is said

    @property
    def extent(self) -> Span | None:
        """From the first word of the cue to its last."""
        return Span(self.cue[0].idx, self.cue[-1].idx + len(self.cue[-1].text)) if self.cue else None

    @property
    def reach(self) -> list[Span]:
        """Cue, mention and content."""
        return [span for span in (self.extent, self.mention, *self.content) if span is not None]


def from_tagger(reading: Reading, relations: Iterable[Relation]) -> list[Draft]:
    """The tagger's relations, whose positions are among ``reading.words``."""
    words, made = reading.words, []
    for relation in relations:
        cue = tuple(words[relation.cue[0] : relation.cue[1]])
        draft = Draft(
            cue=cue,
            mention=_mention(reading, words, relation.source, cue),
            content=[span for run in _in_place(reading, words, relation) if (span := _span(words, run)) is not None],
            sureness=relation.cue_sureness * relation.content_sureness * relation.source_sureness,
            nested=reading.quoted(cue[0]),
        )
        _by_syntax(reading, draft)
        made.append(draft)
    return made


def _in_place(reading: Reading, words: Sequence[Token], relation: Relation) -> list[Run]:
    """The content, paragraph by paragraph; where it begins in the cue's, of others only what is in marks.

    Else what stands behind a mark that nobody closed would be said too. A single word outside marks beside more of
    them is left out as well, but for a subject (*Prices, the minister said, will fall*).
    """
    begun = reading.article.begun
    own = begun[reading.block(words[relation.cue[0]])]
    parts = {at: begun[reading.block(words[at])] for run in relation.content for at in range(*run)}
    runs: list[Run] = []
    for first, past in relation.content:
        for at in range(first, past):
            goes_on = at > first and parts[at] == parts[at - 1]
            if goes_on and (parts[at] == own or reading.quoted(words[at]) == reading.quoted(words[at - 1])):
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    longest = max((past - first for first, past in runs), default=0)
    kept = [
        (first, past)
        for first, past in runs
        if past - first > 1 or longest < MORE or reading.quoted(words[first]) or words[first].dep_ in SUBJECTS
    ]
    beside = any(parts[first] == own for first, _ in kept)
    return [run for run in kept if not beside or parts[run[0]] == own or reading.quoted(words[run[0]])]


def _span(words: Sequence[Token], run: Run) -> Span | None:
    tokens = words[run[0] : run[1]]
    if not any(token.is_alpha or token.like_num for token in tokens):
        return None
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1].text))


def _mention(reading: Reading, words: Sequence[Token], run: Run | None, cue: Sequence[Token]) -> Span | None:
    """The tagger's source, without words that hang on something else, to the end of the phrase that it ends in."""
    if run is None:
        return None
    tokens = list(words[run[0] : run[1]])
    barred = {token.i for token in cue}
    tokens = [token for token in tokens if token.idx >= reading.begins(token.idx)] or tokens
    title = cut_off_title(tokens)
    tokens = tokens[title:]
    first = tokens[0].i
    while True:
        root, last = reading.doc[tokens[0].i : tokens[-1].i + 1].root, tokens[-1]
        if root.dep_ in _INSIDE_A_PHRASE and root.head.i > last.i:
            end = root.head.i
        elif last.i != root.i and root.is_ancestor(last):
            end = max(last.right_edge.i, last.head.right_edge.i if last.head.i > last.i else last.i)
        elif last.i > root.i and not root.is_ancestor(last):
            tokens.pop()
            continue
        else:
            break
        rest = [token for token in reading.doc[last.i + 1 : end + 1] if not token.is_space]
        stops = any(token.i in barred or reading.quoted(token) != reading.quoted(root) for token in rest)
        if not rest or stops or end - tokens[0].i > LONGEST_MENTION:
            break
        tokens += rest
    if not reading.quoted(tokens[0]):
        tokens = list(itertools.takewhile(lambda token: not reading.quoted(token), tokens))
    while len(tokens) > 1 and tokens[-1].pos_ in _OPEN_ENDS:
        tokens.pop()
    if title:
        tokens = [*reading.doc[first - title : first], *tokens]
    return reading.span(_to_the_end_of_the_word(tokens))


def _to_the_end_of_the_word(tokens: list[Token]) -> list[Token]:
    """The tokenizer cuts at hyphens, and the tagger may stop at one: *study co|-author*, with the name behind it."""
    doc, last = tokens[-1].doc, tokens[-1].i
    while hyphenated(doc, last + 1):
        last += 2
    if last == tokens[-1].i:
        return tokens
    while last + 1 < len(doc) and doc[last + 1].ent_type_ == "PERSON":
        last += 1
    return [*tokens, *doc[tokens[-1].i + 1 : last + 1]]


def _by_syntax(reading: Reading, draft: Draft) -> None:
    """What the frame of the verb says better: the agent of a passive, and what is left when the addressee is out.

    Of *X was told by Y to go* what is said is *to go*, and Y says it.
    """
    verb = main_verb(draft.cue)
    if verb is None or draft.nested:
        return
    on = any(child.dep_ == "prep" and child.lower_ in {"on", "upon"} for child in verb.children)
    if lexicon().has("request", verb) or (on and verb.lemma_ in lexicon().appeal):  # *called on drivers to stay*
        draft.content = [_without_addressee(reading, verb, span) for span in draft.content]
    _whole_subject(reading, draft, verb)
    by = agent(verb) if passive(verb) else None
    if by is None or reading.quoted(by):
        return
    behind = [span for span in draft.content if span.start > verb.idx and by.idx not in span]
    if behind:
        draft.content = behind
    if draft.mention is None or by.idx not in draft.mention:
        said = [token for span in draft.content for token in reading.tokens(span)]
        draft.mention = reading.noun_phrase(by, without=[*draft.cue, *said])


def _without_addressee(reading: Reading, verb: Token, span: Span) -> Span:
    """Of *urged drivers to stay* what is said is *to stay*."""
    tokens = reading.tokens(span)
    for number, token in enumerate(tokens):
        governed = token.dep_ == "aux" and token.head.head.i == verb.i and token.head.dep_ in _INFINITIVES
        if token.lower_ == "to" and governed and token.i > verb.i:
            addressed = tokens[:number]
            if addressed and all(t.dep_ not in {"punct", "cc"} and t.i > verb.i for t in addressed):
                return Span(token.idx, span.end)
            break
    return span


def _whole_subject(reading: Reading, draft: Draft, verb: Token) -> None:
    """The whole subject where the tagger took a part of it without its head: *a poll by Carrow Research found*."""
    if draft.mention is None:
        return
    own = subject(verb)
    if own is None or own.pos_ not in {"NOUN", "PROPN"} or own.idx in draft.mention or reading.quoted(own):
        return
    said = [token for span in draft.content for token in reading.tokens(span)]
    phrase = reading.noun_phrase(own, without=[*draft.cue, *said])
    if phrase.covers(draft.mention):
        draft.mention = phrase
