"""The users of a shared server and their tokens, of which only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from onrecord import private
from onrecord.errors import InvalidSetting, NotFound

Role = Literal["reader", "metrics"]

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
PREFIX = "onrecord_"  # so that a token in a file or a log is known for what it is
# 256 bits cannot be guessed, so a plain hash of them is as good as a slow one.
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class User:
    """Whoever has the token may analyse articles (``reader``), or read the figures and nothing else (``metrics``)."""

    name: str
    role: Role
    token_hash: str
    made: str  # a date


class Users:
    """The users in one state directory. A change by another process holds from the next request on."""

    def __init__(self, state: Path) -> None:
        self._path = state / "users.json"
        self._seen: tuple[int, int] | None = None
        self._users: dict[str, User] = {}

    def all(self) -> list[User]:
        """Every user, by name; raises ``InvalidSetting`` for a file that is none of ours."""
        try:
            told = self._path.stat()
        except FileNotFoundError:
            self._seen, self._users = None, {}
            return []
        seen = (told.st_mtime_ns, told.st_ino)
        if seen != self._seen:
            try:
                found = json.loads(self._path.read_text(encoding="utf-8"))
                self._users = {entry["name"]: User(**entry) for entry in found}
            except (OSError, ValueError, TypeError, KeyError):
                # nobody is let in by a file that cannot be read
                raise InvalidSetting(f"{self._path} is not a list of users; restore it, or delete it.") from None
            self._seen = seen
        return sorted(self._users.values(), key=lambda user: user.name)

    def add(self, name: str, *, role: Role = "reader") -> str:
        """The token of a new user, or a new token for one that is there, whose old one ends. It is shown only now."""
        if not NAME.fullmatch(name):
            raise InvalidSetting(
                "A user's name is up to 64 letters, digits and . _ @ -, and begins with one of the first."
            )
        token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        made = User(name, role, _hash(token), datetime.now(UTC).date().isoformat())
        self._write([*(user for user in self.all() if user.name != name), made])
        return token

    def remove(self, name: str) -> None:
        """End a user's token; raises ``NotFound``."""
        users = self.all()
        if name not in {user.name for user in users}:
            raise NotFound(f"There is no user {name}; `users list` names them.")
        self._write([user for user in users if user.name != name])

    def whose(self, token: str) -> User | None:
        """The user with this token. Every hash is compared, so that the time tells nothing."""
        given, found = _hash(token), None
        for user in self.all():
            if hmac.compare_digest(given, user.token_hash):
                found = user
        return found

    def _write(self, users: list[User]) -> None:
        private.directory(self._path.parent)
        private.write(self._path, json.dumps([asdict(user) for user in users], indent=1))
        self._seen = None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
