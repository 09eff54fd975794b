"""Words set apart without marks: *The union released this statement:*, and the next paragraph is the statement.

What stands in a ``blockquote`` goes on through the paragraphs of it; without one a single paragraph is taken, since
nothing shows where the words end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from onrecord.analysis.cues import is_verb, lexicon
from onrecord.analysis.names.animacy import names_a_text
from onrecord.analysis.phrases import Reading
from onrecord.analysis.quotes import direct
from onrecord.analysis.quotes.drafts import Draft
from onrecord.article import Span

SURENESS: Final = 0.75
FEWEST: Final = 3  # words; what is shorter is a heading
_SAYING: Final = ("clause", "quotation", "finding")
_POINTING: Final = frozenset({"this", "these", "following", "the"})
_CHARGES: Final = frozenset({"charge", "claim", "allegation", "accusation", "criticism", "complaint", "report"})
_MARKS: Final = ("“", "”", '"', "‘", "'", "«", "„")


def introduced(reading: Reading) -> Iterator[Draft]:
    """A draft for each block that ends in a colon and says who speaks in the blocks behind it."""
    article = reading.article
    for number, (block, at) in enumerate(zip(article.blocks, article.block_spans, strict=True)):
        text = block.text.rstrip()
        if block.role not in {"paragraph", "blockquote"} or not text.endswith(":"):
            continue
        content = _set_apart(reading, number)
        cue = _cue(reading, Span(at.start, at.start + len(text)))
        if not content or cue is None:
            continue
        verb, cues = cue
        mention = direct.subject_of(reading, (verb,))
        if mention is not None:
            yield Draft(
                cue=cues, mention=mention, content=content, sureness=SURENESS, verbatim=True, surely_reported=True
            )


def _set_apart(reading: Reading, number: int) -> list[Span]:
    """The blocks behind block ``number`` that hold the words: those of a ``blockquote``, or one paragraph."""
    blocks, spans = reading.article.blocks, reading.article.block_spans
    past = number + 1
    while past < len(blocks) and blocks[past].role == "blockquote":
        if blocks[past].text.rstrip().endswith(":"):
            return []  # and no block is looked at for two colons before it
        past += 1
    if past == number + 1 and past < len(blocks) and blocks[past].role == "paragraph":
        past += 1
    kept = [Span(spans[at].start, spans[at].start + len(blocks[at].text.rstrip())) for at in range(number + 1, past)]
    plain = [at for at in range(number + 1, past) if not blocks[at].text.lstrip().startswith(_MARKS)]
    whole = all(len(blocks[at].text.split()) >= FEWEST and not blocks[at].text.rstrip().endswith(":") for at in plain)
    states = any(
        token.pos_ in {"VERB", "AUX"} for span in kept[:1] for token in reading.tokens(span)
    )  # no list of names
    return kept if whole and states and len(plain) == len(kept) else []


def _cue(reading: Reading, block: Span) -> tuple[Token, tuple[Token, ...]] | None:
    """The verb whose subject speaks, and the words that say so; None where the block says something else.

    The verb must have nothing else to say: *said the scheme worked like this:* has.
    """
    tokens = reading.tokens(block)
    last = tokens[-1].sent if tokens else None
    verbs = [t for t in tokens if last is not None and t.sent == last and is_verb(t) and not reading.quoted(t)]
    for verb in reversed(verbs):
        below = [child for child in verb.children if child.i > verb.i]
        things = [child for child in below if child.dep_ in {"dobj", "attr", "oprd"}]
        told = any(child.dep_ in {"ccomp", "xcomp"} for child in below)
        text = next((t for t in things if names_a_text(t) and _points(t)), None)
        if text is not None:
            return verb, (text,)
        says = any(lexicon().has(frame, verb) for frame in _SAYING) or _answers(verb, things)
        if says and not told and all(_points(t) for t in things):
            return verb, (verb,)
    return None


def _answers(verb: Token, things: list[Token]) -> bool:
    """*rejected these charges*: words behind the colon are the answer to the words that it names."""
    charges = any(t.lemma_.lower() in _CHARGES for t in things)
    return charges and lexicon().has("object", verb)


def _points(noun: Token) -> bool:
    """*this*, *the following statement*, *a statement*: what points to the words behind the colon."""
    words = {noun.lower_, *(child.lower_ for child in noun.children if child.i < noun.i)}
    return bool(words & (_POINTING | {"a"}))
