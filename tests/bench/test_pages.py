"""What the benchmark of pages takes for painted wrongly."""

from __future__ import annotations

from bench.overlay.pages import astray


def test_breaks_and_generated_marks_are_no_difference() -> None:
    assert not astray(["We will not\nmove", "go  home"], ["“We will not move”", "«go home»"])
    assert not astray(["because" + "nobody"], ["because nobody"])


def test_a_missing_span_or_other_text_is() -> None:
    assert astray([], ["go home"])
    assert astray(["go home", "somewhere else"], ["go home"])


def test_a_pull_quotes_mark_repeats_a_span() -> None:
    assert not astray(["We will not move it", "not move it"], ["We will not move it"])
