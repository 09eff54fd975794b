"""Why two readers of one page do not find the same quotes."""

from __future__ import annotations

from typing import Any

from bench.overlay.readers import differences, reading

SAID = "“We heard it creak,” said the mate."


def read(texts: dict[str, str], quotes: list[tuple[str, str, str]]) -> Any:
    """``texts`` by block id, all paragraphs; ``quotes`` as block, words and source."""
    answer = {
        "sources": [{"id": name, "label": name} for _, _, name in quotes],
        "quotes": [{"source": name, "content": [{"block": block, "text": words}]} for block, words, name in quotes],
    }
    return reading(answer, [{"id": at, "role": "paragraph", "text": text} for at, text in texts.items()])


def test_readers_agree_whatever_marks_and_spaces_they_read() -> None:
    one = read({"b0": SAID}, [("b0", "“We heard it creak,”", "the mate")])
    other = read({"p7": SAID.replace("“", '"')}, [("p7", '"We heard it  creak,”', "the mate")])
    assert not differences(one, other)


def test_each_reason_is_told_from_the_others() -> None:
    one = read({"b0": SAID}, [("b0", "We heard it creak,", "the mate")])
    for other, reason in (
        (read({"b0": "Nothing of the kind."}, []), "only there"),
        (read({"b0": f"The ferry is old. {SAID}"}, []), "cut otherwise"),
        (read({"b0": SAID}, [("b0", "We heard it creak,", "the cook")]), "other source"),
        (read({"b0": SAID}, []), "read otherwise"),
    ):
        assert dict(differences(one, other)) == {reason: 1}
