"""An export says what its rows are of: the person, the project, the cell that was opened."""

from pathlib import Path
from typing import Any

import pytest

from dashboard import exports
from tests.pages.test_pages import assert_sound

YEAR = {"from": "2025-01-01", "to": "2025-12-31"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[exports.Source]:
    """What the exports of a page say of their rows."""
    made: list[exports.Source] = []

    class Told(exports.Source):
        def __init__(self, **values: Any) -> None:
            super().__init__(**values)
            made.append(self)

    monkeypatch.setattr(exports, "Source", Told)
    return made


@pytest.mark.parametrize(
    ("script", "asked", "expected"),
    [
        (
            "records",
            {"metric": "age_bucket", "part": ">30", "in_channel": "app"},
            "open 30 days and more · Channel: App",
        ),
        (
            "records",
            {"metric": "closed_loop_rate", "part": "fed_back", "show_sought": "r00"},
            "reached: Fed back · Search: r00",
        ),
        (
            "records",
            {"in_from": "2025-02-01", "in_to": "2025-02-28"},
            "Feb 1, 2025 to Feb 28, 2025",
        ),
        ("complaints", {"in_weekday": "1", "in_hour": "9"}, "Weekday: Mon · Hour: 9:00"),
        ("satisfaction", {"show_score": "promoters"}, "Promoters (9–10)"),
        ("staff", {"show_grade": "expert"}, "Staff grade: Expert"),
    ],
)
def test_what_is_shown_is_told(
    serve: Any,
    demo_store: Path,
    told: list[exports.Source],
    script: str,
    asked: dict[str, str],
    expected: str,
) -> None:
    assert_sound(serve(demo_store, script, "en", **YEAR, **asked))
    assert expected in {each.shown for each in told}


def test_every_card_of_a_person_or_project_names_it(
    serve: Any, demo_store: Path, told: list[exports.Source]
) -> None:
    for script, asked, expected in (
        ("staff", {"show_person": "S0001"}, "Staff: "),
        ("projects", {"show_project": "P001"}, "Project: "),
    ):
        told.clear()
        assert_sound(serve(demo_store, script, "en", **YEAR, **asked))
        assert len(told) > 3
        assert all(each.shown.startswith(expected) for each in told)


def test_what_the_filters_say_is_not_said_twice(
    serve: Any, demo_store: Path, told: list[exports.Source]
) -> None:
    assert_sound(serve(demo_store, "tiers", "en", **YEAR, channel="app"))
    assert {each.shown for each in told} == {""}
