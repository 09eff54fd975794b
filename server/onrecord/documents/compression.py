"""Compressed bytes, by what HTTP calls their ``Content-Encoding`` or by how they begin."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from onrecord.errors import Unreadable

GZIP, ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_STEP = 1 << 16


def unpacked(data: bytes, encodings: str, *, place: str, largest: int) -> bytes:
    """``data`` without the encodings that a ``Content-Encoding`` header lists, at most ``largest`` bytes and one.

    Raises ``Unreadable`` for an encoding that is not known here, or where the data are none of it.
    """
    for encoding in reversed([name.strip().lower() for name in encodings.split(",") if name.strip()]):
        data = _one(data, encoding, place, largest)
    return data


def _one(data: bytes, encoding: str, place: str, largest: int) -> bytes:
    if encoding in {"identity", "none", "utf-8"}:  # the last is a common mistake of servers
        return data
    try:
        if encoding in {"gzip", "x-gzip"}:
            # Many servers name what they do not do; bytes that are not gzip were sent as they are.
            return gunzip(data, largest) if data.startswith(GZIP) else data
        if encoding == "deflate":
            try:
                return _inflated(data, zlib.MAX_WBITS, largest)
            except zlib.error:
                return _inflated(data, -zlib.MAX_WBITS, largest)  # as old servers send it, without its frame
        if encoding == "br":
            return _brotli(data, largest)
        if encoding in {"zstd", "zst"}:
            return b"".join(zstandard_parts([data], largest))
    except ImportError as missing:
        raise Unreadable(
            f"{place} is compressed with {missing.name}, for which `pip install onrecord[compression]` is needed."
        ) from None
    except (zlib.error, EOFError, ValueError) as error:
        raise Unreadable(f"{place} is compressed ({encoding}) and damaged: {error}.") from None
    raise Unreadable(f"{place} is compressed in a way that is not known here ({encoding[:40]}).")


def gunzip(data: bytes, largest: int) -> bytes:
    """Every member of a gzip file, at most ``largest`` bytes and one; raises ``zlib.error`` or ``EOFError``."""
    parts: list[bytes] = []
    size = 0
    while data.startswith(GZIP) and size <= largest:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        part = member.decompress(data, largest + 1 - size)
        if not member.eof and size + len(part) <= largest:
            raise EOFError("it is cut off")
        parts.append(part)
        size += len(part)
        data = member.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _inflated(data: bytes, window: int, largest: int) -> bytes:
    return zlib.decompressobj(window).decompress(data, largest + 1)


def _brotli(data: bytes, largest: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise ImportError(name="brotli") from None
    unpacker: Any = brotli.Decompressor()
    found, size = [], 0
    try:
        for at in range(0, len(data), _STEP):
            found.append(unpacker.process(data[at : at + _STEP]))
            size += len(found[-1])
            if size > largest:
                break
    except brotli.error as error:
        raise ValueError(str(error) or "no brotli") from None
    return b"".join(found)[: largest + 1]


def zstandard_parts(parts: Iterable[bytes], largest: int) -> Iterable[bytes]:
    """The contents of zstandard frames, as they come; raises ``ImportError`` or ``ValueError``."""
    try:
        import zstandard
    except ImportError:
        raise ImportError(name="zstandard") from None
    unpacker: Any = zstandard.ZstdDecompressor().decompressobj(read_across_frames=True)
    size = 0
    try:
        for part in parts:
            found = unpacker.decompress(part)
            size += len(found)
            yield found
            if size > largest:
                return
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from None
