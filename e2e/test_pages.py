"""The server's own pages, without an extension: the home page, a pasted article, the report."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Page

from e2e.conftest import OnrecordServer
from e2e.reader import Reader
from e2e.test_panel import AXE

TEXT = """Dockers end blockade

“We are going home,” said Lars Inge, a crane driver. “For now.”

The port authority denied that it had threatened anyone."""


def opened(server: OnrecordServer, page: Page, path: str = "/") -> None:
    """The page, in a browser that has opened the home page with a key."""
    page.goto(server.address + str(server.ask("/v1/visits", {})["location"]))
    page.locator("#status[data-ready=true]").wait_for()
    if path != "/":
        page.goto(server.address + path)
        assert page.url == server.address + path


def test_a_pasted_article_becomes_a_report(server: OnrecordServer, page: Page) -> None:
    opened(server, page)
    page.get_by_label("Article text").fill(TEXT)
    page.get_by_label("Outlet").fill("The Harbour Post")
    page.get_by_label("Date").fill("2026-11-28")
    page.get_by_role("button", name="Show who is talking").click()
    page.wait_for_url("**/reports/*")
    assert page.locator(".published").inner_text() == "The Harbour Post · 28 November 2026"
    assert page.get_by_role("heading", name="Lars Inge").is_visible()
    assert page.locator("main .quote").first.inner_text() == "“We are going home,”"
    page.get_by_label("Contested claims").uncheck()
    assert not page.locator(".claims").is_visible()


def test_an_empty_paste_says_what_to_do(server: OnrecordServer, page: Page) -> None:
    opened(server, page)
    page.get_by_label("Article text").fill("   ")
    page.get_by_role("button", name="Show who is talking").click()
    assert page.get_by_role("alert").inner_text() == "Paste an article first."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/sample", "/article"])
def test_the_servers_pages_pass_axe_and_break_no_policy(
    reader: Reader, server: OnrecordServer, page: Page, path: str, scheme: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(server, page, path)
    page.get_by_role("heading").first.wait_for()
    assert reader.violations(page, AXE) == []
    assert said == []


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_contested_quote_has_its_wave_clearly_below_its_coloured_line(
    reader: Reader, server: OnrecordServer, page: Page, media: str
) -> None:
    page.emulate_media(media="print" if media == "print" else "screen", color_scheme="light")
    opened(server, page, "/sample")
    quote = page.locator(".contested > .quote.official").first
    quote.scroll_into_view_if_needed()
    left, top, width, height = quote.evaluate(
        "(at) => { const box = at.getClientRects()[0]; return [box.left, box.top, box.width, box.height]; }"
    )
    clip = {"x": left, "y": top, "width": min(width, 120), "height": height + 12}
    shot = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    line, wave = set(), [set[int]() for _ in range(shot.width)]
    for x in range(shot.width):
        for y in range(shot.height):
            red, green, blue = shot.getpixel((x, y))  # type: ignore[misc]
            if blue > 200 and red < 60:
                line.add(y)
            if red > 150 and green < 90 and blue < 90:
                wave[x].add(y)
    drawn = [column for column in wave if column]
    assert len(drawn) > shot.width * 0.8
    assert line
    assert min(map(min, drawn)) > max(line), "the two touch"
    assert max(map(max, drawn)) - min(map(min, drawn)) >= 3, "a straight line is no wave"


def test_the_report_leads_from_a_claim_to_the_words_that_contest_it_and_back(
    reader: Reader, server: OnrecordServer, page: Page
) -> None:
    opened(server, page, "/sample")
    note = page.locator(".contested-note", has_text="Denied by the person concerned").first
    note.get_by_role("link", name="denied").click()
    words = page.locator("main .cue:target")
    assert words.inner_text() == "denied"
    words.locator("xpath=following-sibling::a[1]").click()
    assert page.locator("main .contested:target").inner_text() == "hiding test results from the city"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_notes_stand_beside_the_text_or_below_it(
    reader: Reader, server: OnrecordServer, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(server, page, "/sample")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.locator(".row", has=page.locator(".notes")).first
    text, notes = row.locator(".block").bounding_box(), row.locator(".notes").bounding_box()
    assert text
    assert notes
    beside = notes["x"] >= text["x"] + text["width"]
    below = notes["y"] >= text["y"] + text["height"]
    assert (beside, below) == ((True, False) if width > 1000 else (False, True))


def test_a_report_that_is_not_kept_says_so_in_words(server: OnrecordServer, page: Page) -> None:
    answer = page.goto(f"{server.address}/reports/{'x' * 22}")
    assert answer
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "This report is not kept any more"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"  # its style sheet is let in


def test_another_site_can_neither_read_nor_frame_the_server(server: OnrecordServer, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html")
    outcome = page.evaluate(
        """async (address) => {
            const tries = [
              () => fetch(address + '/v1/health'),
              () => fetch(address + '/v1/analyze', { method: 'POST', body: '{}' }),
              () => fetch(address + '/', { mode: 'no-cors' })
                .then((answer) => answer.text())
                .then((text) => { if (!text) throw 0; }),
            ];
            const found = [];
            for (const attempt of tries) found.push(await attempt().then(() => 'read', () => 'refused'));
            return found;
        }""",
        server.address,
    )
    assert outcome == ["refused", "refused", "refused"]
