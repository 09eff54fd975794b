"""The marks on four kinds of page: what stands under them, that they are visible, and that the page is untouched."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from e2e.conftest import OnrecordServer
from e2e.reader import Reader

PAGES = ["plain", "strict", "dark", "app"]


def digest(page: Page) -> str:
    """The hash of the page's whole tree as text."""
    return hashlib.sha256(page.evaluate("document.documentElement.outerHTML").encode()).hexdigest()


def pixels(page: Page) -> Image.Image:
    """The page as it looks, without a caret being hidden (which would change the tree)."""
    return Image.open(io.BytesIO(page.screenshot(caret="initial"))).convert("RGB")


def collapsed(text: str) -> str:
    """A range's text as the extension sends it: white space collapsed, characters without width left out."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


def server_spans(server: OnrecordServer, reader: Reader, page: Page) -> list[str]:
    """The text of every span that the server gives for the blocks that the extension read, asked for anew."""
    blocks = reader.view(page)["blocks"]
    analysis = server.ask("/v1/analyze", {"blocks": blocks, "offsets": "utf-16"})
    found = [(quote["source"], span) for quote in analysis["quotes"] for span in quote["content"]]
    spans = [span for source, span in found if source is not None]  # a speaker not found is not coloured
    for claim in analysis["claims"]:
        own = {span["block"] for span in claim["content"]}
        spans += claim["content"]
        spans += [span for span in claim["evidence"] if span["block"] not in own]  # the other end of the link
    texts = {block["id"]: block["text"].encode("utf-16-le") for block in blocks}
    for span in spans:  # what the offsets cut out is what the server says stands there
        assert texts[span["block"]][2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["text"]
    return sorted(span["text"] for span in spans)


def lines(painted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The painted ranges that carry a line; each quote has a tint of its own besides."""
    return [mark for mark in painted if not mark["name"].startswith("onrecord-tint")]


@pytest.mark.parametrize("name", PAGES)
def test_the_text_under_every_mark_is_the_servers_span(
    reader: Reader, server: OnrecordServer, page: Page, site: str, name: str
) -> None:
    page.goto(f"{site}/{name}.html")
    reader.press(page)
    painted = lines(reader.wait_until_painted(page))
    assert sorted(collapsed(mark["text"]) for mark in painted) == server_spans(server, reader, page)
    assert len(painted) >= 8


@pytest.mark.parametrize("name", PAGES)
def test_pixels_are_painted_inside_every_mark_and_the_tree_stays_identical(
    reader: Reader, page: Page, site: str, name: str
) -> None:
    page.goto(f"{site}/{name}.html")
    page.set_viewport_size({"width": 1000, "height": 1600})
    tree, before = digest(page), pixels(page)
    reader.press(page)
    painted = lines(reader.wait_until_painted(page))
    after = pixels(page)
    assert digest(page) == tree
    for mark in painted:
        for x, y, width, height in mark["boxes"]:
            if width < 3:  # an empty piece at a line's end
                continue
            box = (int(x), int(y), int(x + width), int(y + height + 10))  # the lines may hang below the letters' box
            difference = ImageChops.difference(before.crop(box), after.crop(box)).convert("L")
            changed = sum(difference.histogram()[1:])
            assert changed >= width, f"nothing was painted over {mark['text']!r}"


def test_nothing_is_marked_outside_the_article(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html")
    reader.press(page)
    text = " ".join(mark["text"] for mark in reader.wait_until_painted(page))
    assert "Islands brace for a long winter" not in text  # a related story
    assert "You cannot see this" not in text  # hidden
    blocks = " ".join(block["text"] for block in reader.view(page)["blocks"])
    assert "The strike that has halted" in blocks  # the drop cap belongs to its word
    assert "sixteen hours" in blocks  # no soft hyphen
    assert "All rights reserved" not in blocks


def test_the_colours_follow_the_background_under_each_mark(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/dark.html")
    reader.press(page)
    painted = reader.wait_until_painted(page)
    by_text = {mark["text"]: mark["name"] for mark in lines(painted)}
    assert by_text["“The water came through the kitchen window,”"].endswith("-light")  # on a pale box
    assert by_text["“Somebody read those letters,”"].endswith("-dark")


def test_switching_off_clears_every_mark_and_stays_off_after_a_reload(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?off")
    before = pixels(page)
    tree = digest(page)
    reader.press(page)
    reader.wait_until_painted(page)
    reader.press(page)
    page.wait_for_function("() => CSS.highlights.size === 0")
    assert digest(page) == tree
    assert pixels(page).tobytes() == before.tobytes()
    page.reload()
    page.wait_for_timeout(800)  # longer than the start of the content script takes
    assert page.evaluate("CSS.highlights.size") == 0
    assert pixels(page).tobytes() == before.tobytes()


def test_marks_come_back_after_a_reload_and_after_switching_on_again(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/strict.html?again")
    reader.press(page)
    first = reader.wait_until_painted(page)
    page.reload()
    assert reader.wait_until_painted(page) == first
    reader.press(page)
    page.wait_for_function("() => CSS.highlights.size === 0")
    reader.press(page)
    assert reader.wait_until_painted(page) == first


def test_marks_find_their_places_again_when_the_page_renders_anew(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/app.html")
    reader.press(page)
    first = sorted(mark["text"] for mark in reader.wait_until_painted(page))
    page.evaluate("render('first')")  # the same text in new nodes
    page.wait_for_timeout(600)
    assert sorted(mark["text"] for mark in reader.painted(page)) == first


def test_another_story_in_the_same_page_loses_the_old_marks(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/app.html?fresh")
    reader.press(page)
    reader.wait_until_painted(page)
    page.evaluate("go()")
    page.wait_for_function("() => CSS.highlights.size === 0")
    reader.press(page)
    texts = [mark["text"] for mark in reader.wait_until_painted(page)]
    assert "“I only did what anyone would have done,”" in texts


def test_a_layer_that_is_switched_off_is_not_painted(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?layers")
    reader.press(page)
    assert any(mark["name"].startswith("onrecord-contested") for mark in reader.wait_until_painted(page))
    reader.store({"preferences": {"layers": {"contested": False}, "tint": False}})
    page.wait_for_function("() => ![...CSS.highlights.keys()].some((name) => /contested|tint/.test(name))")
    assert reader.painted(page)
    reader.store({"preferences": {}})
    page.wait_for_function("() => [...CSS.highlights.keys()].some((name) => /contested/.test(name))")
