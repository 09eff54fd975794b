"""Who says what, with which words: acts of attribution found in an article, one entry each.

``drafts`` and ``owners`` say what belongs together, ``transcripts``, ``headlines`` and ``disclosures`` know forms of
their own, ``contents`` says what of it was said, and ``wording`` and ``said`` whether it was said at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.analysis.model.decoder import Relation
from onrecord.analysis.phrases import Reading
from onrecord.analysis.places import Places
from onrecord.analysis.quotes import direct, wording
from onrecord.analysis.quotes.contents import content_of
from onrecord.analysis.quotes.disclosures import disclosures
from onrecord.analysis.quotes.drafts import Draft, from_tagger
from onrecord.analysis.quotes.exchanges import interview
from onrecord.analysis.quotes.headlines import headlines
from onrecord.analysis.quotes.interviews import interviewee
from onrecord.analysis.quotes.introduced import introduced
from onrecord.analysis.quotes.joins import (
    by_each,
    cited,
    own_clauses,
    passed_on,
    pointed_back,
    relayed,
    without_repeats,
)
from onrecord.analysis.quotes.owners import from_marks, give_quotations, without_acts
from onrecord.analysis.quotes.said import Act, Vote
from onrecord.analysis.quotes.signatures import signatures
from onrecord.analysis.quotes.told import told
from onrecord.analysis.quotes.transcripts import Turn, turns
from onrecord.analysis.result import QuoteKind
from onrecord.article import Span

TURN = 0.9  # how sure a turn of a transcript is
# … whose speaker the lead names, not a label: of 58 answers in annotated interviews 48 had the right one, and a wrong
# one goes through all of an interview. A card says *likely* below .8.
ASKED = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One act of attribution before its speaker is known. Spans point into ``Article.text``."""

    kind: QuoteKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    mention: Span | None = None  # the full noun phrase (or pronoun) that names the speaker here
    reported: bool = True  # False: a belief, plan or wish, or words inside somebody else's, which go to ``attitudes``
    confidence: float = 1.0
    labelled: bool = False  # the mention is the label of a transcript's turn


def by_list(act: Act) -> bool:
    """The vote where nothing is learned: what the cue lexicon takes for speech."""
    return act.listed


def attributions(reading: Reading, relations: Iterable[Relation], vote: Vote = by_list) -> list[Attribution]:
    """Every act of attribution in reading order; ``relations`` are the tagger's, in positions among the words.

    ``vote`` is asked of each whose words leave open whether it was said (``said.vote``).
    """
    spoken = turns(reading.article, reading.quotations) or interview(reading)
    apart = [] if spoken else list(introduced(reading))
    said: Places[object] = Places((span, turn) for turn in spoken for span in (turn.label, *turn.spans))
    for draft in apart:
        for span in draft.content:
            said.add(span, draft)
    special = [*headlines(reading), *disclosures(reading), *apart]
    known = {token.i for draft in special for token in draft.cue}  # cues of a form that is known better
    drafts = [
        draft for draft in from_tagger(reading, relations) if not known.intersection(token.i for token in draft.cue)
    ]
    for draft in drafts:
        passed_on(reading, draft)
        relayed(reading, draft)
        cited(reading, draft)
        pointed_back(reading, draft)
    drafts.extend(told(reading, drafts))
    for draft in drafts:
        extent = draft.extent
        draft.nested = draft.nested or (extent is not None and said.any(extent))
    taken = {n for n, quotation in enumerate(reading.outer) if any(map(said.any, quotation.spans))}
    signed = signatures(reading)
    signs = Places(
        (span, number) for number, one in signed for span in (one.mention, *reading.outer[number].spans) if span
    )
    drafts = [draft for draft in drafts if not any(map(signs.any, draft.reach))]
    taken |= {number for number, _ in signed}
    drafts.extend(special)
    give_quotations(reading, drafts, taken)
    without_acts(reading, drafts)
    drafts.extend(from_marks(reading, drafts, taken))
    drafts.extend(list(own_clauses(reading, drafts)))
    drafts.extend(draft for _, draft in signed)
    drafts.extend(_of_turns(reading, spoken))
    found = [attribution for draft in drafts if (attribution := _finished(reading, draft, vote)) is not None]
    each = [own for one in without_repeats(found) for own in by_each(reading, one)]
    return sorted(each, key=lambda attribution: attribution.content[0].start)


def _of_turns(reading: Reading, spoken: Sequence[Turn]) -> Iterator[Draft]:
    """What the turns of a transcript say. Who asks *Q.* is nobody whom a reader could know; *A.* is who is asked."""
    asked = interviewee(reading, spoken[0].label.start) if any(turn.role == "answer" for turn in spoken) else None
    for turn in spoken:
        if turn.role == "question":
            continue
        named = turn.role == "named"
        mention = turn.label if named else asked
        yield Draft((), mention, list(turn.spans), TURN if named else ASKED, verbatim=True, labelled=named)


def _finished(reading: Reading, draft: Draft, vote: Vote) -> Attribution | None:
    content = tuple(span for span in content_of(reading, draft) if span.end > reading.begins(span.start))
    if not content:
        return None
    if draft.mention is not None and any(draft.mention.overlaps(span) for span in content):
        draft.mention = None  # nobody is named by his own words
    if draft.mention is None and draft.cue and not draft.by_nobody:
        own = direct.subject_of(reading, draft.cue)
        draft.mention = None if own is None or any(own.overlaps(span) for span in content) else own
    kind = wording.kind_of(reading, draft, content)
    cue = _cue_spans(wording.bare_cue(draft.cue))
    label = (
        kind != "indirect" and not (draft.verbatim or draft.surely_reported) and wording.is_a_label(reading, content)
    )
    listed = wording.is_listed(reading, draft, content, kind)
    reported = wording.settled(reading, draft, content, kind, listed=listed and not label)
    if reported is None:
        reported = vote(Act(cue=cue, listed=listed))
        if label and not reported:
            return None  # scare quotes, or a title's
    if draft.mention is not None and wording.names_nobody(reading, draft.mention):
        draft.mention = None  # *“Shut it,” nobody at the forum said*: the words stand there, and are nobody's
    return Attribution(
        kind=kind,
        content=content,
        cue=cue,
        mention=draft.mention,
        reported=reported,
        confidence=draft.sureness,
        labelled=draft.labelled,
    )


def _cue_spans(tokens: tuple[Token, ...]) -> tuple[Span, ...]:
    """One span per run of neighbouring cue words."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return tuple(Span(run[0].idx, run[-1].idx + len(run[-1].text)) for run in runs)
