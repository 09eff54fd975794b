"""The secrets shared with the reader's browsers, one small file each. Standard library only.

They lie beside the database and not in it: the native messaging host writes one while a server runs, and no damage to
a cache may end a pairing. Only their owner may read them; a program that runs as the reader could read the browser's
own copy just as well.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from onrecord import private
from onrecord.proofs import SECRET_BYTES

ID = re.compile(r"[0-9a-f]{32}")

# Every browser profile has one. The one made first goes when there are more.
MOST_KEYS = 64
# A folder whose time of change is younger than this, in seconds, may have changed again without showing it.
SETTLED = 2.0


@dataclass(frozen=True, slots=True)
class Key:
    """What one installed extension shares with the server; ``id`` is the installation's own and stays the same."""

    id: str
    secret: bytes
    origin: str | None  # the extension's, which its browser puts on every POST; None if the browser never told
    native: bool  # handed over by the native messaging host, so `uninstall` takes it back
    made: float  # seconds since 1970


class Keyring:
    """The keys of one state directory; several processes may use it at once."""

    def __init__(self, state: Path) -> None:
        self.directory = state / "keys"
        self._keys: dict[str, Key] = {}
        self._seen: tuple[int, bool] | None = None

    def all(self) -> list[Key]:
        """Every key, the one made last first."""
        try:
            changed = self.directory.stat().st_mtime_ns
        except OSError:
            self._seen = None
            return []
        seen = (changed, time.time() - changed / 1e9 > SETTLED)
        if seen != self._seen or not seen[1]:
            self._keys = {key.id: key for key in map(_read, self.directory.glob("*.json")) if key}
            self._seen = seen
        return sorted(self._keys.values(), key=lambda key: key.made, reverse=True)

    def get(self, identifier: str) -> Key | None:
        """The key of that installation."""
        return next((key for key in self.all() if key.id == identifier), None)

    def add(self, identifier: str, *, origin: str | None, native: bool, secret: bytes | None = None) -> Key:
        """Keep a key, a fresh one where no secret is given; it replaces the same installation's. Raises ``OSError``."""
        if not ID.fullmatch(identifier):
            raise ValueError("an installation's id is 32 hexadecimal digits")
        key = Key(identifier, secret or secrets.token_bytes(SECRET_BYTES), origin, native, time.time())
        private.directory(self.directory)
        private.write(self._file(identifier), json.dumps({**asdict(key), "secret": key.secret.hex()}))
        self._seen = None
        for old in self.all()[MOST_KEYS:]:
            self.remove(old.id)
        return key

    def remove(self, identifier: str) -> None:
        """End a key."""
        with contextlib.suppress(OSError):
            self._file(identifier).unlink(missing_ok=True)
        self._seen = None

    def _file(self, identifier: str) -> Path:
        return self.directory / f"{identifier}.json"


def _read(path: Path) -> Key | None:
    """The key in a file; None for a file that is damaged, or gone since it was listed."""
    try:
        found = json.loads(path.read_text(encoding="ascii"))
        key = Key(
            id=found["id"], secret=bytes.fromhex(found["secret"]), origin=found["origin"],
            native=bool(found["native"]), made=float(found["made"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
    fits = key.id == path.stem and ID.fullmatch(key.id) is not None and len(key.secret) == SECRET_BYTES
    return key if fits else None
