"""The words that a reader sees for the ids of the taxonomy."""

from __future__ import annotations

from onrecord.analysis.result import (
    Channel,
    ClaimStatus,
    Correction,
    CorrectionKind,
    Identification,
    ReasonKind,
    SourceType,
)

TYPES: dict[SourceType, str] = {
    "document": "Document, data or poll",
    "media": "Another news outlet",
    "former_official": "Former official or insider",
    "official": "Government, military, courts, police",
    "political": "Politician, party or armed group",
    "business": "Company or industry",
    "civil_society": "Advocacy, aid, union or faith group",
    "expert": "Expert or analyst",
    "affected": "Witness or person affected",
    "unattributed": "Nobody identified",
}
# A political source by itself: one type with two names, by the article's words.
POLITICIAN = "Politician or party"
ARMED_GROUP = "Armed group"
NOT_FOUND = "Speaker not found"

# The same where there is little room: the head of a column, the title of a small chart.
SHORT_TYPES: dict[SourceType, str] = {
    "document": "Document",
    "media": "Other outlet",
    "former_official": "Former official",
    "official": "Official",
    "political": "Party or armed group",
    "business": "Business",
    "civil_society": "Civil society",
    "expert": "Expert",
    "affected": "Person affected",
    "unattributed": "Nobody identified",
}

# What a reader needs to know of a source that is anonymous by agreement.
ANONYMOUS = "The newsroom usually knows who this is; the article does not name them."

IDENTIFICATIONS: dict[Identification, str] = {
    "named_person": "Named person",
    "named_organisation": "Named organisation",
    "described": "Described, not named",
    "anonymous": "Anonymous, by agreement",
    "collective": "Group, not named",
    "document": "Document",
}

SHORT_IDENTIFICATIONS: dict[Identification, str] = {
    "named_person": "Named person",
    "named_organisation": "Named body",
    "described": "Described",
    "anonymous": "Anonymous",
    "collective": "Group",
    "document": "Document",
}

STATUSES: dict[ClaimStatus, str] = {
    "corrected": "Corrected or debunked",
    "denied": "Denied by the person concerned",
    "disputed": "Disputed by another source",
    "unsubstantiated": "Not backed up, the article says",
    "accusation": "Accusation",
    "speculation": "Open or speculative",
    "distanced": "Worded at a distance",
}

# What the card says of a contested claim: one plain sentence about the article, never a verdict.
SENTENCES: dict[ClaimStatus, str] = {
    "corrected": "The article says this was corrected or shown to be wrong.",
    "denied": "The article says the side concerned denies this.",
    "disputed": "The article says somebody disputes this.",
    "unsubstantiated": "The article says this has not been substantiated.",
    "accusation": "The article reports this as an accusation.",
    "speculation": "The article says this is open.",
    "distanced": "The article words this at a distance.",
}

CHANNELS: dict[Channel, str] = {
    "not_stated": "not stated",
    "interview": "in an interview",
    "statement": "in a statement",
    "briefing": "at a briefing",
    "speech": "in a speech",
    "video_address": "in a video address",
    "press_release": "in a press release",
    "social_post": "in a social media post",
    "document": "in a document",
    "other_media": "to another news outlet",
    "court": "in court or under oath",
    "official_footage": "in official footage",
    "private_communication": "in a private message",
    "declined_comment": "declined to comment",
}

REASONS: dict[ReasonKind, str] = {
    "none_stated": "The article gives no reason.",
    "not_authorized": "The article says: not authorised to speak.",
    "fear": "The article says: fear of consequences.",
    "sensitive": "The article says: a sensitive matter.",
    "other": "The article gives a reason of another kind.",
}

SHORT_REASONS: dict[ReasonKind, str] = {
    "none_stated": "No reason given",
    "not_authorized": "Not authorised to speak",
    "fear": "Fear of consequences",
    "sensitive": "A sensitive matter",
    "other": "A reason of another kind",
}

SAYS = "The article says"  # before a sentence of it
CORRECTED = "Corrected by the reader"
CORRECTIONS: dict[CorrectionKind, str] = {
    "not_a_quote": "not a quote",
    "speaker": "another speaker",
    "kind": "another kind of source",
    "not_contested": "not contested",
    "note": "a note",
}


def counted(count: int, name: str, names: str | None = None) -> str:
    """``1 article``, ``2,000 articles``. ``names`` where the plural is more than an *s*."""
    return f"{count:,} {name if count == 1 else names or name + 's'}"


def change(correction: Correction) -> str:
    """What the reader changed, in words: *another speaker: Ann Lee (Onrecord: Bell)*."""
    known = {str(name): label for labels in (TYPES, STATUSES) for name, label in labels.items()}
    was = known.get(correction.was, correction.was) if correction.was else ""
    now = known.get(correction.now, correction.now) if correction.now else ""
    said = CORRECTIONS[correction.what]
    if correction.what == "speaker":
        said += f": {now or 'nobody'} (Onrecord: {was or NOT_FOUND.lower()})"
    elif correction.what == "kind":
        said += f": {now}" + (f" (Onrecord: {was})" if was else "")
    elif correction.what == "not_contested" and was:
        said += f" (Onrecord: {was})"
    return f"{said}. {correction.note}" if correction.note else said
