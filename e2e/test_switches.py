"""Where pages are marked: by the options, the menu and the panel; and the options as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.reader import Reader
from e2e.test_panel import AXE


@pytest.fixture
def options(reader: Reader) -> Iterator[Page]:
    """The options page; everything that a test changes there is put back."""
    kept = reader.stored()
    found = reader.extension_page("options/options.html")
    yield found
    found.evaluate("() => chrome.storage.local.remove(['preferences', 'switches', 'articles'])")
    found.close()
    reader.store(kept)


def small_targets(page: Page) -> list[str]:
    """What can be pressed and is less than 24 pixels high or wide; a box counts with its label."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, select, textarea, summary, input')]
          .map((each) => (each.matches('[type=checkbox], [type=radio], [type=file]') && each.closest('label')) || each)
          .filter((each) => each.checkVisibility())
          .filter((each) => each.offsetWidth < 24 || each.offsetHeight < 24)
          .map((each) => `${each.offsetWidth} x ${each.offsetHeight} ${each.outerHTML.slice(0, 80)}`)"""
    )
    return found


def marked(page: Page) -> None:
    page.wait_for_function("() => CSS.highlights.size > 0")


def unmarked(page: Page) -> None:
    page.wait_for_function("() => CSS.highlights.size === 0")


def test_always_on_a_site_marks_without_a_button_until_the_site_says_never(
    options: Page, page: Page, site: str
) -> None:
    options.get_by_label("Always on these sites").fill("127.0.0.1")
    options.get_by_role("button", name="Save the sites").click()
    options.get_by_text("Saved.").wait_for()
    options.wait_for_function("() => chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    page.goto(f"{site}/plain.html?always")
    marked(page)
    options.get_by_label("Always on these sites").fill("")
    options.get_by_label("Never by itself on these sites").fill(f"{site}/plain.html")  # whole addresses are hosts too
    options.get_by_role("button", name="Save the sites").click()
    unmarked(page)  # they came by themselves
    expect(options.get_by_label("Never by itself on these sites")).to_have_value("127.0.0.1")


def test_frames_on_a_site_that_is_always_on_have_the_rules_too(options: Page, page: Page, site: str) -> None:
    options.evaluate("() => chrome.storage.local.set({ switches: { always: ['127.0.0.1'] } })")
    options.wait_for_function("() => chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    page.goto(f"{site}/nested.html?always")
    marked(page)
    frame = page.frames[1]
    frame.wait_for_function("() => CSS.highlights.size > 0")
    drawn = frame.evaluate(
        "(name) => getComputedStyle(document.querySelector('p'), `::highlight(${name})`).textDecorationLine",
        "onrecord-affected-named-light",
    )
    assert drawn == "underline"


def test_an_article_that_comes_late_is_marked_when_it_is_there(options: Page, page: Page, site: str) -> None:
    options.evaluate("() => chrome.storage.local.set({ switches: { always: ['127.0.0.1'] } })")
    options.wait_for_function("() => chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    page.goto(f"{site}/list.html?late")
    page.evaluate(
        """(address) => fetch(address).then((answer) => answer.text()).then((text) => {
            const other = new DOMParser().parseFromString(text, 'text/html');
            document.body.replaceChildren(...other.querySelectorAll('p'));
        })""",
        f"{site}/strict.html",
    )
    marked(page)


def test_an_article_that_was_switched_off_stays_off_on_a_site_that_is_always_on(
    options: Page, reader: Reader, page: Page, site: str
) -> None:
    options.evaluate("() => chrome.storage.local.set({ switches: { always: ['127.0.0.1'] } })")
    options.wait_for_function("() => chrome.scripting.getRegisteredContentScripts().then((all) => all.length > 0)")
    page.goto(f"{site}/plain.html?but-not-this")
    marked(page)
    reader.press(page)
    unmarked(page)
    page.reload()
    page.wait_for_timeout(800)  # longer than the start of the content script takes
    assert page.evaluate("CSS.highlights.size") == 0


def test_pause_takes_every_mark_off_and_the_button_offers_to_go_on(
    options: Page, reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/plain.html?pause")
    reader.press(page)
    marked(page)
    options.get_by_label("Pause on all sites").check()
    unmarked(page)
    reader.press(page)
    page.wait_for_selector("html > [popover]", state="attached")
    assert "paused on all sites" in reader.card_text(page)
    reader.press_in_card(page, "Go on and mark this article")
    marked(page)
    assert not options.get_by_label("Pause on all sites").is_checked()


def test_three_colours_and_underline_only(options: Page, reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?three")
    reader.press(page)
    marked(page)
    options.get_by_label("Three:").check()
    options.get_by_label("Tint behind the text").uncheck()
    page.wait_for_function("() => [...CSS.highlights.keys()].every((name) => !name.includes('tint'))")
    names = set(page.evaluate("[...CSS.highlights.keys()]"))
    assert {name.split("-")[1] for name in names} == {"official", "business", "contested"}
    panel = reader.panel(page)
    bar = panel.get_by_role("img", name="Words quoted by whether the source is named: Named")
    bar.wait_for()
    colours = bar.evaluate("bar => [...bar.children].map((part) => getComputedStyle(part).backgroundColor)")
    assert len(colours) == len(set(colours)) == 2
    panel.close()


def test_the_menu_marks_this_article_and_switches_its_site(
    options: Page, reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/plain.html?menu")
    tab = reader.tab_of(page)
    menu = reader.extension_page(f"popup/popup.html?tab={tab}")
    menu.get_by_role("button", name="Mark this article").click()
    marked(page)
    menu.get_by_text("contested claim").wait_for()
    menu.get_by_label("On 127.0.0.1").select_option("Never by itself")
    page.wait_for_timeout(400)  # longer than the switch takes to get to the page
    marked(page)  # these were asked for
    menu.get_by_label("On 127.0.0.1").select_option("When I press the button")
    menu.get_by_role("button", name="Take the marks off").click()
    unmarked(page)
    menu.close()


def test_the_button_opens_the_menu_if_the_reader_wants_one(options: Page, reader: Reader) -> None:
    for label, popup in (("Opens a menu", "/popup/popup.html"), ("Marks the article at once", "")):
        options.get_by_label(label).check()
        options.wait_for_function(
            "(end) => chrome.action.getPopup({}).then((popup) => end ? popup.endsWith(end) : popup === '')", arg=popup
        )


def test_options_go_into_a_file_and_come_back_without_the_secret(options: Page, reader: Reader, tmp_path: Path) -> None:
    options.get_by_label("Print the marks too").check()
    options.get_by_label("Never by itself on these sites").fill("games.example")
    options.get_by_role("button", name="Save the sites").click()
    options.get_by_text("Saved.").wait_for()
    with options.expect_download() as download:
        options.get_by_role("button", name="Save to a file").click()
    saved = tmp_path / "options.json"
    download.value.save_as(saved)
    kept = json.loads(saved.read_text(encoding="utf-8"))
    assert kept["switches"]["never"] == ["games.example"]
    assert reader.stored()["secret"] not in saved.read_text(encoding="utf-8")
    options.evaluate("() => chrome.storage.local.remove(['preferences', 'switches'])")
    options.wait_for_function("() => !document.getElementById('print').checked")
    options.get_by_label("Read from a file").set_input_files(saved)
    options.get_by_text("The options were read").wait_for()
    assert options.get_by_label("Print the marks too").is_checked()
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "something else"}', encoding="utf-8")
    options.get_by_label("Read from a file").set_input_files(broken)
    options.get_by_text("holds no options of Onrecord").wait_for()
    assert options.get_by_label("Print the marks too").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_options_and_menu_pass_axe(options: Page, reader: Reader, page: Page, site: str, scheme: str) -> None:
    page.goto(f"{site}/plain.html?axe-{scheme}")
    reader.press(page)
    marked(page)
    menu = reader.extension_page(f"popup/popup.html?tab={reader.tab_of(page)}")
    menu.get_by_text("contested claim").wait_for()
    for shown in (options, menu):
        shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        shown.wait_for_timeout(100)  # colours follow the change
        assert reader.violations(shown, AXE) == []
        assert small_targets(shown) == []
    pale = options.evaluate(  # axe looks at no placeholder
        """() => [...document.querySelectorAll('[placeholder]')].filter((each) =>
          getComputedStyle(each, '::placeholder').color !== getComputedStyle(document.querySelector('.quiet')).color
        ).map((each) => each.id)"""
    )
    assert pale == []
    menu.close()
