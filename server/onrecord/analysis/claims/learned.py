"""The claims of which the model is sure: each contesting word with its proposition, and who contests it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.claims.found import Found, closed, trimmed
from onrecord.analysis.claims.parties import Parties
from onrecord.analysis.model import Contest
from onrecord.analysis.phrases import Reading
from onrecord.article import Span

# How sure the model must be of a claim: the least at which nine in ten contested sentences of ``check`` and of the own
# set, which it does not learn from, are right (docs/training.md).
SURE: Final = 0.63

# … and of a word alone, whose clause is what it contests then. From .7 to .9 the short texts of ``written_check`` and
# articles give the same.
CERTAIN: Final = 0.7

# What one word contests in one sentence is one proposition, though the model may leave words of it out: a comma with
# its *and*, which this many words fill, … From 1 to 4 the articles of ``check`` and the own set give the same.
GAP: Final = 2
# … or all but some words far from it (*the mayor*, who *reportedly* left), which have less than this share of its size.
RIVAL: Final = 0.5

_LEADING_IN: Final = frozenset({"that", "whether"})


def sure(reading: Reading, parties: Parties, contests: Sequence[Contest]) -> Iterator[Found]:
    """The claims of which the model is sure."""
    clauses = by_syntax(reading, contests)
    for one in propositions(reading, [one for one in contests if one.evidence not in clauses] + [*clauses.values()]):
        if one.sureness < SURE or not _in_one_story(reading, one):
            continue
        words = [token for span in one.evidence for token in reading.tokens(span)]
        if all(token.lower_ in _LEADING_IN for token in words):  # tells a reader nothing by itself
            continue
        yield Found(
            status=one.status,
            content=tuple(closed(reading, trimmed(reading.article, span)) for span in one.content),
            evidence=tuple(_bare(reading, span) for span in one.evidence),
            by=next((who for token in words if (who := parties.who(token)) is not None), None),
            confidence=one.sureness,
        )


def by_syntax(reading: Reading, contests: Sequence[Contest]) -> dict[tuple[Span, ...], Contest]:
    """By its evidence: the clause of a verb that contests, where the model is sure of nothing that it contests.

    It stands for whatever the model doubts there. Short sentences by themselves are what it reads worst.
    """
    placed = {one.evidence for one in contests if one.content and one.sureness >= SURE}
    found = {}
    for one in contests:
        if one.evidence in placed or one.cue_sureness < CERTAIN:
            continue
        verb = next((t for span in one.evidence for t in reading.tokens(span) if t.pos_ == "VERB"), None)
        below = verb.rights if verb is not None else ()
        clause = next((child for child in below if child.dep_ in {"ccomp", "xcomp"}), None)
        span = reading.span(t for t in clause.subtree if not _opens(t)) if clause is not None else None
        if span is not None:
            found[one.evidence] = replace(one, content=(span,), content_sureness=1.0, sureness=one.cue_sureness)
    return found


def _in_one_story(reading: Reading, one: Contest) -> bool:
    """Whether the word may mean what it would contest: nothing of another post of a live blog."""
    article = reading.article
    spans = (*one.evidence, *one.content)
    return len({article.blocks[article.block_index(span.start)].section for span in spans}) == 1


def propositions(reading: Reading, contests: Iterable[Contest]) -> Iterator[Contest]:
    """What each word contests: one content a sentence, and those on its side that are at least half as large."""
    found: defaultdict[tuple[tuple[Span, ...], int], list[tuple[list[Token], Contest]]] = defaultdict(list)
    for contest in contests:
        words = [token for span in contest.content for token in reading.tokens(span)]
        if len(contest.content) > 1:  # parted by what stands between two paragraphs, and whole as it is
            yield contest
        elif words:
            found[contest.evidence, words[0].sent.start].append((words, contest))
    for (evidence, _), runs in found.items():
        cue = {token.i for span in evidence for token in reading.tokens(span)}
        joined: list[tuple[list[Token], Contest]] = []
        for words, contest in sorted(runs, key=lambda run: run[0][0].i):
            between = range(joined[-1][0][-1].i + 1, words[0].i) if joined else range(0)
            if joined and len(between) <= GAP and cue.isdisjoint(between) and not _that(reading, between, words):
                known = joined[-1][1]
                content = max(known.content_sureness, contest.content_sureness)
                both = replace(contest, content_sureness=content, sureness=max(known.sureness, contest.sureness))
                joined[-1] = ([*joined[-1][0], *words], both)
            else:
                joined.append((words, contest))
        sizes = [len(words) * contest.content_sureness for words, contest in joined]
        behind = joined[sizes.index(max(sizes))][0][0].i > min(cue)
        for (words, contest), size in zip(joined, sizes, strict=True):
            span = reading.span(words[1:] if _opens(words[0]) else words)
            if span is not None and size >= RIVAL * max(sizes) and (words[0].i > min(cue)) == behind:
                yield replace(contest, content=(span,))


def _opens(token: Token) -> bool:
    """Whether a clause begins with it that is a proposition by itself: *that the ferry was sold*."""
    return token.dep_ == "mark" and token.lower_ in _LEADING_IN


def _that(reading: Reading, between: range, words: Sequence[Token]) -> bool:
    """*… A, and that B*: another proposition."""
    return any(map(_opens, [*(reading.doc[at] for at in between), words[0]]))


def _bare(reading: Reading, cue: Span) -> Span:
    """The words that contest without the *that* or *whether* behind them."""
    words = reading.tokens(cue)
    return reading.span(words[:-1]) or cue if len(words) > 1 and words[-1].lower_ in _LEADING_IN else cue
