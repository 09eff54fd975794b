"""What happens to files: full disks, locks, torn pages, other versions. Nothing of it may reach a reader."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import database
from onrecord.store import NAME, VERSION, Kept, Store

LARGE = Kept(b"a" * 3_000, "form", b"b" * 3_000)

# The tables of the build before versions were counted.
OLDER = """
CREATE TABLE analyses (key TEXT PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL);
CREATE TABLE reports (id TEXT PRIMARY KEY, title TEXT NOT NULL, html TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE pairings (origin TEXT PRIMARY KEY, token_hash TEXT NOT NULL);
"""


def opened(directory: Path) -> Store:
    return Store(directory, cache_entries=200)


def report(store: Store, html: str) -> str:
    identifier = store.hold_report(html)
    store.keep_report("T", html, identifier)
    return identifier


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a lock longer than it must."""
    monkeypatch.setattr(database, "RETRY_AFTER", 0.0)


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, list[str]]:
    """The directory of a store that was closed, and the ids of its reports."""
    store = opened(tmp_path)
    reports = [report(store, f"<p>{number}" + "x" * 3_000) for number in range(40)]
    for number in range(100):
        store.keep_analysis(f"k{number}", LARGE)
    store.close()
    return tmp_path, reports


def works(store: Store) -> None:
    """Everything that a server asks of its store."""
    store.keep_analysis("works", LARGE)
    assert store.analysis("works") == LARGE
    assert store.report(report(store, "<p>works")) == "<p>works"


def test_a_healthy_file_is_left_alone(filled: tuple[Path, list[str]], caplog: pytest.LogCaptureFixture) -> None:
    directory, reports = filled
    store = opened(directory)
    assert all(store.report(one) for one in reports)
    assert all(store.analysis(f"k{number}") == LARGE for number in range(100))
    works(store)
    assert {path.name for path in directory.iterdir()} <= {NAME, f"{NAME}-wal", f"{NAME}-shm"}
    assert caplog.text == ""
    store.close()


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def a_text(path: Path) -> None:
    path.write_bytes(b"not a database " * 1_000)


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def cut_inside_a_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 3 + 77)


def torn_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 3)
        file.write(b"\xff" * 40_000)


def torn_schema(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\x00" * 2_000)


def other_tables(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE analyses RENAME TO something_else")
        db.commit()


DAMAGES: list[Callable[[Path], None]] = [
    garbage, a_text, half, cut_inside_a_page, torn_middle, torn_schema, other_tables,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_set_aside_said_once_and_replaced(
    filled: tuple[Path, list[str]], damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    directory, reports = filled
    damage(directory / NAME)
    store = opened(directory)
    for number in range(100):
        assert store.analysis(f"k{number}") in {None, LARGE}
    found = [store.report(one) for one in reports]
    for number, html in enumerate(found):
        assert html in {None, f"<p>{number}" + "x" * 3_000}
    works(store)
    store.close()
    (aside,) = [path for path in directory.iterdir() if ".damaged-" in path.name and path.suffix[-4:] != "-wal"]
    said = [record.getMessage() for record in caplog.records if aside.name in record.getMessage()]
    assert len(said) == 1
    assert said[0].endswith("that could be read.")
    again = opened(directory)
    works(again)
    assert [path for path in directory.iterdir() if ".damaged-" in path.name] == [aside]
    again.close()
    if damage is other_tables:
        assert None not in found


def test_the_reports_around_a_torn_place_are_rescued(filled: tuple[Path, list[str]]) -> None:
    directory, reports = filled
    path = directory / NAME
    data = bytearray(path.read_bytes())
    at = data.find(b"<p>20xxx") // 4096 * 4096
    assert at > 0
    data[at : at + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    store = opened(directory)
    found = [one for one in reports if store.report(one)]
    store.close()
    assert 35 <= len(found) < 40


def test_a_bit_that_flipped_inside_a_row_is_no_answer(filled: tuple[Path, list[str]]) -> None:
    directory, reports = filled
    path = directory / NAME
    data = path.read_bytes()
    path.write_bytes(data.replace(b"aaaa", b"aaba", 1).replace(b"<p>7xxxx", b"<p>7xxyx", 1))
    store = opened(directory)
    assert [store.analysis(f"k{number}") for number in range(100)].count(None) == 1
    assert [one for one in reports if store.report(one) is None] == [reports[7]]
    works(store)
    store.close()


def test_pages_torn_while_the_server_runs(filled: tuple[Path, list[str]]) -> None:
    directory, _ = filled
    store = opened(directory)
    half(directory / NAME)
    for number in range(100):
        assert store.analysis(f"k{number}") in {None, LARGE}
    works(store)
    store.close()


def test_a_write_ahead_log_cut_short_loses_what_was_cut_and_no_more(tmp_path: Path) -> None:
    store = opened(tmp_path / "live")
    first = report(store, "<p>first")
    for number in range(50):
        store.keep_analysis(f"k{number}", LARGE)
    shutil.copytree(tmp_path / "live", tmp_path / "killed")
    store.close()
    log = tmp_path / "killed" / f"{NAME}-wal"
    os.truncate(log, log.stat().st_size // 2 + 5)
    again = opened(tmp_path / "killed")
    assert again.report(first) == "<p>first"
    assert again.analysis("k0") == LARGE
    works(again)
    again.close()


@pytest.mark.parametrize(("version", "word"), [(0, "older"), (VERSION + 1, "newer")])
def test_a_file_of_another_version_is_set_aside_and_its_reports_are_kept(
    tmp_path: Path, version: int, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / NAME)) as db:
        db.executescript(OLDER)
        db.execute("INSERT INTO analyses VALUES ('k', 'b', 1)")
        db.execute("INSERT INTO reports VALUES ('r', 'T', '<p>', 1)")
        db.execute(f"PRAGMA user_version = {version}")
        db.commit()
    store = opened(tmp_path)
    assert store.report("r") == "<p>"
    assert store.analysis("k") is None
    works(store)
    store.close()
    assert f"is of a{'n' if word == 'older' else ''} {word} version" in caplog.text
    assert len(list(tmp_path.glob(f"{NAME}.{word}-*"))) == 1


def test_forgetting_takes_what_was_set_aside_with_it(filled: tuple[Path, list[str]]) -> None:
    directory = filled[0]
    torn_middle(directory / NAME)
    store = opened(directory)
    [store.analysis(f"k{number}") for number in range(100)]
    assert store.forget()
    store.close()
    assert {path.name for path in directory.iterdir()} == {NAME}


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Writes beyond ``size`` bytes fail, as they do on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_costs_nothing_but_what_is_kept(
    filled: tuple[Path, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    directory, reports = filled
    store = opened(directory)
    with largest_file(20_000):
        for number in range(20):
            store.keep_analysis(f"new{number}", LARGE)
        assert store.analysis("k1") == LARGE
        identifier = report(store, "<p>" + "z" * 50_000)
        assert store.report(identifier) == "<p>" + "z" * 50_000
        assert store.report(reports[3])
        again = opened(directory)  # a server that starts on the full disk
        assert again.report(reports[3])
        again.close()
    assert 1 <= len(caplog.records) <= 4, caplog.text
    assert all(NAME in record.getMessage() for record in caplog.records)
    works(store)
    store.close()


def test_a_disk_that_is_full_before_the_first_start(tmp_path: Path) -> None:
    with largest_file(0):
        store = opened(tmp_path)
        store.keep_analysis("k", LARGE)
        assert store.analysis("k") is None
        assert store.report(report(store, "<p>")) == "<p>"
    works(store)
    store.close()


HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA locking_mode=EXCLUSIVE")
db.execute("BEGIN EXCLUSIVE")
db.execute("DELETE FROM analyses WHERE key = 'none'")
print("held", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.kill()


@pytest.mark.parametrize("running", [True, False], ids=["running", "starting"])
def test_a_file_that_another_program_holds_is_waited_for_a_moment_only(
    filled: tuple[Path, list[str]], running: bool
) -> None:
    directory, reports = filled
    before = opened(directory) if running else None
    if before:
        before.close()  # a connection that is open keeps the other from taking everything
    with held_by_another_process(directory / NAME):
        store = before or opened(directory)
        store.keep_analysis("new", LARGE)
        assert store.analysis("new") is None
        assert store.report(reports[0])  # read all the same
        assert store.report(report(store, "<p>new")) == "<p>new"
        assert store.forget() is False
    works(store)
    assert len(list(directory.glob(f"{NAME}.*-*"))) == 0
    store.close()


def test_a_directory_that_may_not_be_written(filled: tuple[Path, list[str]]) -> None:
    """In a process of its own, since root may write everywhere."""
    directory, reports = filled
    for path in [directory, *directory.iterdir()]:
        os.chown(path, 65_534, 65_534) if os.geteuid() == 0 else None
        path.chmod(0o500 if path.is_dir() else 0o400)
    child = f"""
import os, pathlib, sys
from onrecord.store import Store, Kept
from onrecord import database
database.RETRY_AFTER = 0
if os.geteuid() == 0:
    os.seteuid(65534)
store = Store.__new__(Store)
pathlib.Path.chmod = lambda *_: (_ for _ in ()).throw(PermissionError(1, "no"))  # somebody else's directory
store.__init__(pathlib.Path({str(directory)!r}), cache_entries=3)
store.keep_analysis("new", Kept(b"x"))
assert store.analysis("new") is None
assert store.analysis("k1") is not None
assert store.report({reports[2]!r})
held = store.hold_report("<p>")
assert not store.keep_report("T", "<p>", held)
assert store.report(held) == "<p>"
print("fine")
"""
    for parent in directory.parents:  # pytest closes its folders to others
        if parent.stat().st_uid == os.geteuid() and parent != Path("/tmp"):
            with contextlib.suppress(OSError):
                parent.chmod(parent.stat().st_mode | 0o011)
    done = subprocess.run(
        [sys.executable, "-c", child], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout == "fine\n", done.stderr
    assert done.stderr.count(NAME) == 1


def test_two_servers_share_a_file_and_survive_its_damage_together(filled: tuple[Path, list[str]]) -> None:
    directory, _ = filled
    one, two = opened(directory), opened(directory)
    one.keep_analysis("shared", LARGE)
    assert two.analysis("shared") == LARGE
    failures: list[BaseException] = []

    def work(store: Store, name: str) -> None:
        try:
            for number in range(40):
                store.keep_analysis(f"{name}{number}", LARGE)
                store.analysis(f"k{number}")
        except BaseException as error:  # told below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=entry) for entry in ((one, "one"), (two, "two"))]
    for thread in threads:
        thread.start()
    half(directory / NAME)
    for thread in threads:
        thread.join()
    assert failures == []
    works(one)
    works(two)
    assert two.analysis("works") == LARGE
    one.close()
    two.close()


def test_analyses_make_room_by_size_and_by_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, cache_entries=500, cache_mb=1, cache_days=1)
    for number in range(200):
        store.keep_analysis(f"k{number}", LARGE)
    assert store.analysis("k0") is None
    assert store.analysis("k199") == LARGE
    assert sum(store.analysis(f"k{number}") is not None for number in range(200)) == 1_000_000 // 6_000
    store.keep_analysis("huge", Kept(b"x" * 1_000_001))
    assert store.analysis("huge") is None
    now = database.time.time()
    monkeypatch.setattr("onrecord.store.time.time", lambda: now + 90_000)
    assert store.analysis("k199") is None
    store.keep_analysis("late", LARGE)
    with contextlib.closing(sqlite3.connect(tmp_path / NAME)) as db:
        assert db.execute("SELECT count(*) FROM analyses").fetchone() == (1,)
    store.close()


def test_the_log_names_the_file_and_no_word_of_it(
    filled: tuple[Path, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    torn_middle(filled[0] / NAME)
    store = opened(filled[0])
    [store.analysis(f"k{number}") for number in range(100)]
    store.close()
    assert NAME in caplog.text
    assert "xxx" not in caplog.text
