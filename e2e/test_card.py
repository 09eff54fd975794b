"""The card beside a mark: its words, its manners, and that it leaves nothing behind."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from e2e.conftest import EXTENSION
from e2e.reader import Reader
from e2e.test_marks import digest


def point_at(reader: Reader, page: Page, text: str) -> tuple[float, float]:
    """Rest the pointer on the mark that holds ``text``."""
    mark = next(mark for mark in reader.painted(page) if text in mark["text"])
    x, y, width, height = mark["boxes"][0]
    at = (x + min(20, width / 2), y + height / 2)
    page.mouse.move(at[0] - 3, at[1])
    page.mouse.move(*at)
    return at


def host(page: Page) -> dict[str, Any] | None:
    """Where the card's host stands, if there is one."""
    found: dict[str, Any] | None = page.evaluate(
        "() => { const host = document.querySelector('html > [popover]');"
        " return host && { open: host.matches(':popover-open'), closed: host.shadowRoot === null }; }"
    )
    return found


def test_the_card_quotes_the_grant_of_anonymity_and_goes_with_escape(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?card")
    tree = digest(page)
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "days, not weeks")
    page.wait_for_selector("html > [popover]", state="attached")
    assert host(page) == {"open": True, "closed": True}
    said = reader.card_text(page)
    assert "Government, military, courts, police" in said
    assert "Anonymous, by agreement" in said
    assert "asked not to be named" in said
    assert "%" not in said
    page.keyboard.press("Escape")
    page.wait_for_selector("html > [popover]", state="detached")
    assert digest(page) == tree


def test_the_pointer_may_enter_the_card_and_leaving_closes_it(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?enter")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "I don’t care who wins")
    page.wait_for_selector("html > [popover]", state="attached")
    box = page.evaluate(
        "() => { const b = document.querySelector('html > [popover]').getBoundingClientRect(); return [b.x, b.y]; }"
    )
    page.mouse.move(box[0] + 30, box[1] + 20, steps=4)
    page.wait_for_timeout(600)  # longer than a card stays when it is left
    assert host(page) is not None
    page.mouse.move(5, 5, steps=4)
    page.wait_for_selector("html > [popover]", state="detached")


def test_a_contested_claim_shows_the_words_that_contest_it(reader: Reader, page: Page, site: str) -> None:
    page.goto(f"{site}/plain.html?claim")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "run out of fresh milk")
    page.wait_for_selector("html > [popover]", state="attached")
    said = reader.card_text(page)
    assert "The article words this at a distance" in said
    assert "reportedly" in said
    assert said.lower().count("at a distance") == 1  # and it says so once


def test_what_the_article_says_of_a_source_is_more_than_a_word_of_its_name(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/plain.html?says")
    page.evaluate(
        """(lines) => {
          const paragraphs = lines.map((line) => {
            const paragraph = document.createElement("p");
            paragraph.textContent = line;
            return paragraph;
          });
          document.querySelector("article").replaceChildren(document.querySelector("h1"), ...paragraphs);
        }""",
        [
            "Moscow said on Monday that the bridge over the strait would stay closed until the ice has gone.",
            "“The quay is lost to the sea,” the Harbour Times reported in its last number before the storm came.",
            "The ministry said that nobody had been told of it, and that it would look into the matter again.",
            "“We shall build it up once more,” said Ada Brandt, the mayor of Little Sarn, on the steps of the hall.",
        ],
    )
    reader.press(page)
    reader.wait_until_painted(page)
    says = []
    for words in ("the bridge over the strait", "The quay is lost", "nobody had been told", "We shall build"):
        page.mouse.move(5, 5)
        page.wait_for_selector("html > [popover]", state="detached")
        point_at(reader, page, words)
        page.wait_for_selector("html > [popover]", state="attached")
        text = re.sub(r"<[^>]*>", "", reader.shadow_html(page).replace("</p>", "\n"))
        says += re.findall(r"The article says: (.*)", text)
    assert [len(words.split()) > 3 for words in says] == [True] * len(says), says
    assert any("the mayor of Little Sarn" in words for words in says)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_wave_of_a_contested_claim_is_not_cut_off_on_its_card(
    reader: Reader, page: Page, site: str, scheme: str
) -> None:
    page.goto(f"{site}/plain.html?wave-{scheme}")
    if scheme == "dark":
        page.evaluate("() => { document.body.style.background = '#1b1b1f'; document.body.style.color = '#eee'; }")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "run out of fresh milk")
    page.wait_for_selector("html > [popover]", state="attached")
    card = reader.shadow_html(page)
    style = (EXTENSION / "content" / "card.js").read_text(encoding="utf-8").split("const STYLE = `")[1].split("`")[0]
    page.set_content(f"<style>body {{ margin: 20px; }} {style}</style>{card}")

    def drawn() -> set[tuple[int, int]]:
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        pixels: Any = shot.load()
        places = itertools.product(range(shot.width), range(shot.height))
        return {at for at in places if pixels[at][0] - max(pixels[at][1:]) > 40}

    seen = drawn()
    page.add_style_tag(content=".wave { overflow: visible !important; }")
    whole = drawn()
    assert len(whole) > 20
    assert seen == whole
    assert max(y for _, y in whole) - min(y for _, y in whole) >= 3, "a straight line is no wave"
