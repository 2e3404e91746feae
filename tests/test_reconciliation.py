"""Every figure agrees with the rows behind it, with its parts and with what is narrower.

Each question is asked of all metrics: of the golden portfolio, of a demo portfolio and of a
portfolio of all that nobody expects. So every metric is reconciled with its rows under random
filter sets and scopes, others in every run. In each question one of the families of metrics is
broken down as well, filtered to one group, cut in two periods and compared with a narrower scope,
and one metric is listed page by page, as an export lists it.

``DASHBOARD_TEST_QUESTIONS`` sets the number of questions of each portfolio; 5 unless it is set.
"""

import os
import warnings
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dashboard.access import EVERYTHING
from dashboard.measures import GROUPS, TOTAL, measure
from dashboard.metrics import METRICS
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests import stores
from tests.questions import Question, questions, vocabulary
from tests.reconciliation import disagreements, not_adding_up
from tests.tallies import with_tallies, write_tallies

QUESTIONS = int(os.environ.get("DASHBOARD_TEST_QUESTIONS", "5"))
PERIODS = {
    "golden": (date(2024, 1, 1), date(2025, 6, 30)),
    "demo": (date(2024, 1, 1), date(2025, 12, 31)),
    "odd": (date(2024, 1, 1), date(2024, 6, 30)),
}


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="module")
def folders(
    golden_store: Path, demo_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    odd = tmp_path_factory.mktemp("odd")
    stores.publish(odd, stores.odd_portfolio(1, records=400))
    return {"golden": golden_store, "demo": demo_store, "odd": odd}


@pytest.fixture
def queries(tmp_path: Path) -> Iterator[Path]:
    with with_tallies(tmp_path / "queries") as folder:
        yield folder


def reconcile(
    folder: Path,
    name: str,
    examples: int,
    metrics: Collection[str] = tuple(METRICS),
    planted: bool = False,
) -> None:
    """Ask random questions until an answer does not agree with itself.

    Where an error is planted, the same questions each time, so that finding it is no luck.
    """
    store = Store(Settings(store=folder, threads=1))

    # without shrinking: any failing question is small enough to read
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=planted,
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(questions(vocabulary(folder), *PERIODS[name]))
    def ask(question: Question) -> None:
        assert disagreements(store, question, metrics) == []

    ask()


@pytest.mark.parametrize("name", PERIODS)
def test_everything_agrees(queries: Path, folders: dict[str, Path], name: str) -> None:
    write_tallies(queries)
    reconcile(folders[name], name, QUESTIONS)


@pytest.mark.parametrize("by", GROUPS)
def test_groups_add_up(folders: dict[str, Path], by: str) -> None:
    store, period = Store(Settings(store=folders["odd"])), Selection(*PERIODS["odd"])
    total = measure(store, EVERYTHING, period)[TOTAL]
    assert not_adding_up(measure(store, EVERYTHING, period, by), by, total) == []


@pytest.mark.parametrize(
    ("file", "right", "wrong", "metric", "said"),
    [
        pytest.param(
            "scope/in.sql",
            "left join store.customer as c on c.customer_id = v.customer_id",
            "left join store.customer as c on c.project_id = v.project_id",
            "csat",
            "csat lists",
            id="a join that fans out",
        ),
        pytest.param(
            "page/metric_household.sql",
            "from project_selected($scope, $selection) as p",
            "from project_in($scope) as p",
            "complaints_per_100_households",
            "is not that filter's",
            id="a filter not applied to a denominator of its own",
        ),
        pytest.param(
            "page/metric_sent.sql",
            "from survey_sent($scope, $selection) as v",
            "from survey_matching($scope, $selection) as v",
            "response_rate",
            "response_rate lists|response_rate does not add up",
            id="a period not applied to a denominator",
        ),
        pytest.param(
            "scope/selected.sql",
            "and chosen(selection['levels'], level)",
            "",
            "response_rate",
            "response_rate of level|rows of another level",
            id="a filter that nothing applies",
        ),
        pytest.param(
            "scope/selected.sql",
            "moment < selection['date_to'] + interval 1 day",
            "moment < selection['date_to']",
            "csat",
            "csat does not add up before and after|csat of month",
            id="a period without its last day",
        ),
        pytest.param(
            "scope/selected.sql",
            "moment < selection['date_to'] + interval 1 day",
            "moment <= selection['date_to'] + interval 1 day",
            "inspection_score",
            "does not add up before and after|rows of another period|score of month",
            id="a period with the first moment after it",
        ),
        pytest.param(
            "page/record_drill.sql",
            "complete_l3_rate_met(r)",
            "resolution_mean_counted(r)",
            "complete_l3_rate",
            "rows met",
            id="a listing of other rows",
        ),
    ],
)
def test_planted_error_is_found(
    queries: Path,
    folders: dict[str, Path],
    file: str,
    right: str,
    wrong: str,
    metric: str,
    said: str,
) -> None:
    text = (queries / file).read_text(encoding="utf-8")
    assert text.count(right) == 1
    (queries / file).write_text(text.replace(right, wrong), encoding="utf-8")
    write_tallies(queries)
    with pytest.raises(AssertionError, match=said):
        reconcile(folders["demo"], "demo", 80, [metric], planted=True)
