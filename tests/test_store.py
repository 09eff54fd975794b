"""What the server keeps, who may read it, and that forgetting is forgetting."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import store as module
from onrecord.errors import InvalidSetting
from onrecord.store import Kept, Store


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def store(directory: Path) -> Iterator[Store]:
    found = Store(directory, cache_entries=3)
    yield found
    found.close()


def kept_report(store: Store, html: str) -> str:
    identifier = store.hold_report(html)
    assert store.keep_report("UNMISTAKABLE title", html, identifier)
    return identifier


def modes(directory: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}


def bytes_of(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.iterdir())


def test_only_the_owner_may_read_the_directory_and_its_files(store: Store, directory: Path) -> None:
    store.keep_analysis("k", Kept(b"{}"))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert modes(directory) == {0o600}


def test_a_directory_that_was_open_is_closed_to_others(directory: Path) -> None:
    directory.mkdir(mode=0o755)
    Store(directory, cache_entries=3).close()
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_a_directory_that_cannot_be_used_is_a_wrong_setting(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"not a directory")
    for place in (file, file / "below"):
        with pytest.raises(InvalidSetting, match="set ONRECORD_STATE_DIR"):
            Store(place, cache_entries=3)


def test_an_analysis_is_found_by_its_content_and_by_no_other(store: Store) -> None:
    key = Store.key("1", ["attitudes"], [("b0", "paragraph", "Text.")])
    store.keep_analysis(key, Kept(b"a", "utf-16", b'{"a": 1}'))
    assert store.analysis(key) == Kept(b"a", "utf-16", b'{"a": 1}')
    assert Store.key("1", ["attitudes"], [("b0", "paragraph", "Text.")]) == key
    for parts in (("2", ["attitudes"]), ("1", []), ("1", ["attitudes"], [("b0", "caption", "Text.")])):
        assert store.analysis(Store.key(*parts)) is None


def test_a_key_tells_nothing_and_no_two_lists_of_parts_run_together() -> None:
    assert len(Store.key("secret")) == 64
    assert Store.key("ab", "c") != Store.key("a", "bc") != Store.key("abc")
    assert Store.key("\ud800")  # half a character has a key, too


def test_the_analysis_that_was_not_used_for_longest_makes_room(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.keep_analysis(name, Kept(name.encode()))
    store.touch("a")
    store.keep_analysis("d", Kept(b"d"))
    assert [name for name in "abcd" if store.analysis(name) is not None] == ["a", "c", "d"]


def test_an_analysis_that_is_kept_again_is_replaced_and_takes_no_second_place(store: Store) -> None:
    for body in (b"1", b"2", b"3", b"4"):
        store.keep_analysis("a", Kept(body))
    store.keep_analysis("b", Kept(b"b"))
    assert (store.analysis("a"), store.analysis("b")) == (Kept(b"4"), Kept(b"b"))


def test_nothing_is_kept_where_nothing_is_to_be_kept(directory: Path) -> None:
    store = Store(directory, cache_entries=0)
    store.keep_analysis("a", Kept(b"UNMISTAKABLE"))
    assert store.analysis("a") is None
    assert b"UNMISTAKABLE" not in bytes_of(directory)
    store.close()


def test_what_is_kept_is_there_after_a_new_start(store: Store, directory: Path) -> None:
    store.keep_analysis("a", Kept(b"a"))
    report = kept_report(store, "<p>")
    again = Store(directory, cache_entries=3)
    assert (again.analysis("a"), again.report(report)) == (Kept(b"a"), "<p>")
    again.close()


def test_reports_have_addresses_that_cannot_be_guessed_and_old_ones_make_room(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REPORTS", 2)
    ids = [kept_report(store, f"<p>{number}") for number in range(3)]
    assert len(set(ids)) == 3
    assert all(len(one) >= 16 for one in ids)
    assert [store.report(one) for one in ids] == [None, "<p>1", "<p>2"]
    assert store.report("' OR 1=1 --") is None


def test_forgetting_leaves_no_word_in_any_file_while_the_server_runs(store: Store, directory: Path) -> None:
    store.keep_analysis("a", Kept(b"UNMISTAKABLE analysis" * 500))
    report = kept_report(store, "UNMISTAKABLE report" * 500)
    assert b"UNMISTAKABLE" in bytes_of(directory)
    store.forget()
    assert (store.analysis("a"), store.report(report)) == (None, None)
    assert b"UNMISTAKABLE" not in bytes_of(directory)


def test_the_command_makes_a_running_server_forget_as_well(store: Store, directory: Path) -> None:
    store.keep_analysis("a", Kept(b"UNMISTAKABLE analysis" * 500))
    other = Store(directory, cache_entries=3)
    other.forget()
    other.close()
    assert store.analysis("a") is None
    assert b"UNMISTAKABLE" not in bytes_of(directory)


def test_several_threads_may_use_it(store: Store) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(30):
                store.keep_analysis(f"{name}{number % 2}", Kept(b"x"))
                store.analysis(f"{name}{number % 2}")
        except BaseException as error:  # it is told below, in the thread of the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
