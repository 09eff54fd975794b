"""The settings: read from the environment, refused where they make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import InvalidSetting
from onrecord.settings import Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_each_setting_has_its_variable_and_others_are_nobodys_business() -> None:
    settings = Settings.from_environment({"ONRECORD_PORT": "9000", "ONRECORD_CACHE_ENTRIES": "0", "ONRECORD_ODD": "x"})
    assert settings == Settings(port=9000, cache_entries=0)
    assert settings.address == "http://127.0.0.1:9000"


@pytest.mark.parametrize("text", ["", " ", "many", "-1", "1.5", "8_000", "0x10", "²"])
def test_a_number_that_is_none_is_refused_by_the_name_of_its_variable(text: str) -> None:
    with pytest.raises(InvalidSetting, match=r"ONRECORD_QUEUE must be a whole number"):
        Settings.from_environment({"ONRECORD_QUEUE": text})


def test_the_state_directory_may_begin_with_a_tilde() -> None:
    assert Settings.from_environment({"ONRECORD_STATE_DIR": "~/kept"}).state_dir == Path.home() / "kept"


@pytest.mark.parametrize("text", ["", "  ", "~no-such-user-here/kept"])
def test_a_state_directory_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidSetting, match=r"^ONRECORD_STATE_DIR "):
        Settings.from_environment({"ONRECORD_STATE_DIR": text})


def test_the_state_directory_lies_where_the_desktop_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert Settings().state_dir == tmp_path / "onrecord"
    monkeypatch.setenv("XDG_STATE_HOME", "")
    assert Settings().state_dir == Path.home() / ".local" / "state" / "onrecord"
