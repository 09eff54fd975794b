"""Links to passages, as the panel copies them: each is opened in both browsers, which mark what they find."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page

from e2e.firefox import Firefox
from e2e.reader import Reader

PAGES = ("passages", "plain", "quotes", "live")
MARK = (255, 0, 255)
# A first letter that floats is not marked with its word; the gaps between the lines are.
MOST = 0.6
MUCH = 2.0
# The page's own policy does not reach a constructed sheet.
SHEET = """const sheet = new CSSStyleSheet();
  sheet.replaceSync('::target-text { background: #f0f !important; color: #f0f !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];"""
# In the content script, for every span: the way from the page's root to both ends of its range.
WAYS = """((given) => {
  const page = onrecord.blocks.read(document.body);
  const way = (node) => {
    const steps = [];
    for (let at = node; at.parentNode; at = at.parentNode) steps.unshift([...at.parentNode.childNodes].indexOf(at));
    return steps;
  };
  return given.map(({ wire, span }) => {
    const [range] = onrecord.anchor.ranges(page, wire, span);
    return [way(range.startContainer), range.startOffset, way(range.endContainer), range.endOffset];
  });
})(%s)"""
# In the page: the boxes of such a range, as far as they are in view.
BOXES = """const [from, start, to, end] = arguments[0];
  const node = (steps) => steps.reduce((at, step) => at.childNodes[step], document);
  const range = document.createRange();
  range.setStart(node(from), start);
  range.setEnd(node(to), end);
  return [...range.getClientRects()].map(({ x, y, width, height }) => [x, y, width, height])
    .filter(([x, y, width, height]) => width > 2 && height > 2 && y >= 0 && y + height <= innerHeight);"""


class Link(NamedTuple):
    """A link to a quote, and where the quote stands."""

    said: str
    address: str
    way: list[Any]


def links(reader: Reader, page: Page, address: str) -> list[Link]:
    """What the panel would copy for every quote of a page."""
    page.goto(address)
    reader.press(page)
    view = reader.settled(page)
    wires = {block["id"]: block for block in view["blocks"]}
    quotes = view["analysis"]["quotes"]
    spans = [quote["content"][0] for quote in quotes]
    given = [{"wire": wires[span["block"]], "span": span} for span in spans]
    ways = reader.in_content(page, WAYS % json.dumps(given))
    tab = reader.tab_of(page)
    made = reader.worker.evaluate(
        "([tab, ids]) => Promise.all(ids.map((id) => chrome.tabs.sendMessage(tab, { type: 'link', id })))",
        [tab, [quote["id"] for quote in quotes]],
    )
    reader.press(page)  # off
    # each is an address of its own, so that the page is loaded anew and not only scrolled
    own = [link.replace("#", f"?{number}#", 1) for number, link in enumerate(made)]
    return [Link(span["text"], link, way) for span, link, way in zip(spans, own, ways, strict=True)]


def marked(picture: bytes, boxes: list[list[float]]) -> str:
    """What is wrong with what a browser has marked: nothing in view, a line without colour, or much besides."""
    if not boxes:
        return "not in view"
    shot = Image.open(io.BytesIO(picture)).convert("RGB")
    pure = shot.point(lambda value: 255 if value > 200 else 0)
    wanted = found = 0.0
    for x, y, width, height in boxes:
        line = [pure.getpixel((int(x + width * at / 8), int(y + height / 2))) for at in range(2, 7)]
        wanted += width
        found += width if line.count(MARK) >= 3 else 0
    if found < MOST * wanted:
        return "not marked"
    area = sum(count for count, colour in pure.getcolors(1 << 24) or [] if colour == MARK)
    return "" if area <= MUCH * sum(width * height for _, _, width, height in boxes) else "more is marked"


@pytest.fixture(scope="module")
def copied(reader: Reader, site: str) -> list[Link]:
    """The links of all quotes of the test pages."""
    page = reader.context.new_page()
    found = [link for name in PAGES for link in links(reader, page, f"{site}/{name}.html")]
    page.close()
    assert len(found) > 40
    return found


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox without the extension: a link is for everybody."""
    if "FIREFOX" not in os.environ:
        pytest.skip("no Firefox on this computer, and none could be installed")
    found = Firefox(Path(os.environ["FIREFOX"]), tmp_path_factory.mktemp("firefox"))
    yield found
    found.close()


def test_every_link_leads_to_its_passage_in_chromium(copied: list[Link], page: Page) -> None:
    wrong = []
    for link in copied:
        page.goto(link.address)
        page.evaluate(f"() => {{ {SHEET} }}")
        page.wait_for_timeout(50)
        boxes = page.evaluate(f"(...given) => {{ {BOXES.replace('arguments', 'given')} }}", link.way)
        fault = marked(page.screenshot(), boxes)
        if fault:
            wrong.append(f"{fault}: {link.said} {link.address}")
    assert not wrong, "\n".join(wrong)


def test_every_link_leads_to_its_passage_in_firefox(copied: list[Link], firefox: Firefox) -> None:
    wrong = []
    for link in copied:
        firefox.go(link.address)
        firefox.evaluate(SHEET)
        firefox.evaluate("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        boxes = firefox.evaluate(BOXES, link.way)
        fault = marked(firefox.screenshot(), boxes)
        if fault:
            wrong.append(f"{fault}: {link.said} {link.address}")
    assert not wrong, "\n".join(wrong)
