"""The settings, read once from the environment. docs/settings.md lists them; a test keeps the two together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from onrecord.errors import InvalidSetting

HOST = "127.0.0.1"  # never configurable: a server for others is an explicit mode behind TLS, not an address


def _state_directory() -> Path:
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "onrecord"


def _directory(name: str, text: str) -> Path:
    # an empty one would be the working directory, which the store would close to everybody else
    if not text.strip():
        raise InvalidSetting(f"{name} must name a directory, and is empty.")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise InvalidSetting(f"{name} names the home of a user that is not known here: {text!r}.") from None


def _setting(default: int, meaning: str) -> int:
    value: int = field(default=default, metadata={"meaning": meaning})
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each field is read from the variable ``ONRECORD_`` + its name in capitals."""

    port: int = _setting(8377, "TCP port on 127.0.0.1; 0 takes a free one")
    state_dir: Path = field(
        default_factory=_state_directory, metadata={"meaning": "directory for shared secrets, cache and kept reports"}
    )
    max_body: int = _setting(2_000_000, "largest request body, in bytes")
    max_blocks: int = _setting(3_000, "largest number of blocks in an article")
    max_block: int = _setting(100_000, "longest block, in characters")
    workers: int = _setting(1, "how many articles are analysed at a time, each in a process of its own")
    queue: int = _setting(16, "how many analyses may wait or run at a time; more are answered `busy`")
    wait: int = _setting(60, "seconds that an analysis may wait for its turn; then it is answered `busy`")
    timeout: int = _setting(60, "seconds after which an analysis is stopped")
    idle: int = _setting(
        600, "seconds without an analysis after which the model is unloaded; the next one loads it again; 0 keeps it"
    )
    idle_end: int = _setting(
        3_600, "seconds without use after which a server that the button has started ends; 0 lets it run"
    )
    user_rate: int = _setting(30, "how many articles a user of a shared server may send in a minute")
    user_at_once: int = _setting(2, "how many of them are analysed at a time")
    cache_entries: int = _setting(500, "how many analyses are kept; 0 keeps none")
    cache_mb: int = _setting(100, "megabytes that kept analyses may take")
    cache_days: int = _setting(30, "days after its last use that an analysis is kept")

    @property
    def address(self) -> str:
        """Where a browser finds the server."""
        return f"http://{HOST}:{self.port}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings that the environment names; raises ``InvalidSetting``."""
        environment = os.environ if environment is None else environment
        values: dict[str, int | Path] = {}
        for entry in fields(cls):
            name = f"ONRECORD_{entry.name.upper()}"
            text = environment.get(name)
            if text is None:
                continue
            if entry.name == "state_dir":
                values[entry.name] = _directory(name, text)
                continue
            if not text.isdecimal():
                raise InvalidSetting(f"{name} must be a whole number, not {text!r}.")
            values[entry.name] = int(text)
        return cls(**values)  # type: ignore[arg-type]  # the loop keeps each field's own type
