"""An article that comes back changed: the answer is the one of a fresh start, and little of it is worked out anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.model import afar, tagger
from onrecord.analysis.model.memory import Latest, key
from onrecord.article import Article, Block
from onrecord.web.pages import sample

NEW = "Deputy Mayor Ruth Okafor denied that the harbour fund had been “emptied overnight,” as critics put it."

Edit = Callable[[list[str]], list[str]]

EDITS: dict[str, Edit] = {
    "the same again": lambda texts: texts,
    "a word": lambda texts: [*texts[:7], texts[7] + " Again.", *texts[8:]],
    "a paragraph in the middle": lambda texts: [*texts[:9], NEW, *texts[9:]],
    "a post on top": lambda texts: [texts[0], NEW, *texts[1:]],
    "the end": lambda texts: [*texts, NEW],
    "a paragraph less": lambda texts: [*texts[:5], *texts[6:]],
    "an open mark": lambda texts: [*texts[:3], "“" + texts[3], *texts[4:]],
    "other order": lambda texts: random.Random(1).sample(texts, len(texts)),
    "broken lines": lambda texts: [*texts[:4], texts[4].rstrip(".") + " in the U.S.", "a spokesman said.", *texts[5:]],
}


def article(texts: Sequence[str]) -> Article:
    return Article(tuple(Block(f"b{number}", "paragraph", text) for number, text in enumerate(texts)))


@pytest.mark.model
def test_what_is_remembered_changes_no_answer(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [block.text for block in sample().blocks] * 2
    remembering = Analyzer(analyzer.nlp, tagger.Tagger(tagger.FOLDER))
    remembering.remember()
    remembering.analyze(article(texts))
    runs = 0
    session = remembering.tagger._session

    class Counted:
        def run(self, *arguments: object) -> object:
            nonlocal runs
            runs += 1
            return session.run(*arguments)

    monkeypatch.setattr(remembering.tagger, "_session", Counted())
    for name, edit in EDITS.items():
        changed = article(edit(texts))
        fresh = analyzer.analyze(changed)
        before = runs
        assert remembering.analyze(changed) == fresh, name
        if name == "the same again":
            assert runs == before
        if name in {"a word", "the end"}:
            assert 1 <= runs - before <= 2 + afar.LOOKS  # a denial is read once more beside earlier claims
        *_, last = remembering.stream(changed)
        assert last.analysis == fresh, name


def test_the_values_used_last_are_kept_within_their_bytes() -> None:
    kept: Latest[bytes] = Latest(100, len)
    for number in range(10):
        kept.put(b"%d" % number, b"x" * 20)
    assert len(kept) == 5
    assert kept.get(b"5")
    kept.put(b"new", b"y" * 20)
    assert kept.get(b"5")
    assert kept.get(b"6") is None
    kept.put(b"huge", b"z" * 101)
    assert kept.get(b"huge") is None
    kept.put(b"again", b"a" * 60)
    kept.put(b"again", b"b" * 80)
    assert kept.get(b"again") == b"b" * 80
    assert len(kept) <= 2


def test_a_key_tells_its_parts_apart() -> None:
    assert key(b"ab", b"c") != key(b"a", b"bc") != key(b"abc")
