"""The docs say what the code does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest

from onrecord import cli, errors
from onrecord.errors import ClusterUnavailable, InvalidFactchecks, InvalidSetting, Killed, OnrecordError, Unreadable
from onrecord.settings import Settings
from server.bootstrap import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND_LINE_ONLY: set[type[OnrecordError]] = {
    ClusterUnavailable,
    InvalidFactchecks,
    InvalidSetting,
    Killed,
    Unreadable,
}
VARIABLE = r"ONRECORD_[A-Z_]*[A-Z]"


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def every_error() -> set[type[OnrecordError]]:
    def below(kind: type[OnrecordError]) -> set[type[OnrecordError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    return {kind for kind in below(OnrecordError) if kind.__module__ == errors.__name__}


def test_every_setting_is_documented_with_its_default_and_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    rows = dict(re.findall(r"^\| `(ONRECORD_\w+)` \| (.*) \|$", page("docs/settings.md"), re.MULTILINE))
    settings = Settings()
    for entry in fields(Settings):
        default = str(getattr(settings, entry.name)).replace(str(Path.home()), "~")
        assert rows[f"ONRECORD_{entry.name.upper()}"] == f"`{default}` | {entry.metadata['meaning']}"


def test_every_variable_that_the_code_reads_is_documented_and_no_other() -> None:
    read = {f"ONRECORD_{entry.name.upper()}" for entry in fields(Settings)}
    for source in (ROOT / "server").rglob("*.py"):
        read |= set(re.findall(rf'environ(?:\.get\(|\[)"({VARIABLE}|CHROMIUM|NO_COLOR|XDG_\w+)"', source.read_text()))
    assert {"ONRECORD_VENV", "ONRECORD_NO_UV", "CHROMIUM", "NO_COLOR"} <= read
    assert set(re.findall(r"^\| `(\w+)` \|", page("docs/settings.md"), re.MULTILINE)) == read


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_names_a_variable_that_does_not_exist(path: Path) -> None:
    listed = set(re.findall(rf"^\| `({VARIABLE})` \|", page("docs/settings.md"), re.MULTILINE))
    assert set(re.findall(VARIABLE, path.read_text(encoding="utf-8"))) <= listed


def test_every_error_has_its_section_and_every_section_its_error() -> None:
    headings = re.findall(r"^## (.*)$", page("docs/errors.md"), re.MULTILINE)
    assert sorted(headings) == sorted(kind.code for kind in every_error())


def test_every_section_on_an_error_says_what_it_means_and_what_to_do_next() -> None:
    for section in page("docs/errors.md").split("\n## ")[1:]:
        heading, *paragraphs = section.strip().split("\n\n")
        assert len(paragraphs) == 2, heading


def test_the_help_of_an_error_is_a_heading() -> None:
    found = errors.TooLarge("Too much.").help
    name, _, anchor = found.partition("#")
    assert f"\n## {anchor}\n" in page(name)


def test_the_wire_lists_every_error_that_a_request_can_meet_with_its_status() -> None:
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \| (\d{3}) \|", page("docs/wire.md"), re.MULTILINE)
    listed = [(code, int(status)) for codes, status in rows for code in re.findall(r"`([a-z_]+)`", codes)]
    assert sorted(listed) == sorted((kind.code, kind.status) for kind in every_error() - COMMAND_LINE_ONLY)


def test_the_tree_in_the_module_of_errors_is_the_tree_of_its_classes() -> None:
    rows = re.findall(r"[├└]── (\w+) +(\w+) +(\d{3}|\(command line only\))$", errors.__doc__ or "", re.MULTILINE)
    assert sorted(rows) == sorted(
        (kind.__name__, kind.code, "(command line only)" if kind in COMMAND_LINE_ONLY else str(kind.status))
        for kind in every_error() - {OnrecordError}
    )


def links(path: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            yield target


def anchors(path: Path) -> set[str]:
    """The anchors that a heading gets where Markdown is shown: small, without punctuation, with hyphens."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        name, _, anchor = unquote(link).partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_there_are_links_and_images_to_check() -> None:
    found = set(links(ROOT / "README.md"))
    assert {"docs/wire.md", "docs/images/article-light.png"} <= found


def commands() -> list[tuple[str, str]]:
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        fenced = re.findall(r"^ *(?:python3|py) -m server\b(.*)$", text, re.MULTILINE)
        inline = re.findall(r"`(?:python3|py) -m server\b([^`\n]*)`", text)
        found += [(path.name, line) for line in {*fenced, *inline}]
    return sorted(found)


@pytest.mark.parametrize(("where", "line"), commands())
def test_every_command_that_the_docs_show_is_one(where: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    cli.parser().parse_args([word.strip("[]") for word in words])


def test_the_readme_shows_every_command() -> None:
    shown = {word for _, line in commands() for word in shlex.split(line, comments=True)[:1]} - {"serve"}
    assert shown == {
        "open",
        "analyze",
        "corpus",
        "corrections",
        "doctor",
        "extension",
        "factchecks",
        "forget",
        "install",
        "package",
        "stop",
        "summary",
        "uninstall",
        "users",
    }  # serve is what runs without a command


@pytest.mark.parametrize(
    "words",
    [
        r"download zip", r"git clone", r"`py -m server install` on windows",
        r"`python3 -m server install` on macos and linux", r"chrome, edge, brave, chromium", r"edge://extensions",
        r"about:debugging", r"pin the button", r"firefox forgets it", r"after a reload press again",
    ],
)  # fmt: skip
def test_the_readme_leads_from_nothing_to_a_marked_article_and_says_what_firefox_forgets(words: str) -> None:
    start = page("README.md").split("\n## Start\n")[1].split("\n## ")[0]
    assert re.search(words, start.lower())


# Where a name of docs/architecture.md may stand, and how a module's file may end.
PLACES = (
    ".", "server/onrecord", "server/onrecord/analysis", "server/onrecord/analysis/claims",
    "server/onrecord/analysis/lexicons", "server/onrecord/analysis/model", "server/onrecord/analysis/names",
    "server/onrecord/analysis/quotes", "server/onrecord/analysis/sources", "server/onrecord/analysis/speakers",
    "server/onrecord/corrections", "server/onrecord/factchecks",
    "server/onrecord/web", "extension", "extension/background", "extension/content", "extension/panel",
    "server/onrecord/native", "server/onrecord/dashboard", "server/onrecord/documents",
)  # fmt: skip
ENDINGS = ("", ".py", ".js")


def modules() -> set[str]:
    text = page("docs/architecture.md")
    road = text.split("```")[1].strip().split("\n")[1]
    names = {*road.split(), *re.findall(r"`([a-z][a-z_]*(?:[./][a-z_]+)*/?)`", text)}
    # the values and the fields that the page quotes are no modules
    return names - {"null"}


def test_the_page_on_the_architecture_names_modules() -> None:
    assert {"extension/content", "marks", "formats.wire", "door", "analyzer.py", "shared/palette.js"} <= modules()


@pytest.mark.parametrize("name", sorted(modules()))
def test_every_module_that_the_architecture_names_exists(name: str) -> None:
    spellings = {name, name.replace(".", "/")}
    assert any((ROOT / place / (one + end)).exists() for place in PLACES for one in spellings for end in ENDINGS)
