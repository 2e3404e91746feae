"""What editing weights and goals comes to: rows for the editors, and what the file is to say.

Pure: a scheme and data frames in, data frames and plain values out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.scorecard import Scheme, scheme
from dashboard.scorecard.scheme import INDICATORS

__all__ = ["INDICATORS", "content", "indicators", "weights"]

_NUMBERS = ("weight", "floor", "goal")


def indicators(weighing: Scheme) -> pd.DataFrame:
    """One row per indicator that can be measured; without a weight where it does not count."""
    known = {**scheme().goals, **weighing.goals}
    rows = [
        (
            *(name, known[name].perspective),
            weighing.goals[name].weight if name in weighing.goals else None,
            *(known[name].floor, known[name].goal),
        )
        for name in INDICATORS
    ]
    told = pd.DataFrame(rows, columns=["indicator", "perspective", *_NUMBERS])
    texts = dict.fromkeys(("indicator", "perspective"), "string")
    return told.astype(texts | dict.fromkeys(_NUMBERS, float))


def weights(weighed: Mapping[str, float], names: Iterable[str]) -> pd.DataFrame:
    """One row per name with its weight; without one where it does not count."""
    rows = [(name, weighed.get(name)) for name in names]
    told = pd.DataFrame(rows, columns=["name", "weight"])
    return told.astype({"name": "string", "weight": float})


def content(
    weighing: Scheme,
    target: float | None,
    indicators: pd.DataFrame,
    perspectives: pd.DataFrame,
    review: pd.DataFrame,
) -> dict[str, Any]:
    """What the file of the edited scheme says; what was left blank is not in it.

    The sizes stay those of ``weighing``. Nothing is checked here.
    """
    said: dict[str, dict[str, Any]] = {
        name: {"weight": weight, "indicators": {}} for name, weight in _given(perspectives).items()
    }
    for row in indicators.to_dict("records"):
        if pd.isna(row["weight"]):
            continue
        perspective = said.setdefault(str(row["perspective"]), {"indicators": {}})
        numbers = {each: _plain(row[each]) for each in _NUMBERS if not pd.isna(row[each])}
        perspective["indicators"][row["indicator"]] = numbers
    settings = {} if target is None else {"target": _plain(target)}
    return {
        **settings,
        "minimum_n": weighing.minimum_n,
        "shrinkage": _plain(weighing.shrinkage),
        "minimum_cell": weighing.minimum_cell,
        "perspectives": said,
        "review": _given(review),
    }


def _given(rows: pd.DataFrame) -> dict[str, float]:
    """Name → weight, of the rows that have one."""
    named = zip(rows["name"], rows["weight"], strict=True)
    return {str(name): _plain(weight) for name, weight in named if not pd.isna(weight)}


def _plain(number: float) -> float:
    """The number as a person writes it: whole ones without a decimal point."""
    return int(number) if float(number).is_integer() else float(number)
