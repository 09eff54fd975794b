"""A file as a stream without its compression, with how much of it has been read."""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from onrecord.documents import compression
from onrecord.errors import Unreadable

_START, _TELLING = 64_000, 16  # bytes from which the form of a file is told, and how many are the least


class Opened:
    """A file that may be compressed with gzip (in one member or many) or zstandard. Raises ``Unreadable``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._raw: IO[bytes] | None = None
        try:
            self.size = path.stat().st_size
            if not path.is_file():
                raise Unreadable(f"{path} is no file; it may be read twice, which a pipe cannot be.")
            with self.stream() as stream:
                self.start = stream.read(_TELLING)
                # What there is tells the form, and its reader says where the file breaks off.
                with contextlib.suppress(EOFError, zlib.error, gzip.BadGzipFile, ValueError):
                    self.start += stream.read(_START - _TELLING)
        except (EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
            raise Unreadable(f"{path} is compressed and damaged: {error}.") from None
        except OSError as error:
            raise Unreadable(f"{path} cannot be read: {error.strerror or error}.") from None

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """The file's bytes from the beginning, unpacked."""
        with self.path.open("rb") as raw:
            self._raw = raw
            start = raw.read(4)
            raw.seek(0)
            if start.startswith(compression.GZIP):
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield unpacked  # type: ignore[misc]  # it reads as any stream does
            elif start.startswith((compression.ZSTANDARD, b"\x5d\x2a\x4d\x18")):
                yield self._zstandard(raw)
            else:
                yield raw

    @property
    def done(self) -> float:
        """How much of the file has been read, 0 to 1."""
        raw = self._raw
        return min(1.0, raw.tell() / self.size) if raw is not None and not raw.closed and self.size else 1.0

    def _zstandard(self, raw: IO[bytes]) -> IO[bytes]:
        if raw.read(4) == b"\x5d\x2a\x4d\x18":
            raise Unreadable(f"{self.path} is compressed with a dictionary of its own; unpack it with `zstd -d` first.")
        raw.seek(0)
        try:
            import zstandard
        except ImportError:
            raise Unreadable(
                f"{self.path} is compressed with zstandard, for which `pip install onrecord[compression]` is needed."
            ) from None
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
        return io.BufferedReader(_Errors(reader))


class _Errors(io.RawIOBase):
    """zstandard's stream with errors that are Python's own."""

    def __init__(self, reader: IO[bytes]) -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        import zstandard

        try:
            found = self._reader.read(len(buffer))
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from None
        buffer[: len(found)] = found
        return len(found)
