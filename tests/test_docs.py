"""What the README says is there is there, and what is there is said."""

import re

import pytest

from dashboard.cli import commands
from dashboard.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", README)
MADE_LATER = {"data/store"}
PATHS = [
    text for text in CODE if re.fullmatch(r"[a-z.]+/[a-z0-9_./-]*|[\w-]+\.(py|toml|txt)", text)
]


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "dashboard" / "settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r"DASHBOARD_\w+", settings)) == set(re.findall(r"DASHBOARD_\w+", README))


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert set(re.findall(r"python -m dashboard (\w+)", README)) == set(commands.commands)


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^):]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_every_named_path_exists(path: str) -> None:
    # A row of the table may name further files of the folder of its first one.
    places = [ROOT, ROOT / "dashboard", ROOT / "queries"]
    assert any((place / path).exists() for place in places) or path in MADE_LATER


def test_paths_are_found() -> None:
    assert {"dashboard/pages/", "pyproject.toml", "stats.py", "queries/schema/"} <= set(PATHS)
