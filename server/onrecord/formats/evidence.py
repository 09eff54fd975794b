"""Evidence worth reading: the sentence of the article that says it, with the words in it that tell.

What decided the analysis may be one word (*Mayor*, *The*), which by itself tells a reader nothing or what the name says
already. Every format shows what is found here, so that none shows what another leaves out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.analysis.result import Claim, Source
from onrecord.article import Article, Span

LONGEST: Final = 240  # characters of a sentence; what is longer is cut around the words that tell

_WORD = re.compile(r"[\w'’-]+")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
# Where a sentence ends and another begins; the group is what still belongs to the first.
_BORDER = re.compile(r"""([.!?…]+["'”’»)\]]*)\s+(?=["'“‘«(\[]*[^\W\d_a-zß-öø-ÿ]|["'“‘«(\[]*\d)""")
# A full stop behind these ends no sentence: titles, months, *J. K. Rowling*, *U.S. Navy*.
_SHORTENED = re.compile(
    r"(?:^|[\s(“\"'‘.])(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Prof|Rev|Hon|St|Jr|Sr|vs|No|Jan|Feb|Aug|Sept"
    r"|Oct|Nov|Dec|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of one block and the words in it that tell, in their order. Spans are of ``Article.text``."""

    sentence: Span
    words: tuple[Span, ...]
    numbers: tuple[int, ...]  # which of the analysis's own spans of evidence each of ``words`` belongs to, from 0
    cut_before: bool  # whether the sentence begins earlier, and ends later, than what is shown of it
    cut_after: bool

    def parts(self, article: Article) -> Iterator[tuple[str, int | None]]:
        """The sentence piece by piece: words that tell with their number, and what stands between them with None."""
        at = self.sentence.start
        for span, number in zip(self.words, self.numbers, strict=True):
            if span.start < at:
                continue  # lies in the words before it
            yield article[Span(at, span.start)], None
            yield article[span], number
            at = span.end
        yield article[Span(at, self.sentence.end)], None

    def text(self, article: Article) -> str:
        """The sentence, with three points where it was cut."""
        return f"{'… ' * self.cut_before}{article[self.sentence]}{' …' * self.cut_after}"


def of_source(article: Article, source: Source) -> Telling | None:
    """Who somebody is, by the words that decided it; of an anonymous source, that and why it is not named.

    None where no word tells more than the source's own label.
    """
    if source.anonymity is not None:
        return _told(article, source.anonymity.evidence)
    return _told(article, source.evidence, lambda words: tells(words, source.label))


def of_claim(article: Article, claim: Claim) -> Telling | None:
    """What contests a claim; the first sentence of it, where it stands in several."""
    return _told(article, claim.evidence)


def tells(words: str, label: str) -> bool:
    """Whether words tell more than the name they stand in: *Moscow* of *Moscow* does not, *a fisherman* does."""
    if not _says(words):
        return False
    known = set(_WORD.findall(label))
    return any(word not in known or (word[0].islower() and _says(word)) for word in _WORD.findall(words))


def _says(words: str) -> bool:
    """*The* and *of* say nothing; *MP* and *UN* do."""
    capitals = any(one.isupper() and other.isupper() for one, other in itertools.pairwise(words))
    return capitals or _LETTERS.search(words) is not None


def _told(article: Article, spans: Sequence[Span], kept: Callable[[str], bool] = bool) -> Telling | None:
    found = [(piece, number) for number, span in enumerate(spans) for piece in article.pieces(span) if kept(piece.text)]
    if not found:
        return None
    first, _ = found[0]
    base = article.block_spans[article.blocks.index(first.block)].start
    start, end, whole_start, whole_end = _around(first.block.text, first.start, first.end)
    inside = sorted(
        (Span(base + piece.start, base + piece.end), number)
        for piece, number in found
        if piece.block is first.block and start <= piece.start and piece.end <= end
    )
    return Telling(
        Span(base + start, base + end), tuple(span for span, _ in inside), tuple(number for _, number in inside),
        start > whole_start, end < whole_end,
    )  # fmt: skip


def _around(text: str, start: int, end: int) -> tuple[int, int, int, int]:
    """What is shown of the sentence around a place, and the whole of the sentence."""
    borders = [
        (match.end(1), match.end())
        for match in _BORDER.finditer(text)
        if not _SHORTENED.search(text[max(0, match.start(1) - 8) : match.start(1) + 1])
    ]
    first = max((begins for _, begins in borders if begins <= start), default=len(text) - len(text.lstrip()))
    last = min((ends for ends, _ in borders if ends >= end), default=len(text.rstrip()))
    last = max(last, end)
    shown, until = first, last
    if last - first > LONGEST:
        room = max(0, (LONGEST - (end - start)) // 2)
        if start - first > room:
            shown = text.find(" ", start - room, start) + 1 or start
        if last - end > room:
            until = max(text.rfind(" ", end, end + room), end)
    return shown, until, first, last
