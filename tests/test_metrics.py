"""A metric once: registry, macros and queries agree, and definitions hold at their edges."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import sqlfile
from dashboard.access import EVERYTHING
from dashboard.measures import TOTAL, Measure, measure
from dashboard.metrics import METRICS, Better, Statistic, Unit
from dashboard.selection import Selection
from tests import stores

MACRO = re.compile(r"create or replace macro (\w+)\(")
FILES = {name: file for name, file in sqlfile.folder("metric").items() if name[0] != "_"}
DECLARED = [
    metric.strip() for file in FILES.values() for metric in file.header["metric"].split(",")
]
MACROS = {name for file in FILES.values() for name in MACRO.findall(file.text)}
SPECIFICATION = Path(__file__).parents[2] / "shared" / "spec" / "metrics.md"


class TestRegistry:
    def test_files_declare_exactly_the_registered_metrics(self) -> None:
        assert sorted(DECLARED) == sorted(METRICS)

    @pytest.mark.parametrize("name", FILES)
    def test_file_says_formula_and_population(self, name: str) -> None:
        assert FILES[name].header["formula"]
        assert FILES[name].header["population"]

    @pytest.mark.parametrize("metric", METRICS)
    def test_metric_has_its_macros(self, metric: str) -> None:
        assert METRICS[metric].column in MACROS
        assert f"{metric}_counted" in MACROS or metric == "gap_index"  # those of the five gaps
        assert (f"{metric}_met" in MACROS) == METRICS[metric].met

    @pytest.mark.parametrize("metric", METRICS)
    def test_metric_has_its_query_and_its_drill(self, metric: str) -> None:
        assert METRICS[metric].column in sqlfile.query(METRICS[metric].query).columns
        assert re.search(rf"when '{metric}'\s+then", sqlfile.query(METRICS[metric].drill).text)

    def test_every_column_of_a_metric_query_is_registered(self) -> None:
        for query in {metric.query for metric in METRICS.values()}:
            assert set(sqlfile.query(query).columns) - {"group"} == {
                metric.column for metric in METRICS.values() if metric.query == query
            }

    def test_target_needs_a_direction(self) -> None:
        assert not [m.id for m in METRICS.values() if m.target and m.better is Better.NONE]

    def test_shares_have_a_scale(self) -> None:
        for metric in METRICS.values():
            if metric.statistic is Statistic.SHARE:
                assert metric.unit in (Unit.PERCENT, Unit.PER_MILLE)

    @pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification is not here")
    def test_targets_are_those_of_the_specification(self) -> None:
        text = SPECIFICATION.read_text(encoding="utf-8").split("## Targets")[1]
        found = {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", text)}
        for metric in METRICS.values():
            assert metric.target == found.get(metric.id), metric.id


def figures(folder: Path, **tables: list[dict[str, Any]]) -> dict[str, Measure]:
    """Every metric of 2024 over rows of which only what matters is given."""
    defaults: dict[str, dict[str, Any]] = {
        "project": {"project_name": "一"},
        "service_record": {"project_id": "P1", "kind": "complaint", "status": "open"},
        "survey": {"project_id": "P1"},
        "survey_dimension": {},
        "customer": {},
        "staff": {"staff_name": "甲"},
        "training": {"staff_id": "S1", "course": "礼仪", "required": True, "attended": True},
        "inspection": {"project_id": "P1", "item": "巡检"},
    }
    portfolio = {"project": pd.DataFrame([{"project_id": "P1", "project_name": "一"}])}
    for name, rows in tables.items():
        keyed = [
            defaults[name] | ({f"{name.split('_')[-1]}_id": f"{index}"} | row)
            for index, row in enumerate(rows)
        ]
        portfolio[name] = pd.DataFrame(keyed).drop(columns="dimension_id", errors="ignore")
    store = stores.publish(folder, portfolio)
    return measure(store, EVERYTHING, Selection(date(2024, 1, 1), date(2024, 12, 31)))[TOTAL]


def parts(found: dict[str, Measure], metric: str) -> tuple[int, int]:
    return found[metric].parts["x"], found[metric].parts["n"]


AS_OF = {"created_at": "2024-06-30 12:00:00", "status": "cancelled"}
"""A record that sets the as-of time and is counted nowhere."""


class TestEdges:
    def test_a_standard_is_met_to_the_second(self, tmp_path: Path) -> None:
        rows = [
            {"level": "L1", "created_at": "2024-06-01", "first_response_at": "2024-06-01 02:00:00"},
            {"level": "L1", "created_at": "2024-06-01", "first_response_at": "2024-06-01 02:00:01"},
            {"level": "L1", "created_at": "2024-06-30 10:00:00"},  # its 2 h have just passed
            {"level": "L1", "created_at": "2024-06-30 10:00:01"},  # not yet
            {"level": "L2", "created_at": "2024-06-01", "on_site_at": "2024-06-02"},
            {"level": "L3", "created_at": "2024-06-01", "resolved_at": "2024-06-04 00:00:01"},
            {"created_at": "2024-06-01", "first_response_at": "2024-06-01"},
        ]
        found = figures(tmp_path, service_record=[*rows, AS_OF])
        assert parts(found, "response_l1_rate") == (1, 3)
        assert parts(found, "onsite_l2_rate") == (1, 1)
        assert parts(found, "complete_l3_rate") == (0, 1)
        assert parts(found, "standard_rate") == (2, 5)

    def test_ages_are_closed_on_the_left(self, tmp_path: Path) -> None:
        ages = ["06-30 12:00:00", "06-27 12:00:01", "06-27 12:00:00", "06-23 12:00:00"]
        ages += ["05-31 12:00:00", "05-31 11:59:59"]
        rows = [{"created_at": f"2024-{age}"} for age in ages]
        found = figures(tmp_path, service_record=[*rows, AS_OF])
        assert found["age_bucket"].parts == {"0-3": 2, "3-7": 1, "7-30": 1, ">30": 2}
        assert parts(found, "open_over_30d") == (1, 6)  # older than, not as old as
        assert parts(found, "closed_loop_rate") == (0, 1)

    def test_on_time_once_due(self, tmp_path: Path) -> None:
        rows = [
            {"created_at": "2024-06-01", "due_at": "2024-06-02", "resolved_at": "2024-06-02"},
            {"created_at": "2024-06-01", "due_at": "2024-06-30 12:00:00"},
            {"created_at": "2024-06-01", "due_at": "2024-06-30 12:00:01"},
            {"created_at": "2024-06-01", "resolved_at": "2024-06-02"},
        ]
        assert parts(figures(tmp_path, service_record=[*rows, AS_OF]), "on_time_rate") == (1, 2)

    def test_repeats(self, tmp_path: Path) -> None:
        """Within 30 days of the resolution, same customer and category, once known."""
        one = {"customer_id": "C1", "category": "leak"}
        rows = [
            one | {"created_at": "2024-01-01", "resolved_at": "2024-01-05"},  # repeated next
            one | {"created_at": "2024-02-04", "resolved_at": "2024-02-05"},  # a day too late
            one | {"created_at": "2024-03-07", "resolved_at": "2024-06-01"},  # not yet known
            one | {"created_at": "2024-06-01", "customer_id": None, "resolved_at": "2024-06-01"},
            one | {"created_at": "2024-02-06", "status": "cancelled", "resolved_at": "2024-02-07"},
            one | {"created_at": "2024-02-06", "kind": "repair", "resolved_at": "2024-02-07"},
            one | {"created_at": "2024-02-06", "category": "lift", "resolved_at": "2024-02-06"},
        ]
        assert parts(figures(tmp_path, service_record=[*rows, AS_OF]), "repeat_rate") == (1, 3)

    def test_a_repeat_may_lie_outside_the_selection(self, tmp_path: Path) -> None:
        one = {"customer_id": "C1", "category": "leak"}
        rows = [
            one | {"created_at": "2024-12-01", "resolved_at": "2024-12-20"},
            one | {"created_at": "2025-01-10", "project_id": "P1"},
            {"created_at": "2025-06-01", "status": "cancelled"},
        ]
        assert parts(figures(tmp_path, service_record=rows), "repeat_rate") == (1, 1)

    def test_focus_period_counts_calendar_days_of_the_home_else_the_project(
        self, tmp_path: Path
    ) -> None:
        projects = [{"project_id": "P1", "handed_over_on": "2024-01-01"}]
        customers = [{"customer_id": "C1", "project_id": "P1", "handed_over_on": "2024-03-01"}]
        rows = [
            {"created_at": "2024-04-10 23:59:59"},  # 100 days after the project
            {"created_at": "2024-04-11 00:00:00"},
            {"created_at": "2024-04-11", "customer_id": "C1"},
            {"created_at": "2024-02-29", "customer_id": "C1"},  # before the handover
            {"created_at": "2024-04-10", "kind": "repair"},
        ]
        found = figures(tmp_path, project=projects, customer=customers, service_record=rows)
        assert parts(found, "focus_share") == (2, 3)

    def test_households_unknown_on_one_side_stay_out_of_both(self, tmp_path: Path) -> None:
        projects = [{"project_id": "P1", "households": 50}, {"project_id": "P2"}]
        rows = [
            {"created_at": "2024-02-01"},
            {"created_at": "2024-02-01", "project_id": "P2"},
            {"created_at": "2024-02-01", "kind": "repair"},
        ]
        found = figures(tmp_path, project=projects, service_record=rows)
        each = found["complaints_per_100_households"]
        assert each.parts == {"x": 1, "n": 50, "days": 366}
        assert each.value == pytest.approx(100 / 50 / (366 / 30.4375))

    def test_delays_are_graded_beyond_the_standard_of_the_level(self, tmp_path: Path) -> None:
        third = {"level": "L3", "created_at": "2024-06-01"}
        rows = [
            third | {"resolved_at": "2024-06-04"},  # to the second
            third | {"resolved_at": "2024-06-07"},  # 3 days late
            third | {"resolved_at": "2024-06-07 00:00:01"},
            third | {"resolved_at": "2024-06-11"},  # 7 days late
            third,  # not yet: late up to the as-of time
            {"level": "L3", "created_at": "2024-06-27 12:00:01"},  # not yet due
            {"level": "L1", "created_at": "2024-06-30", "first_response_at": "2024-06-30 03:00"},
            {"level": "L2", "created_at": "2024-06-24"},  # 5½ days late
            {"created_at": "2024-06-01"},
        ]
        found = figures(tmp_path, service_record=[*rows, AS_OF])["delay_grade"]
        assert found.parts == {"none": 1, "minor": 2, "moderate": 3, "severe": 1}
        assert found.n == 7

    def test_training_counts_while_employed(self, tmp_path: Path) -> None:
        staff = [
            {"staff_id": "S1", "hired_on": "2024-03-01", "left_on": "2024-06-01"},
            {"staff_id": "S2"},
            {"staff_id": "S3"},
        ]
        missed = {"attended": False}
        rows = [
            missed | {"held_on": "2024-02-29"},  # before S1 came
            {"held_on": "2024-03-01", "passed": True},
            {"held_on": "2024-06-01", "passed": False},
            missed | {"held_on": "2024-06-02"},  # after S1 left
            {"staff_id": "S2", "held_on": "2024-03-01"},  # its result unknown
            missed | {"staff_id": "S2", "held_on": "2024-06-01", "passed": False},
            missed | {"staff_id": "S3", "held_on": "2024-06-01", "required": False},
            missed | {"staff_id": "S3", "held_on": "2023-06-01"},  # outside the period
        ]
        found = figures(tmp_path, staff=staff, training=rows)
        assert parts(found, "training_coverage") == (1, 2)
        assert parts(found, "training_pass_rate") == (1, 2)

    def test_findings_are_due_by_day(self, tmp_path: Path) -> None:
        made = {"inspected_on": "2024-06-01", "finding": "记录不完整"}
        rows = [
            made | {"due_on": "2024-06-10", "rectified_on": "2024-06-10", "score": 70},
            made | {"due_on": "2024-06-10", "rectified_on": "2024-06-11", "score": 80},
            made | {"due_on": "2024-06-30"},  # due on the as-of day
            made | {"due_on": "2024-07-01"},
            made,
            made | {"finding": None, "due_on": "2024-06-10"},
        ]
        found = figures(tmp_path, inspection=rows, service_record=[AS_OF])
        assert parts(found, "rectified_on_time") == (1, 3)
        assert found["inspection_score"].value == 75
        assert found["inspection_score"].n == 2


class TestTraps:
    def test_dimensions_do_not_multiply_surveys(self, tmp_path: Path) -> None:
        rows = [
            {"survey_id": "0", "dimension": dimension, "expectation": 4, "perception": 3}
            for dimension in ("reliability", "responsiveness", "assurance", "empathy", "tangibles")
        ]
        found = figures(
            tmp_path,
            survey=[{"responded_at": "2024-05-01", "csat": 5}] * 2,
            survey_dimension=rows,
        )
        assert parts(found, "csat") == (2, 2)
        assert found["gap_index"].value == -1
        assert found["gap_index"].n == 1

    def test_surveys_do_not_multiply_records(self, tmp_path: Path) -> None:
        surveys = [{"record_id": "0", "responded_at": "2024-05-01", "nps": 9}] * 3
        found = figures(
            tmp_path, service_record=[{"created_at": "2024-05-01", "cost": 10}], survey=surveys
        )
        assert found["record_count"].n == 1
        assert found["cost_per_record"].n == 1
        assert found["nps"].parts == {"promoters": 3, "passives": 0, "detractors": 0}

    def test_drivers_count_surveys_with_all_they_need_once(self, tmp_path: Path) -> None:
        dimensions = ["reliability", "responsiveness", "assurance", "empathy", "tangibles"]
        rows = [
            {"survey_id": survey, "dimension": dimension, "perception": score}
            for survey in ("0", "1", "2")
            for score, dimension in enumerate(dimensions, start=1)
        ]
        rows[-1]["perception"] = None  # survey 2 lacks one, survey 1 the rating, survey 3 all
        answered = {"responded_at": "2024-05-01"}
        surveys = [answered | {"csat": csat} for csat in (4, None, 4, 4)]
        found = figures(tmp_path, survey=surveys, survey_dimension=rows)["drivers"]
        assert found.n == found.parts["n"] == 1
        scores = [4, 1, 2, 3, 4, 5]
        assert list(found.parts["sums"]) == scores
        assert [list(row) for row in found.parts["products"]] == [
            [one * other for other in scores] for one in scores
        ]

    def test_gap_index_needs_all_five(self, tmp_path: Path) -> None:
        rows = [{"survey_id": "0", "dimension": "empathy", "expectation": 4, "perception": 3}]
        found = figures(tmp_path, survey=[{"responded_at": "2024-05-01"}], survey_dimension=rows)
        assert found["gap_empathy"].value == -1
        assert (found["gap_index"].value, found["gap_index"].n) == (None, 0)
