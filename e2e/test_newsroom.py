"""A newsroom's server in the options: real TLS, a token, and articles that go there and nowhere else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from e2e.conftest import ARGUMENTS, EXTENSION
from e2e.reader import Reader
from e2e.test_card import point_at
from tests.shared.test_commands import speaking_tls

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a newsroom's server, and the token of one of its users."""
    with speaking_tls(tmp_path) as (port, _, token):
        yield f"https://localhost:{port}", token


@pytest.fixture
def somebody(playwright: Playwright, tmp_path: Path) -> Iterator[Reader]:
    """Somebody whose browser lets the extension reach the server, and who has no server of her own.

    What the browser asks its user cannot be answered by a test: the copy of the extension here has that leave already.
    """
    folder = tmp_path / "extension"
    shutil.copytree(EXTENSION, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["host_permissions"].append("https://localhost/*")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [
        word.replace(str(EXTENSION), str(folder)).replace("EXCLUDE 127.0.0.1", "EXCLUDE 127.0.0.1, EXCLUDE localhost")
        for word in ARGUMENTS
    ]
    context: BrowserContext = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=os.environ["CHROMIUM"], headless=True,
        args=[*arguments, "--ignore-certificate-errors", *(["--no-sandbox"] if root else [])],
        viewport={"width": 1000, "height": 900}, ignore_default_args=["--disable-extensions"],
    )  # fmt: skip
    context.set_default_timeout(15_000)
    yield Reader(context)
    context.close()


def use(options: Page, address: str, token: str) -> None:
    options.get_by_label("Address").fill(address)
    options.get_by_label("Token").fill(token)
    options.get_by_role("button", name="Use this server").click()


def test_articles_go_to_the_newsrooms_server_until_it_is_left(
    newsroom: tuple[str, str], somebody: Reader, site: str
) -> None:
    address, token = newsroom
    options = somebody.extension_page("options/options.html")
    said = options.locator("#newsroom-said")
    use(options, "http://onrecord.example", token)
    expect(said).to_contain_text("The address is https:// and a name")
    use(options, address, "x" * 43)
    expect(said).to_have_text("Your newsroom’s server does not know the token in the options.")
    assert "newsroom" not in somebody.stored()  # nothing is kept that does not work
    use(options, address, token)
    expect(said).to_have_text(f"From now on articles are sent to {address}.")
    expect(options.get_by_label("Token")).to_have_value("")  # it is shown no more
    expect(options.locator("#here")).to_be_hidden()

    page = somebody.context.new_page()
    page.goto(f"{site}/plain.html?newsroom")
    somebody.press(page)
    painted = somebody.wait_until_painted(page)
    point_at(somebody, page, painted[0]["text"])
    page.wait_for_selector("html > [popover]", state="attached")
    assert "Wrong?" not in somebody.card_text(page)  # it keeps no corrections
    panel = somebody.panel(page)
    expect(panel.locator("#newsroom")).to_have_text("Read by your newsroom’s server, which keeps no corrections.")
    with somebody.context.expect_page() as opened:
        somebody.save(panel, "Report")
    report = opened.value
    report.wait_for_load_state()
    assert report.url.startswith(f"{address}/reports/")
    report.get_by_text("Bell").first.wait_for()
    welcome = somebody.extension_page("welcome/welcome.html")
    expect(welcome.locator("#newsroom")).to_contain_text(f"Articles that you mark are sent to {address}")
    expect(welcome.locator("#by-code")).to_be_hidden()

    options.bring_to_front()
    options.get_by_role("button", name="Use the server on this computer again").click()
    expect(said).to_contain_text("the token is forgotten")
    assert "newsroom" not in somebody.stored()
    page.goto(f"{site}/strict.html?own")
    somebody.press(page)
    assert somebody.settled(page)["problem"]["code"] == "not_paired"
