"""What changed and what stands out, as a reader meets them on the overview."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from dashboard.ingest.demo import make_portfolio
from dashboard.ingest.demo.stories import QUIET
from dashboard.ingest.portfolio import publish_portfolio
from tests.findings.conftest import END, Frames
from tests.pages.test_pages import assert_sound, texts
from tests.pages.test_staff_page import HOSTILE

YEAR = {"from": "2025-04-01", "to": "2026-03-31"}


def publish(folder: Path, frames: Frames) -> Path:
    publish_portfolio(frames, folder, demo=True, who="tests", progress=lambda *_: None)
    return folder


def collapsed(name: str = "云栖府", metric: str = "csat", rating: int = 2) -> tuple[Frames, str]:
    """A quiet company, but for a project whose customers turn away in the last year."""
    frames = make_portfolio(3, END, 4_000, QUIET)
    project = str(frames["service_record"]["project_id"].value_counts().index[0])
    survey, projects = frames["survey"], frames["project"]
    hit = (survey["project_id"] == project) & (survey["responded_at"] >= "2025-04-01")
    worse = survey[metric].mask(hit & survey[metric].notna(), rating)
    frames["survey"] = survey.assign(**{metric: worse})
    here = projects["project_id"] == project
    frames["project"] = projects.assign(project_name=projects["project_name"].mask(here, name))
    return frames, project


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_finding_leads_to_its_page_and_to_its_rows(
    serve: Any, tmp_path: Path, language: str
) -> None:
    frames, project = collapsed()
    app = serve(publish(tmp_path, frames), "overview", language, **YEAR)
    assert_sound(app)
    said = {"en": "云栖府: CSAT fell from", "zh_CN": "云栖府，满意度 (CSAT)：由"}[language]
    assert any(said in text.replace("\\", "") for text in texts(app))
    links = [(each.proto.page, parse_qs(each.proto.query_string)) for each in app.get("page_link")]
    asked = [query for _, query in links if query.get("project") == [project]]
    assert asked
    assert all(query["from"] == [YEAR["from"]] for query in asked)
    behind = [query for _, query in links if query.get("in_project") == [project]]
    assert ["csat"] in [query["metric"] for query in behind]


def test_looking_closer_shows_the_metric_that_changed(serve: Any, tmp_path: Path) -> None:
    frames, project = collapsed(metric="ces", rating=1)
    folder = publish(tmp_path, frames)
    app = serve(folder, "overview", "en", **YEAR)
    links = [parse_qs(each.proto.query_string) for each in app.get("page_link")]
    closer = next(query for query in links if query.get("show_trend") == ["ces"])
    asked = {name: one for name, (one,) in closer.items()}
    assert asked["project"] == project
    app = serve(folder, "satisfaction", "en", **asked)
    assert_sound(app)
    titles = [each.value for each in app.subheader]
    assert any("CES" in each and "month by month" in each for each in titles)


def test_where_nothing_happens_it_says_so(serve: Any, tmp_path: Path) -> None:
    frames = make_portfolio(3, END, 4_000, QUIET)
    folder = publish(tmp_path, frames)
    app = serve(folder, "overview", "en", **YEAR)
    assert_sound(app)
    assert any("Nothing changed beyond chance" in text for text in texts(app))
    app = serve(folder, "overview", "en", **YEAR, compare="none")
    assert_sound(app)
    assert any("No month left its usual range" in text for text in texts(app))


def test_names_do_nothing(serve: Any, tmp_path: Path) -> None:
    frames, _ = collapsed(HOSTILE)
    app = serve(publish(tmp_path, frames), "overview", "en", **YEAR)
    assert_sound(app)
    (told,) = [each.value for each in app.markdown if "CSAT fell from" in each.value]
    assert not re.search(r"(?<!\\)[\[\]<]", told.split("**")[1])
