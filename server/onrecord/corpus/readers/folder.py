"""The files below a folder, by their names."""

from __future__ import annotations

from pathlib import Path

from onrecord.corpus.items import Failure, Item, LeftOut
from onrecord.errors import OnrecordError

# What lies beside articles and is none: parts of saved pages, and what systems leave.
_NO_ARTICLES = frozenset(
    ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .svg .ico .woff .woff2 .ttf .otf "
    ".mp3 .mp4 .webm .m4a .ogg .wav .cdx .cdxj .idx .part .journal".split()
)


def files(source: Path, left: LeftOut) -> list[Path]:
    """Every file below ``source`` that may hold an article, in the order of their names."""
    found = []
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix()):
        if not path.is_file():
            continue
        hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
        if hidden or path.name in {"Thumbs.db", "desktop.ini"}:
            left.add("hidden files")
        elif path.suffix.lower() in _NO_ARTICLES:
            left.add(f"{path.suffix.lower()} files")
        else:
            found.append(path)
    return found


def failed(name: str, error: OnrecordError, *, done: float) -> Item:
    """The item that stands for a file that cannot be opened."""
    return Item(name, name, Failure.of(error), done)
