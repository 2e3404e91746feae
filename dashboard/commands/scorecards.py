"""Scorecards as the command line prints them, nothing suppressed."""

from collections.abc import Mapping
from typing import Any

from dashboard.people import Person
from dashboard.scorecard import Scheme

_MISSING = "—"


def plain(person: Person) -> dict[str, Any]:
    """One person as JSON can hold it; without a rank band where there is no scorecard."""
    card = person.card
    found: dict[str, Any] = {
        "records": person.records,
        "indicators": {
            name: {"n": each.n, "raw": each.raw, "estimate": each.estimate, "score": each.score}
            for name, each in card.indicators.items()
        },
        "perspectives": dict(card.perspectives),
        "scorecard": card.score,
        "scorecard_low": card.low,
        "scorecard_high": card.high,
        "csat_oe": person.case_mix.ratio,
        "csat_oe_n": person.case_mix.n,
        "review_360": person.review.value,
        "review_360_missing": list(person.review.missing),
    }
    if card.rank is not None:
        found |= {"rank_best": card.rank.best, "rank_worst": card.rank.worst}
    return found


def report(people: Mapping[str, Person], weighing: Scheme) -> list[str]:
    """One line per person: perspectives, scorecard with interval and rank band, and the rest."""
    perspectives = tuple(weighing.perspectives)
    titles = ["staff", "records", *perspectives, "scorecard", "95 % interval", "rank"]
    rows = [[*titles, "csat o/e", "360°", "too few cases of"]]
    for key, person in people.items():
        card = person.card
        interval = f"{_number(card.low)} to {_number(card.high)}"
        rows.append(
            [
                key,
                str(person.records),
                *(_number(card.perspectives.get(name)) for name in perspectives),
                _number(card.score),
                _MISSING if card.score is None else interval,
                f"{card.rank.best} to {card.rank.worst}" if card.rank else _MISSING,
                _number(person.case_mix.ratio, 2),
                _number(person.review.value),
                ", ".join(card.missing),
            ]
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    """Names to the left, everything between them to the right."""
    last = len(row) - 1
    return [
        f"{text:<{width}}" if column in (0, last) else f"{text:>{width}}"
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]


def _number(value: float | None, decimals: int = 1) -> str:
    return _MISSING if value is None else f"{value:.{decimals}f}"
