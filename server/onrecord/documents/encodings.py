"""Bytes to text as a browser does it: the byte order mark, then what was declared, then what the bytes look like."""

from __future__ import annotations

import codecs
import re
from typing import Final

# What Python's name for an encoding means on the web: the labels of the WHATWG Encoding Standard (section 4.2) that
# name another encoding than Python's codec of that name does.
_ON_THE_WEB: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Of the WHATWG's labels, those of the commonest encoding that Python does not know.
_UNKNOWN_TO_PYTHON: Final = {"x-cp1252": "cp1252", "x-sjis": "cp932", "x-gbk": "gb18030", "unicode": "utf-16-le"}

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# A page says in its first 1,024 bytes how it is encoded (HTML Standard, 13.2.3.2); publishers overrun that.
_PRESCAN: Final = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)


def codec(label: str) -> str | None:
    """Python's name for what a browser understands by ``label``; None if nobody knows it."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label)).name
        "".encode(name)  # ``base64`` and the like are codecs, too, and no text encodings
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
    return _ON_THE_WEB.get(name, name)


def declared(data: bytes) -> str | None:
    """The codec that a page or an XML document names in its first bytes."""
    found = _DECLARED.search(data[:_PRESCAN])
    name = codec((found[1] or found[2]).decode("ascii", "replace")) if found else None
    # A document whose declaration can be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if name and name.startswith("utf-16") else name


def marked(data: bytes) -> bool:
    """Whether the data begin with a byte order mark."""
    return data.startswith(tuple(mark for mark, _ in _MARKS))


def decoded(data: bytes, *, told: str | None = None) -> str:
    """The text of ``data``; ``told`` is the encoding that came with it from outside (an HTTP header).

    Never fails: a byte that means nothing becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    if wide := _without_mark(data):
        return data.decode(wide, errors="replace")
    named = (codec(told) if told else None) or declared(data)
    if named and named != "utf-8":
        return data.decode(named, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Cut within a character, or with a few bytes broken, it is still UTF-8; else it is what files that are not
        # nearly always are.
        text = data.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        sound = sum(1 for character in text if character > "\x7f") - broken
        return text if broken * 10 < sound else data.decode("cp1252", errors="replace")


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that has lost its mark: Latin letters whose other byte is always zero."""
    sample = data[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    if even > 0.7 and odd < 0.1:
        return "utf-16-be"
    return None
