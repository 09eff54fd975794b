"""Every state that keeps a page from being marked: one sentence, one thing to do, and a sign on the button."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from e2e.conftest import OnrecordServer, browser
from e2e.reader import Reader


@pytest.fixture
def notice(reader: Reader, page: Page) -> Iterator[Page]:
    """A tab in which a problem is looked for; the extension's storage is put back afterwards."""
    kept = reader.stored()
    yield page
    reader.store(kept)


def expect_problem(reader: Reader, page: Page, code: str, sentence: str) -> None:
    page.wait_for_selector("html > [popover]", state="attached")
    assert reader.view(page)["problem"]["code"] == code
    assert sentence in reader.card_text(page)
    assert reader.badge(page) == "!"
    assert page.evaluate("CSS.highlights.size") == 0


def test_not_an_article(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/list.html")
    reader.press(notice)
    expect_problem(reader, notice, "not_an_article", "does not look like an article")
    reader.press_in_card(notice, "Analyse the selected text")
    expect_problem(reader, notice, "nothing_selected", "Nothing is selected")


def test_a_selection_on_any_page_can_be_analysed(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/list.html")
    notice.evaluate(
        "() => { const p = document.createElement('p'); p.textContent = '“We are closed,” said Mayor Anna Bell.';"
        " document.body.append(p); getSelection().selectAllChildren(p); }"
    )
    reader.press(notice)  # what is selected is what is read
    assert any("We are closed" in mark["text"] for mark in reader.wait_until_painted(notice))


def test_of_an_article_too_only_what_is_selected_is_read(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/plain.html?selected")
    notice.evaluate("() => getSelection().selectAllChildren(document.querySelectorAll('article p')[2])")
    reader.press(notice)
    reader.wait_until_painted(notice)
    marks = {mark["text"] for mark in reader.painted(notice)}
    assert any("We are not asking" in mark for mark in marks)
    assert not any("My daughter needs" in mark for mark in marks)


def test_not_paired(reader: Reader, notice: Page, site: str) -> None:
    reader.store({"secret": ""})
    notice.goto(f"{site}/plain.html?unpaired")
    reader.press(notice)
    expect_problem(reader, notice, "not_paired", "is not connected")
    with notice.context.expect_page() as opened:
        reader.press_in_card(notice, "Connect now")
    assert "/welcome/welcome.html" in opened.value.url
    opened.value.close()


def test_a_server_that_does_not_know_the_secret_is_sent_nothing(reader: Reader, notice: Page, site: str) -> None:
    reader.store({"secret": "00" * 32})
    notice.goto(f"{site}/plain.html?wrong")
    reader.press(notice)
    expect_problem(reader, notice, "not_proved", "could not prove")


def test_server_not_running_and_then_running_again(
    reader: Reader, server: OnrecordServer, notice: Page, site: str
) -> None:
    server.stop()
    try:
        notice.goto(f"{site}/plain.html?stopped")
        reader.press(notice)
        expect_problem(reader, notice, "server_not_running", "is not running")
    finally:
        server.start()
    reader.press_in_card(notice, "Try again")
    assert reader.wait_until_painted(notice)
    assert reader.badge(notice).isdigit()


FRENCH = """
for (const [number, paragraph] of [...document.querySelectorAll("p, h1, h2, li, blockquote, figcaption")].entries())
  if (!paragraph.textContent.includes("Nobody should steer"))
    paragraph.textContent = "Le maire de la ville a annoncé que le port resterait fermé pendant " + (number + 3) +
    " semaines, et que les habitants seraient informés par une lettre avant la fin du mois. Les pêcheurs, eux, ont" +
    " répondu qu'ils n'avaient pas été consultés et qu'ils ne quitteraient pas les quais sans une garantie écrite.";
"""


def test_not_english(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/plain.html?french")
    notice.evaluate(FRENCH)  # the words say so, whatever the page calls itself
    reader.press(notice)
    expect_problem(reader, notice, "unsupported_language", "English only")
    reader.press_in_card(notice, "Read it as English")
    reader.wait_until_painted(notice)


def test_a_page_of_the_browser_itself(reader: Reader, page: Page) -> None:
    page.goto("chrome://version")
    tab = reader.tab_of(page)
    reader.press(page)
    reader.worker.evaluate(
        """async (tabId) => {
          while (!(await chrome.action.getPopup({ tabId })).endsWith("#restricted"))
            await new Promise((resolve) => setTimeout(resolve, 20));
        }""",
        tab,
    )
    assert reader.badge(page) == "!"
    menu = reader.extension_page(f"popup/popup.html?tab={tab}#restricted")
    menu.get_by_text("does not let extensions run on this page").wait_for()
    with page.context.expect_page() as opened:
        menu.get_by_role("button", name="Open the sample article").click()
    assert opened.value.url.endswith("/article")
    opened.value.close()
    menu.close()


def test_the_badge_counts_the_sources(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/strict.html?badge")
    reader.press(page)
    reader.wait_until_painted(page)
    assert reader.badge(page) == str(reader.view(page)["analysis"]["summary"]["sources"])


def test_a_page_that_was_connected_goes_on_to_the_sample_article(reader: Reader, server: OnrecordServer) -> None:
    welcome = reader.extension_page("welcome/welcome.html")
    reader.type_code(welcome, server.port, server.code)
    with welcome.context.expect_page() as opened:
        welcome.locator("#result:has-text('Connected.') + #next button").click()
    assert opened.value.url.endswith("/article")
    opened.value.close()
    welcome.close()


def test_a_wrong_code_says_so_and_a_used_one_too(reader: Reader, server: OnrecordServer) -> None:
    used = server.code
    reader.pair(server.port, used)
    welcome = reader.extension_page("welcome/welcome.html")
    for code in ("BBBB-BBBB-BBBB", used):
        reader.type_code(welcome, server.port, code)
        welcome.get_by_text("does not know this code").wait_for()
        welcome.reload()
    welcome.close()


LONG = """
const paragraphs = document.querySelectorAll("p");
for (let number = 0; number < 260; number += 1)
  for (const name of ["Ada", "Bo", "Cy"])
    paragraphs[1].insertAdjacentHTML("afterend", "<p>“We load number " + number + " by hand,” said " + name + " Moss" +
      number + ", a docker who has worked on the quay for nine years and has seen four strikes end badly.</p>");
"""


def test_an_article_that_is_half_read_does_not_look_finished(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/plain.html?half")
    notice.evaluate(LONG)
    reader.press(notice)
    notice.wait_for_function("() => CSS.highlights.size > 0")
    view = reader.view(notice)
    assert view["status"] == "shown"
    assert not view["whole"]
    assert 0 < view["read"] < 1
    assert reader.badge(notice) == "…"
    notice.wait_for_selector("html > [popover]", state="attached")
    assert "so far" in reader.card_text(notice)
    panel = reader.panel(notice)
    panel.get_by_text("of the article is read so far").wait_for()
    assert panel.locator("#voice").is_hidden()
    reader.save(panel, "JSON")
    panel.get_by_text("saved when the article is read to its end").wait_for()
    panel.close()
    reader.press(notice)
    notice.wait_for_function("() => CSS.highlights.size === 0")
    assert reader.badge(notice) == ""


def long_article(reader: Reader, page: Page, address: str) -> Page:
    """The panel beside an article of which only the beginning is read, in which one docker alone speaks."""
    page.goto(address)
    page.evaluate(
        """(week) => {
          const lines = [];
          for (let line = 0; line < 260; line += 1)
            lines.push(`<p>“We load number ${line} by hand in week ${week},” said ${line < 60 ? "Ada" : "Bo"} Moss, ` +
              "a docker who has worked on the quay for nine years and has seen four strikes end badly.</p>");
          document.querySelector("article").innerHTML = "<h1>The quay by hand</h1>" + lines.join("");
        }""",
        address[-1],
    )
    reader.press(page)
    page.wait_for_function("() => CSS.highlights.size > 0")
    return reader.panel(page)


def test_nothing_is_summed_up_while_an_article_is_being_read_and_who_asks_for_a_file_is_told_so(
    reader: Reader, notice: Page, site: str
) -> None:
    panel = long_article(reader, notice, f"{site}/plain.html?sum-1")
    said = panel.locator("#summary").inner_text()
    assert not reader.view(notice)["whole"], "the article was read before anybody could look"
    assert "one source" not in said
    assert "quotes" not in said
    panel.bring_to_front()
    reader.save(panel, "CSV")
    panel.wait_for_function("() => document.getElementById('saved').textContent.trim() !== ''", timeout=2000)
    assert not reader.view(notice)["whole"], "the article was read before the panel could say so"
    panel.close()
    reader.press(notice)  # nobody waits for the rest


def test_what_is_saved_while_an_article_is_being_read_is_the_whole_of_it(
    reader: Reader, notice: Page, site: str
) -> None:
    panel = long_article(reader, notice, f"{site}/plain.html?save-2")
    assert not reader.view(notice)["whole"], "the article was read before anybody could ask"
    panel.bring_to_front()
    with panel.expect_download(timeout=120_000) as download:
        reader.save(panel, "JSON")
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert len(saved["quotes"]) == 260
    assert len(reader.settled(notice, 120_000)["analysis"]["quotes"]) == 260
    panel.close()


def test_an_article_without_quotes_says_so_and_offers_the_selection(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/plain.html?quiet")
    notice.evaluate(
        """() => { for (const [number, block] of document.querySelectorAll('p, h1, h2, li, blockquote').entries())
          block.textContent = `The crane on pier ${number} is painted green and stands beside a long and empty shed, ` +
            'and the water in front of it is deep enough for the two ferries that come each day in the summer.'; }"""
    )
    reader.press(notice)
    notice.wait_for_selector("html > [popover]", state="attached")
    assert reader.settled(notice)["status"] == "shown"
    assert "No quotes were found in this article." in reader.card_text(notice)
    reader.press_in_card(notice, "Analyse the selected text")
    expect_problem(reader, notice, "nothing_selected", "Nothing is selected")


def test_a_site_that_is_always_marked_does_not_nag_while_the_server_is_off(
    reader: Reader, server: OnrecordServer, notice: Page, site: str
) -> None:
    reader.store({"switches": {"always": ["127.0.0.1"]}})
    reader.worker.evaluate(
        """async () => {
          while ((await chrome.scripting.getRegisteredContentScripts()).length === 0)
            await new Promise((resolve) => setTimeout(resolve, 20));
        }"""
    )
    server.stop()
    try:
        notice.goto(f"{site}/strict.html?nag")
        assert reader.settled(notice)["problem"]["code"] == "server_not_running"
        assert reader.badge(notice) == "!"
        assert notice.locator("html > [popover]").count() == 0
    finally:
        server.start()
        reader.store({"switches": {}})


def test_a_double_click_on_the_button_is_one_press(reader: Reader, notice: Page, site: str) -> None:
    notice.goto(f"{site}/strict.html?double")
    reader.press(notice)
    reader.press(notice, double=True)
    reader.wait_until_painted(notice)
    assert reader.view(notice)["status"] == "shown"


def test_two_tabs_with_the_same_article_agree(reader: Reader, notice: Page, site: str) -> None:
    other = notice.context.new_page()
    for page in (notice, other):
        page.goto(f"{site}/strict.html?two")
        reader.press(page)
        reader.wait_until_painted(page)
    reader.press(other)
    for page in (notice, other):
        page.wait_for_function("() => CSS.highlights.size === 0")
    reader.press(other)
    for page in (other, notice):
        page.wait_for_function("() => CSS.highlights.size > 0")
    other.close()


def test_after_an_update_of_the_extension_its_marks_go_and_the_page_says_so(
    playwright: Playwright, server: OnrecordServer, site: str, tmp_path: Path
) -> None:
    with browser(playwright, tmp_path) as context:
        reader = Reader(context)
        reader.pair(server.port, server.code)
        page = context.new_page()
        page.goto(f"{site}/strict.html?updated")
        reader.press(page)
        reader.wait_until_painted(page)
        page.keyboard.press("j")
        reader.worker.evaluate("() => void setTimeout(() => chrome.runtime.reload(), 50)")
        page.wait_for_function("() => CSS.highlights.size === 0")
        page.wait_for_selector("html > [popover]", state="attached")
        assert "Onrecord was updated" in reader.card_text(page)


@pytest.mark.parametrize("path", ["welcome/welcome.html", "options/options.html"])
def test_own_pages_fit_a_narrow_window(unpaired_reader: Reader, path: str) -> None:
    page = unpaired_reader.extension_page(path)
    page.set_viewport_size({"width": 320, "height": 600})
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")
    page.evaluate("() => { for (const each of document.querySelectorAll('[hidden]')) each.hidden = false; }")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
