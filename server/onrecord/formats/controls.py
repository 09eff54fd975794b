"""What may not reach a terminal as it stands: control characters and overrides of the direction of writing.

An article may hold an escape sequence that clears a screen, renames a window or writes a line of its own over one of
ours, and any output may end on a terminal: the table that somebody looks at with ``cat``, the JSON of ``curl``, an
error that names a file. So every format has its own harmless form of them. Text for people loses them; JSON and HTML
escape what their readers can take back, since a caller's offsets count every character.

The characters: C0, DEL and C1 (ECMA-48), and the embeddings, overrides and isolates of UAX #9, which turn round what
a line says (CVE-2021-42574). Marks of direction (U+200E, U+200F, U+061C) turn nothing round and stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

_DIRECTION: Final = "\u202a-\u202e\u2066-\u2069"
_IN_A_LINE: Final = re.compile(rf"[\x00-\x1f\x7f-\x9f{_DIRECTION}]")
_IN_A_TEXT: Final = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_DIRECTION}]|\r(?!\n)")
_IN_JSON: Final = re.compile(rf"[\x7f-\x9f{_DIRECTION}]")  # C0 is escaped already
_OF_DIRECTION: Final = re.compile(f"[{_DIRECTION}]")


def line(text: str) -> str:
    """``text`` on one line, each run of white space as one space, without any of them."""
    return _IN_A_LINE.sub("", " ".join(text.split()))


def lines(text: str) -> str:
    """``text`` without them; tabs and line ends stay, and a carriage return only as a part of a line end."""
    return _IN_A_TEXT.sub("", text)


def to_json(value: Mapping[str, Any] | Sequence[Any], *, indent: int | None = None) -> str:
    r"""``value`` as JSON, in which they are written ``\u009b``: a parser gives back what was there."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ": " if indent else ":"))
    return _IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def to_html(page: str) -> str:
    """A page without control characters; those of direction become character references, which a browser obeys.

    A browser reads a reference to a C1 control as another character (HTML, *numeric character reference end state*),
    so those cannot be kept.
    """
    return lines(_OF_DIRECTION.sub(lambda found: f"&#x{ord(found.group()):x};", page))
