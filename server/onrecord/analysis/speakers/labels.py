"""The labels of a transcript's turns: which of them name a person, and which only a role (*HOST*, *SPEAKER 2*)."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.analysis.names.animacy import known_person
from onrecord.analysis.names.bodies import is_whole_name
from onrecord.analysis.names.people import is_title
from onrecord.analysis.phrases import Reading
from onrecord.article import Span

# Who speaks in records without being a person by name, beside the nouns for persons.
_ROLES = frozenset("court question answer q a reporter voice all unknown unidentified male female narrator vo".split())


def bare_label(tokens: Sequence[Token]) -> list[Token]:
    """A label without what stands behind a comma or a bracket."""
    cut = next((n for n, t in enumerate(tokens) if n and t.text in {",", "(", "["}), len(tokens))
    return list(tokens[:cut])


def named_labels(reading: Reading, labels: Sequence[Span]) -> dict[Span, list[Token]]:
    """For each label the words that name a person, titles included; none where it names a role or a body."""
    words = {label: bare_label(reading.tokens(label)) for label in labels}
    full = {tuple(t.lower_ for t in own)[-1] for own in words.values() if len(_names(own)) > 1}
    return {label: own if own and _is_a_name(own, full) else [] for label, own in words.items()}


def _names(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if not is_title(token.lower_)]


def _is_a_name(tokens: Sequence[Token], surnames: set[str]) -> bool:
    """Whether a label names somebody; a single word that is a role does where it is a surname of another label's."""
    if is_whole_name(tokens) or any(token.like_num and token.text.isdigit() for token in tokens):
        return False
    own = _names(tokens)
    if not own or tokens[0].lower_ == "the" or any(token.lower_ in _ROLES for token in own):
        return False
    last = own[-1].lower_
    if len(own) == 1 and len(tokens) == 1:
        return last in surnames or not known_person(last)
    return not all(known_person(token.lower_) for token in own)
