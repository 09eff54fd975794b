"""Print what is wrong with the passages: ``python -m tests.passages [attribution] [variations]``."""

from __future__ import annotations

import sys

from onrecord.analysis.analyzer import Analyzer
from tests.passages import faults, passages


def main(names: list[str]) -> None:
    """Print each passage that is wrong, with what was found, and how many of each section are right."""
    analyzer = Analyzer.load()
    right: dict[str, list[bool]] = {}
    for name in names:
        for passage in passages(name):
            wrong = faults(passage, analyzer)
            right.setdefault(passage["id"][0], []).append(not wrong)
            if wrong:
                print(passage["id"], passage["text"], *wrong, sep="\n    ")
    print(*(f"{section}: {sum(own)} of {len(own)}" for section, own in right.items()), sep="\n")
    print("all:", sum(map(sum, right.values())), "of", sum(map(len, right.values())))


if __name__ == "__main__":
    main(sys.argv[1:] or ["attribution", "variations"])
