"""A folder for each question: imports point from the later question to the earlier, never back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import onrecord.analysis

HERE = Path(onrecord.analysis.__file__).parent
ORDER = ("model", "names", "quotes", "speakers", "sources")  # each may ask those before it
ALONE = "claims"  # reads quotes and sources as results, and asks the model alone


def asked(folder: str) -> set[str]:
    """The other folders that the modules of a folder import from."""
    found = set()
    for file in (HERE / folder).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onrecord.analysis"):
                parts = (node.module or "").split(".")[2:]
                found |= {parts[0]} if parts else {alias.name for alias in node.names}
    return (found & {*ORDER, ALONE}) - {folder}


def test_every_folder_with_code_is_known() -> None:
    assert {file.parent.name for file in HERE.glob("*/*.py")} == {*ORDER, ALONE, "lexicons"}


@pytest.mark.parametrize("folder", ORDER)
def test_a_question_asks_only_earlier_ones(folder: str) -> None:
    assert asked(folder) <= set(ORDER[: ORDER.index(folder)])


def test_contested_claims_ask_no_other_question() -> None:
    assert asked(ALONE) == {"model"}


@pytest.mark.parametrize("folder", [*ORDER, ALONE])
def test_every_folder_has_a_door_that_says_what_it_answers(folder: str) -> None:
    tree = ast.parse((HERE / folder / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
