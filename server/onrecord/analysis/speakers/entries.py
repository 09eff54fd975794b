"""Those who speak, while the article is being read."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.analysis.names.genders import Gender
from onrecord.article import Span


@dataclass(slots=True)
class Entry:
    """A speaker while the article is being read."""

    key: tuple[str, ...]
    head: Token
    spans: list[Span]  # in the order in which they were found
    person: int | None = None  # index in Names.people
    gender: Gender | None = None
    plural: bool = False
    proper: bool = False
    principal: int | None = None  # index of the entry for *her* in *her lawyer*
    ordered: list[Span] = field(default_factory=list)  # the same as ``spans``, by place

    def before(self, offset: int) -> Span | None:
        """The last mention that begins before ``offset``."""
        at = bisect.bisect_left(self.ordered, Span(offset, offset))
        return self.ordered[at - 1] if at else None

    @property
    def described(self) -> bool:
        """Whether it is one person, or may be, of whom no name is known."""
        return self.person is None and not self.proper and not self.plural
