"""The table of guards: where each stands, what is left when it is taken out, and the test that must fall."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("guards.toml")


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard. ``old`` stands in ``file`` once; with ``new`` in its place, ``test`` has to fall."""

    name: str
    file: str
    old: str
    new: str
    test: str

    @property
    def test_file(self) -> str:
        """The test's file, from the top of the checkout."""
        return self.test.partition("::")[0]

    @property
    def test_name(self) -> str:
        """The test's own name: a function of pytest's, or the words of one of node's."""
        return self.test.partition("::")[2].partition("[")[0]

    def taken_out(self, root: Path) -> str:
        """The text of the file without the guard; raises ``ValueError`` where the patch does not fit."""
        text = (root / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: what it replaces stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)

    def has_test(self, root: Path) -> bool:
        """Whether the test is there."""
        path = root / self.test_file
        if not path.is_file():
            return False
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".js":
            return f'test("{self.test_name}"' in text
        return re.search(rf"^def {re.escape(self.test_name)}\(", text, re.MULTILINE) is not None


def guards() -> list[Guard]:
    """All of them, in the order of the file."""
    return [Guard(**entry) for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["guard"]]
