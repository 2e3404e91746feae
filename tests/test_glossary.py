"""The glossary is complete, and says the same in the app, in docs and in the registry."""

from pathlib import Path

import pytest

from dashboard import definitions
from dashboard.i18n import translator
from dashboard.metrics import METRICS, Better, Population, glossary
from dashboard.scorecard import WORDS
from dashboard.settings import LANGUAGES, QUERIES, ROOT

DOCUMENT = ROOT / "docs" / "metrics.md"
TRANSLATORS = [translator(language) for language in LANGUAGES]


def test_the_document_is_the_registry() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == definitions.markdown(TRANSLATORS), (
        "write it again: python -m dashboard glossary > docs/metrics.md"
    )


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_whole(metric: str, language: str) -> None:
    entry = definitions.entry(translator(language), metric)
    assert all((entry.name, entry.formula, entry.cohort, entry.direction, entry.trap))
    assert bool(entry.target) == bool(entry.origin) == (METRICS[metric].target is not None)


def test_nothing_is_told_of_metrics_that_do_not_exist() -> None:
    assert glossary.TRAPS.keys() == METRICS.keys()
    assert glossary.ORIGINS.keys() <= METRICS.keys()
    assert glossary.COHORTS.keys() == set(Population)


def test_the_scorecard_is_explained_too() -> None:
    told = {each.metric: each for each in definitions.entries(translator("en"))}
    assert told.keys() == METRICS.keys() | WORDS.keys()
    assert told["scorecard"].target == "at least 80"


def test_every_metric_is_a_macro_and_every_macro_a_metric() -> None:
    files = [Path(path).read_text(encoding="utf-8") for path in (QUERIES / "metric").glob("*.sql")]
    named = {
        metric.strip()
        for text in files
        for line in text.splitlines()
        if line.startswith("-- metric:")
        for metric in line.removeprefix("-- metric:").split(",")
    }
    assert named == METRICS.keys()


@pytest.mark.parametrize("metric", [each for each in METRICS.values() if each.target is not None])
def test_a_target_is_a_bound_in_the_right_direction(metric: object) -> None:
    each = METRICS[metric.id]  # type: ignore[attr-defined]
    entry = definitions.entry(translator("en"), each.id)
    assert entry.target.startswith("at least" if each.better is Better.HIGH else "at most")
