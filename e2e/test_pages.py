"""The server's own pages, without an extension: the home page, a pasted article, the report."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from e2e.conftest import OnrecordServer
from e2e.reader import Reader
from e2e.test_panel import AXE

TEXT = """Dockers end blockade

“We are going home,” said Lars Inge, a crane driver. “For now.”

The port authority denied that it had threatened anyone."""


def test_a_pasted_article_becomes_a_report(server: OnrecordServer, page: Page) -> None:
    page.goto(server.address)
    page.get_by_label("Article text").fill(TEXT)
    page.get_by_role("button", name="Show who is talking").click()
    page.wait_for_url("**/reports/*")
    assert page.get_by_role("heading", name="Lars Inge").is_visible()
    assert page.locator("main .quote").first.inner_text() == "“We are going home,”"
    page.get_by_label("Contested claims").uncheck()
    assert not page.locator(".claims").is_visible()


def test_an_empty_paste_says_what_to_do(server: OnrecordServer, page: Page) -> None:
    page.goto(server.address)
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
    page.goto(server.address + path)
    page.get_by_role("heading").first.wait_for()
    assert reader.violations(page, AXE) == []
    assert said == []


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
