"""Print what is wrong with the passages: ``python -m tests.passages [attribution] [variations] [claims] [kinds]``."""

from __future__ import annotations

import sys

from onrecord.analysis.analyzer import Analyzer
from tests.passages import claims, faults, kinds, passages


def main(names: list[str]) -> None:
    """Print each passage that is wrong, with what was found, and how many of each section are right."""
    analyzer = Analyzer.load()
    right: dict[str, list[bool]] = {}
    for name in names:
        if name == "claims":
            _claims(analyzer)
            continue
        if name == "kinds":
            _kinds(analyzer)
            continue
        for passage in passages(name):
            wrong = faults(passage, analyzer)
            right.setdefault(passage["id"][0], []).append(not wrong)
            if wrong:
                print(passage["id"], passage["text"], *wrong, sep="\n    ")
    print(*(f"{section}: {sum(own)} of {len(own)}" for section, own in right.items()), sep="\n")
    if right:
        print("all:", sum(map(sum, right.values())), "of", sum(map(len, right.values())))


def _claims(analyzer: Analyzer) -> None:
    for which, shorts in (("pairs", claims.pairs()), ("constructions", claims.constructions())):
        right: dict[bool, list[bool]] = {True: [], False: []}
        for short in shorts:
            own = claims.found(analyzer, short)
            right[bool(short.claims)].append(own == list(short.claims))
            if own != list(short.claims):
                print(*short.text, f"right: {list(short.claims)}", f"found: {own}", sep="\n    ")
        for contested, own_right in right.items():
            print(f"{which}, {'contested' if contested else 'innocent'}: {sum(own_right)} of {len(own_right)}")


def _kinds(analyzer: Analyzer) -> None:
    right: dict[str, list[bool]] = {"type": [], "identification": []}
    for one in kinds.told():
        source = kinds.first(analyzer, one)
        for which, own in right.items():
            wanted, found = getattr(one, which), getattr(source, which, None)
            if wanted is not None:
                own.append(found == wanted)
                if found != wanted:
                    print(one.text, f"right: {wanted}", f"found: {found}", sep="\n    ")
    for which, own in right.items():
        print(f"{which}: {sum(own)} of {len(own)}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["attribution", "variations", "claims", "kinds"])
