"""What kind of source a speaker is: type and identification, in the order of the taxonomy's table.

A type is decided by the words that describe the source anywhere in the article: the noun that names a role
(*minister*, *analyst*), the body that the role belongs to (*of the Farmers' Union*), or the name of the body itself.
``clues`` finds those words; here the one that says most decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.analysis import lexicons
from onrecord.analysis.anonymity import anonymity
from onrecord.analysis.attribution import Attribution
from onrecord.analysis.clues import Clue, decide, names_a_body
from onrecord.analysis.phrases import Reading
from onrecord.analysis.result import Identification, Source, SourceType
from onrecord.analysis.speakers import Speaker
from onrecord.article import Article

_DOCUMENT_SPEAKS: SourceType = "document"
_OFFICES_OF_A_FIELD = frozenset({"minister", "secretary", "commissioner", "chancellor", "spokesman", "spokeswoman"})
_COLLECTIVE_WORDS = re.compile(
    r"^(?:some|many|several|most|others?|few|both|dozens|hundreds|thousands|a (?:number|group|handful|couple) of)\b",
    re.IGNORECASE,
)


def describe(article: Article, doc: Doc, identifier: str, speaker: Speaker, said: Sequence[Attribution]) -> Source:
    """The source that ``speaker`` is; ``said`` are the attributions given to it."""
    reading = Reading(article, doc, ())
    content = [span for attribution in said for span in attribution.content]
    clue = decide(reading, speaker)
    grant = None if speaker.name else anonymity(article, reading, speaker.mentions, content)
    identification = _identification(reading, speaker, clue, named=speaker.name is not None, granted=grant is not None)
    return Source(
        id=identifier,
        label=speaker.label,
        name=speaker.name,
        type=clue.type,
        identification=identification,
        organisation=_organisation(reading, speaker),
        anonymity=grant,
        evidence=(clue.evidence,) if len(clue.evidence) else (),
        mentions=speaker.mentions,
    )


def _identification(reading: Reading, speaker: Speaker, clue: Clue, *, named: bool, granted: bool) -> Identification:
    if granted:
        return "anonymous"
    if clue.type == _DOCUMENT_SPEAKS and not speaker.person:
        return "document"
    if speaker.person:
        return "named_person"
    tokens = reading.tokens(speaker.mentions[0])
    head = reading.doc[tokens[0].i : tokens[-1].i + 1].root if tokens else None
    text = reading.article[speaker.mentions[0]]
    speak_for = lexicons.words("sources", "voices", "speak_for")
    if head is not None and head.lemma_.lower() in speak_for and head.tag_ not in {"NNS", "NNPS"}:
        bodies = [t for t in tokens if t.i != head.i and names_a_body(t)]
        return "named_organisation" if bodies else "described"
    if named:
        return "named_organisation"
    if speaker.plural or _COLLECTIVE_WORDS.match(text):
        return "collective"
    singular_body = head is not None and head.lower_ in lexicons.words("sources", "singular_bodies", "heads")
    return "named_organisation" if singular_body else "described"


def _organisation(reading: Reading, speaker: Speaker) -> str | None:
    """The body that the source belongs to or speaks for, in the article's words; its own name if it is a body."""
    if speaker.name is not None and not speaker.person:
        return speaker.name
    for mention in speaker.mentions:
        tokens = reading.tokens(mention)
        for token in tokens:
            if token.ent_type_ == "ORG" and token.ent_iob_ == "B":
                run = [token]
                while run[-1].i + 1 < len(reading.doc) and reading.doc[run[-1].i + 1].ent_iob_ == "I":
                    run.append(reading.doc[run[-1].i + 1])
                if run[-1].text in {"'s", "’s"}:
                    run.pop()
                following = reading.doc[run[-1].i + 1] if run and run[-1].i + 1 < len(reading.doc) else None
                if following is not None and following.lower_ in _OFFICES_OF_A_FIELD and len(run) == 1:
                    continue  # *Defense Minister*: the field of an office, no body
                span = reading.span(run)
                if span is not None:
                    text = re.sub(r"\s+", " ", reading.article[span])
                    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or None
    return None
