"""*Wrong?*: shown at once, there again on the next visit and in what is saved, and undone in one press."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from e2e.conftest import OnrecordServer
from e2e.reader import Reader
from e2e.test_card import point_at

MILK = "run out of fresh milk"
WAIT = 15_000


def claimed(reader: Reader, page: Page) -> bool:
    return any("contested" in mark["name"] and MILK in mark["text"] for mark in reader.painted(page))


def until(page: Page, met: object, said: str) -> None:
    for _ in range(WAIT // 50):
        if met():  # type: ignore[operator]
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def test_a_claim_that_is_not_contested_stays_so_until_it_is_undone(
    reader: Reader, page: Page, site: str, server: OnrecordServer
) -> None:
    page.goto(f"{site}/plain.html?wrong")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, MILK)
    page.wait_for_selector("html > [popover]", state="attached")
    reader.press_in_card(page, "Wrong?")
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)  # longer than a card stays when it is left
    assert "sent to nobody" in reader.card_text(page)
    reader.press_in_card(page, "Not contested")
    until(page, lambda: not claimed(reader, page), "the wave is still there")
    assert "You corrected" in reader.card_text(page)

    def counted() -> bool:
        analysis = reader.view(page)["analysis"]
        return bool(analysis["summary"]["claims"] == len(analysis["claims"]))

    until(page, counted, "the server has not answered")

    page.goto(f"{site}/plain.html?wrong-again")  # another visit, under another address, after a restart
    server.stop()
    server.start()
    reader.press(page)
    reader.wait_until_painted(page)
    assert not claimed(reader, page)

    panel = reader.panel(page)
    own = panel.get_by_role("region", name="Your corrections")
    expect(own).to_contain_text("not contested")
    with panel.expect_download() as saving:
        reader.save(panel, "CSV")
    assert "not contested (Onrecord:" in saving.value.path().read_text(encoding="utf-8")
    own.get_by_role("button", name="Undo").click()
    expect(own).to_be_hidden()
    panel.close()
    assert claimed(reader, page)


def test_another_kind_of_source_is_painted_within_a_moment_and_letters_in_the_note_move_nothing(
    reader: Reader, page: Page, site: str
) -> None:
    page.goto(f"{site}/plain.html?kind")
    reader.press(page)
    reader.wait_until_painted(page)
    point_at(reader, page, "I don’t care who wins")
    page.wait_for_selector("html > [popover]", state="attached")
    reader.press_in_card(page, "Wrong?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("d")  # the first kind in the list that begins so: a document
    began = time.monotonic()
    until(page, lambda: reader.view(page)["analysis"].get("corrections"), "nothing was corrected")
    assert time.monotonic() - began < WAIT / 1000
    (said,) = reader.view(page)["analysis"]["corrections"]
    assert (said["what"], said["now"]) == ("kind", "document")
    assert any(mark["name"].startswith("onrecord-document-") for mark in reader.painted(page))
    reader.press_in_card(page, "Undo")
    until(page, lambda: not reader.view(page)["analysis"].get("corrections"), "it was not undone")
