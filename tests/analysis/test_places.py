"""What lies at a place of a text is what a look at everything finds, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.places import STRETCH, Places
from onrecord.article import Span

SPANS = st.tuples(st.integers(0, 4 * STRETCH), st.integers(0, 2 * STRETCH)).map(lambda at: Span(at[0], at[0] + at[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_places_find_what_a_look_at_everything_finds(spans: list[Span], asked: Span) -> None:
    places = Places((span, number) for number, span in enumerate(spans))
    right = [(span, number) for number, span in enumerate(spans) if len(span) and len(asked) and span.overlaps(asked)]
    assert places.between(asked.start, asked.end) == right
    assert places.any(asked) is bool(right)
    assert places.at(asked.start) == [number for number, span in enumerate(spans) if asked.start in span]
