"""What a quotation is by its own form: a clause, an utterance, a sentence that stands by itself."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.phrases import Reading

# A quotation of fewer words with no end punctuation and no cue is a label or a title, not an utterance.
SHORTEST_UTTERANCE = 4


def is_clause(tokens: Sequence[Token]) -> bool:
    """Whether the words hold a clause of their own, or are a whole utterance by their end punctuation."""
    words = [token for token in tokens if any(character.isalpha() for character in token.text)]
    if not words:
        return False
    last = next(
        (token for token in reversed(tokens) if token.text not in {'"', "”", "’", "'", "''", "’’", "»"}), tokens[-1]
    )
    finite = any(
        (t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in t.children))
        or (t.tag_ in {"VBZ", "VBP", "VBD", "MD"} and t.dep_ in {"aux", "auxpass"} and _has_subject(t.head))
        for t in words
    )
    if finite:
        return True
    if last.text in {"!", "?"}:
        return True
    if last.text not in {".", ",", "…", "—", "–", "-"} and len(words) < SHORTEST_UTTERANCE:
        return False
    imperative = words[0].tag_ in {"VB", "VBP"} and words[0].pos_ in {"VERB", "AUX"}
    return imperative or (last.text in {".", "…"} and words[0].text[:1].isupper() and len(words) >= SHORTEST_UTTERANCE)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)


def final_mark(reading: Reading, number: int) -> str:
    """The last character of a quotation inside its marks; empty for an empty one."""
    text = reading.article[reading.outer[number].spans[-1]].rstrip("\"'”’»` ")
    return text[-1:] if text else ""


def whole_utterance(reading: Reading, number: int) -> bool:
    """Whether a quotation stands as a sentence of its own: it ends with a full stop and follows one."""
    quotation = reading.outer[number]
    words = sum(len(reading.article[span].split()) for span in quotation.spans)
    starts = reading.last_character(quotation.start) in {"", ".", "!", "?", ":", "”", '"', "’"}
    return (
        starts
        and words >= SHORTEST_UTTERANCE
        and (final_mark(reading, number) in {".", "!", "?", "…", ","} or not quotation.closed)
    )


def is_utterance(reading: Reading, number: int) -> bool:
    """Whether a quotation of any length, even one word, is all that somebody utters (*“Never,” said Bell*).

    It begins a sentence, with a capital, and ends as a sentence does or with the comma before *said*.
    """
    quotation = reading.outer[number]
    first = quotation.spans[0]
    words = [token for token in reading.tokens(first) if token.is_alpha]
    before = reading.last_words(first.start)
    begins = not before or before[-1] in '.!?:”"’' or before.endswith((",", "said"))
    return (
        begins and bool(words) and words[0].text[:1].isupper() and final_mark(reading, number) in {".", "!", "?", ","}
    )
