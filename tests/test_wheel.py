"""What people install: the wheel and the sdist are built, and the wheel is tried in an environment of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article
from onrecord.formats.wire import encode
from server import bootstrap
from server.bootstrap import ROOT

TEXT = "Ferry stays in port\n\n“The ferry stays,” said Ida Lund, the harbour master.\n\nA guard denied it.\n"
LEFT_OUT = {"types.d.ts"}


def _clean() -> dict[str, str]:
    """The environment variables without this checkout and this environment."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "ONRECORD_VENV"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def _run(*command: str | Path, cwd: Path, text: str | None = None, **variables: str) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**_clean(), **variables},
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = folder / sdist.name.removesuffix(".tar.gz")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that was empty before the wheel was installed into it.

    The versions are those of the locked list, so that somebody else's release cannot break the test.
    """
    place = tmp_path_factory.mktemp("environment")
    listed = bootstrap.requirements("server").read_text(encoding="utf-8")
    pins = place / "pins.txt"
    pins.write_text("\n".join(re.findall(r"^\S+==[^\s;]+(?: ;[^\\]+)?(?= \\)", listed, re.MULTILINE)), encoding="utf-8")
    env = place / "env"
    uv = None if os.environ.get("ONRECORD_NO_UV") else shutil.which("uv")
    if uv:
        _run(uv, "venv", "--quiet", "--python", sys.executable, env, cwd=place)
        _run(uv, "pip", "install", "--python", bootstrap.interpreter(env), "-c", pins, wheel, cwd=place)
    else:
        venv.create(env, with_pip=True)
        _run(bootstrap.interpreter(env), "-m", "pip", "install", "--quiet", "-c", pins, wheel, cwd=place)
    return bootstrap.interpreter(env).parent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to work in that is no checkout."""
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def _onrecord(installed: Path, home: Path, *words: str | Path) -> str:
    return _run(installed / "onrecord", *words, cwd=home, ONRECORD_STATE_DIR=str(home / "state"))


def extension_files(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in LEFT_OUT]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_wheel_holds_every_file_of_the_package_and_the_extension(wheel: Path) -> None:
    package = ROOT / "server" / "onrecord"
    wanted = {f"onrecord/{path.relative_to(package).as_posix()}" for path in package.rglob("*") if path.is_file()}
    wanted |= {f"onrecord/extension/{name}" for name in extension_files(ROOT / "extension")}
    wanted = {name for name in wanted if "__pycache__" not in name}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert wanted <= names
    assert {name for name in names if not name.startswith("onrecord/")} == {
        f"{wheel.name.rsplit('-', 3)[0]}.dist-info/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }


def test_the_sdist_holds_what_the_tests_need_and_nothing_that_was_made(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"pyproject.toml", "LICENSE", "CHANGELOG.md", "tests/__main__.py", "extension/manifest.json"} <= names
    assert [name for name in names if re.search(r"node_modules|\.venv|__pycache__|test-results", name)] == []


def test_nothing_that_was_installed_contradicts_another(installed: Path, home: Path) -> None:
    check = (
        "import importlib.metadata as m; from packaging.requirements import Requirement as R;"
        "bad = [(d.name, r) for d in m.distributions() for r in map(R, d.requires or ()) if not r.marker or"
        " r.marker.evaluate({'extra': ''}) for v in [m.version(r.name)] if v not in r.specifier]; assert not bad, bad"
    )
    _run(installed / "python", "-c", check, cwd=home)


@pytest.mark.model
def test_an_article_is_analysed_as_in_the_checkout(installed: Path, home: Path, analyzer: Analyzer) -> None:
    found = json.loads(_onrecord(installed, home, "analyze", "article.txt", "--format", "json"))
    article = Article.from_text(TEXT)
    expected = encode(article, analyzer.analyze(article))
    assert expected["quotes"]
    assert {name: found[name] for name in expected} == expected


@pytest.mark.model
def test_a_corpus_is_analysed(installed: Path, home: Path) -> None:
    (home / "in.jsonl").write_text(json.dumps({"id": 7, "text": TEXT}) + "\n", encoding="utf-8")
    _onrecord(installed, home, "corpus", "in.jsonl", "out.jsonl")
    line = json.loads((home / "out.jsonl").read_text(encoding="utf-8"))
    assert (line["id"], line["analysis"]["quotes"][0]["content"][0]["text"]) == (7, "“The ferry stays,”")


@pytest.mark.model
def test_the_client_of_the_model_hub_is_never_loaded(installed: Path, home: Path) -> None:
    (home / "in.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from onrecord import cli; assert cli.main(['analyze', 'in.txt']) == 0;"
        "assert 'tokenizers' in sys.modules; sys.exit('huggingface_hub' in sys.modules)"
    )
    _run(installed / "python", "-c", code, cwd=home, ONRECORD_STATE_DIR=str(home / "state"))


def test_the_extension_lies_in_the_package_and_is_written_where_one_wants_it(installed: Path, home: Path) -> None:
    wanted = extension_files(ROOT / "extension")
    printed = Path(_onrecord(installed, home, "extension").strip())
    assert installed.parent in printed.parents
    assert extension_files(printed) == wanted
    written = Path(_onrecord(installed, home, "extension", "mine").strip())
    assert written == home / "mine"
    assert extension_files(written) == wanted
    assert "-chromium.zip" in _onrecord(installed, home, "package", "zips")


@pytest.mark.model
def test_the_server_answers(installed: Path, home: Path) -> None:
    variables = {**_clean(), "ONRECORD_PORT": "0", "ONRECORD_STATE_DIR": str(home / "state")}
    command = [str(installed / "onrecord"), "serve"]
    with subprocess.Popen(command, cwd=home, env=variables, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            said = ""
            while "Ctrl-C" not in said:
                line = server.stdout.readline()
                assert line, f"the server ended while it was starting: {said}"
                said += line
            assert str(installed.parent) in said  # the folder of the extension
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address
            with urllib.request.urlopen(f"{address.group()}/v1/health", timeout=60) as answer:
                assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


@pytest.mark.model
def test_a_program_and_a_spacy_pipeline_find_it(installed: Path, home: Path) -> None:
    code = (
        "import onrecord, spacy; text = '“The ferry stays,” said Ida Lund.'; nlp = spacy.blank('en');"
        "nlp.add_pipe('onrecord'); assert nlp(text)._.onrecord == onrecord.analyze(text) != None;"
        "print(onrecord.analyze(text).quotes[0].kind)"
    )
    assert _run(installed / "python", "-c", code, cwd=home, ONRECORD_STATE_DIR=str(home / "state")) == "direct\n"
