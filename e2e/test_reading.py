"""What a page shows but does not hold, live blogs that grow, and pages that clear the browser's registry."""

from __future__ import annotations

from playwright.sync_api import Page

from e2e.reader import Reader
from e2e.test_marks import digest, lines


def shown(reader: Reader, page: Page, address: str) -> dict[str, object]:
    page.goto(address)
    reader.press(page)
    return reader.settled(page)


def under(reader: Reader, page: Page) -> list[str]:
    return [" ".join(mark["text"].split()) for mark in lines(reader.painted(page))]


def test_marks_of_the_style_sheet_make_direct_quotes_and_the_marks_hold_their_words(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/quotes.html")
    tree = digest(page)
    reader.press(page)
    view = reader.settled(page)
    assert view["status"] == "shown", view["problem"]
    assert view["lost"] == []
    texts = "\n".join(block["text"] for block in view["blocks"])
    for words in (
        "said “we will rebuild the quay by spring” on Tuesday",
        "said: «Ann Lee told me ‹go home now› and I went.» Nobody",
        "“There is no money for it in this year’s budget,” said",
        "“We have waited for nine years and we will not wait for another one.”",
        "because nobody has told us",
    ):
        assert words in texts
    kinds = {
        quote["content"][0]["text"]: quote["kind"] for quote in view["analysis"]["quotes"] if quote["kind"] == "direct"
    }
    assert any("rebuild the quay" in text and "Tuesday" not in text for text in kinds), kinds
    assert any("Ann Lee told me" in text and text.endswith("»") for text in kinds), kinds
    marked = under(reader, page)
    assert "we will rebuild the quay by spring" in marked
    # the pull quote is marked where it stands, and counted once
    assert "We will rebuild the quay by spring" in marked
    assert sum("rebuild the quay" in text for text in kinds) == 1
    assert digest(page) == tree


def test_each_post_of_a_live_blog_is_a_section_and_its_time_is_no_part_of_the_text(
    reader: Reader, page: Page, site: str
) -> None:
    view = shown(reader, page, f"{site}/live.html")
    posts = [(block.get("section"), block["text"][:12]) for block in view["blocks"] if block["role"] != "headline"]
    assert posts == [(1, "The ferry be"), (2, "The harbour "), (3, "Residents of")]


def test_a_new_post_is_offered(reader: Reader, page: Page, site: str) -> None:
    shown(reader, page, f"{site}/live.html")
    assert not reader.view(page)["changed"]
    page.evaluate("post()")
    page.wait_for_timeout(1300)
    assert reader.view(page)["changed"]
    assert len(under(reader, page)) >= 3


def test_marks_come_back_after_the_page_has_cleared_the_registry(reader: Reader, page: Page, site: str) -> None:
    shown(reader, page, f"{site}/live.html")
    before = sorted(under(reader, page))
    page.evaluate("CSS.highlights.clear()")
    page.wait_for_function("() => CSS.highlights.size > 0")
    assert sorted(under(reader, page)) == before


def test_hidden_slides_are_read_with_the_one_that_is_shown_and_marked_when_they_come(
    reader: Reader, page: Page, site: str
) -> None:
    view = shown(reader, page, f"{site}/slides.html")
    keeper = next(quote["id"] for quote in view["analysis"]["quotes"] if "carried coal" in quote["content"][0]["text"])
    assert view["lost"] == []
    stage = page.locator(".stage")
    assert stage.evaluate("(stage) => stage.getBoundingClientRect().top > innerHeight")
    reader.worker.evaluate(
        "([tab, id]) => chrome.tabs.sendMessage(tab, { type: 'jump', id, focus: false })", [reader.tab_of(page), keeper]
    )
    # what cannot be seen itself is looked for where it stands: at its slide show
    page.wait_for_function(
        "() => { const { top, bottom } = document.querySelector('.stage').getBoundingClientRect();"
        " return top >= 0 && bottom <= innerHeight; }"
    )
    page.evaluate("() => { for (const each of document.querySelectorAll('.slide')) each.classList.toggle('active'); }")
    boxes = [mark["boxes"] for mark in lines(reader.painted(page)) if "carried coal" in mark["text"]]
    assert boxes
    assert boxes[0]


def test_a_page_at_localhost_is_read_as_any_other(reader: Reader, page: Page, site: str) -> None:
    view = shown(reader, page, f"{site.replace('127.0.0.1', 'localhost')}/plain.html?localhost")
    assert view["status"] == "shown", view["problem"]
    assert view["url"].startswith("http://localhost:")
    assert under(reader, page)
