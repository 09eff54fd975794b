"""What a reader of documents returns: the article, and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.article import Article


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself; None where it does not say."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None  # the name of the publication
    published: str | None = None  # ISO 8601: a date, or a date and a time
    authors: tuple[str, ...] = ()

    def or_else(self, other: Metadata) -> Metadata:
        """This, and what it does not say from ``other``."""
        return Metadata(
            title=self.title or other.title,
            url=self.url or other.url,
            outlet=self.outlet or other.outlet,
            published=self.published or other.published,
            authors=self.authors or other.authors,
        )


@dataclass(frozen=True, slots=True)
class Document:
    """One article, and what its document says about it. ``id`` is what an archive calls it."""

    article: Article
    metadata: Metadata = field(default_factory=Metadata)
    id: str | None = None
