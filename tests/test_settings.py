"""The environment is read once, checked, and complained about by name."""

from pathlib import Path

import pytest

from dashboard.errors import SettingsError
from dashboard.settings import ROOT, Settings


def test_defaults() -> None:
    assert Settings.from_environment({}) == Settings(
        store=ROOT / "data" / "store",
        time_zone="Asia/Shanghai",
        language="zh_CN",
        memory_limit="2GB",
        threads=2,
    )


def test_an_empty_variable_is_none() -> None:
    empty = dict.fromkeys(
        ("STORE", "TIME_ZONE", "LANGUAGE", "MEMORY", "THREADS"),
        "",
    )
    environment = {f"DASHBOARD_{name}": value for name, value in empty.items()}
    assert Settings.from_environment(environment) == Settings()


def test_everything_set(tmp_path: Path) -> None:
    assert Settings.from_environment(
        {
            "DASHBOARD_STORE": str(tmp_path),
            "DASHBOARD_TIME_ZONE": "Europe/Berlin",
            "DASHBOARD_LANGUAGE": "en",
            "DASHBOARD_MEMORY": "512MB",
            "DASHBOARD_THREADS": "4",
        }
    ) == Settings(tmp_path, "Europe/Berlin", "en", "512MB", 4)


def test_store_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.from_environment({"DASHBOARD_STORE": "a"}).store == tmp_path / "a"
    assert Settings.from_environment({"DASHBOARD_STORE": "~/b"}).store == tmp_path / "b"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DASHBOARD_TIME_ZONE", "Mars/Olympus"),
        ("DASHBOARD_TIME_ZONE", "../etc/passwd"),
        ("DASHBOARD_LANGUAGE", "de"),
        ("DASHBOARD_THREADS", "0"),
        ("DASHBOARD_THREADS", "-1"),
        ("DASHBOARD_THREADS", "two"),
    ],
)
def test_refused_by_name_and_with_a_hint(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable) as caught:
        Settings.from_environment({variable: value})
    assert value in caught.value.message
    assert caught.value.hint
