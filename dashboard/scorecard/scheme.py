"""What the scorecard weighs: weights, floors, goals and sizes, as ``data/scorecard.toml`` has them.

The company's own may stand beside its store: see ``company``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from dashboard.errors import Said, SettingsError
from dashboard.settings import ROOT

FILE = ROOT / "data" / "scorecard.toml"

SHARES = ("standard_rate", "resolved_within_3d", "csat", "reopen_rate")
"""Indicators that are shares in percent; they enter shrunk towards the share of everybody."""

COST_RATIO = "cost_ratio"
VALUE_ADDED = "value_added_per_100"
INDICATORS = (*SHARES, COST_RATIO, VALUE_ADDED)
"""Every indicator that can be measured."""

PERSPECTIVES = ("efficiency", "quality", "cost", "value_add")
REVIEWERS = ("customer", "manager", "peer", "self")

_LARGEST = 1e12
"""Figures beyond this are slips; infinity and what is not a number are, too."""

_SETTINGS = ("target", "minimum_n", "shrinkage", "minimum_cell")


@dataclass(frozen=True)
class Goal:
    """What an indicator counts: its weight within the perspective, score 0 at ``floor``, 100 at
    ``goal``.
    """

    perspective: str
    weight: float
    floor: float
    goal: float


@dataclass(frozen=True)
class Scheme:
    """The scheme of the scorecard, checked; mappings keep the order of the file.

    ``minimum_n``: an indicator with fewer cases is absent. ``shrinkage`` is the k of (x + k·μ) ÷
    (n + k). ``minimum_cell``: the fewest surveys of a case-mix cell that stands for itself.
    """

    target: float
    minimum_n: int
    shrinkage: float
    minimum_cell: int
    perspectives: Mapping[str, float]
    goals: Mapping[str, Goal]
    review: Mapping[str, float]


@cache
def scheme(path: Path = FILE) -> Scheme:
    """The scheme of a file; raises SettingsError naming the key and the mend."""
    return read(path)


def read(path: Path) -> Scheme:
    """The scheme of a file as it is now; raises SettingsError as ``scheme`` does."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # no file, no text, no TOML
        raise SettingsError(
            "{file} cannot be read: {error}.",
            "Mend it, or put back the original.",
            file=path.name,
            error=error,
        ) from error
    return checked(content, path.name)


def checked(content: Mapping[str, Any], file: str) -> Scheme:
    """The scheme that a file of this content has; raises SettingsError as ``scheme`` does."""
    known = (*_SETTINGS, "perspectives", "review")
    _check_keys(file, "", content, required=known, allowed=known)
    goals = dict(_goals(file, content["perspectives"]))
    review = content["review"]
    _check_keys(file, "review", review, allowed=REVIEWERS)
    return Scheme(
        target=_number(file, "target", content["target"], 0, 100),
        # the variance of a cost ratio needs two cases
        minimum_n=_whole(file, "minimum_n", content["minimum_n"], 2),
        shrinkage=_number(file, "shrinkage", content["shrinkage"], 0),
        minimum_cell=_whole(file, "minimum_cell", content["minimum_cell"], 1),
        perspectives=MappingProxyType(
            {
                name: _weight(file, f"perspectives.{name}.weight", each["weight"])
                for name, each in content["perspectives"].items()
            }
        ),
        goals=MappingProxyType(goals),
        review=MappingProxyType(
            {name: _weight(file, f"review.{name}", weight) for name, weight in review.items()}
        ),
    )


def _goals(file: str, perspectives: Any) -> Iterator[tuple[str, Goal]]:
    _check_keys(file, "perspectives", perspectives, allowed=PERSPECTIVES)
    seen: set[str] = set()
    for name, perspective in perspectives.items():
        place, parts = f"perspectives.{name}", ("weight", "indicators")
        _check_keys(file, place, perspective, required=parts, allowed=parts)
        _check_keys(file, f"{place}.indicators", perspective["indicators"], allowed=INDICATORS)
        for indicator, given in perspective["indicators"].items():
            key = f"{place}.indicators.{indicator}"
            if indicator in seen:
                raise SettingsError(
                    "{file}: {key} stands in two perspectives.",
                    "Keep it in one.",
                    file=file,
                    key=key,
                )
            seen.add(indicator)
            numbers = ("weight", "floor", "goal")
            _check_keys(file, key, given, required=numbers, allowed=numbers)
            goal = Goal(
                name,
                _weight(file, f"{key}.weight", given["weight"]),
                _number(file, f"{key}.floor", given["floor"]),
                _number(file, f"{key}.goal", given["goal"]),
            )
            if goal.floor == goal.goal:
                raise SettingsError(
                    "{file}: {key} has the same floor and goal.",
                    "Set them apart.",
                    file=file,
                    key=key,
                )
            yield indicator, goal


def _check_keys(
    file: str,
    place: str,
    given: Any,
    *,
    required: tuple[str, ...] = (),
    allowed: tuple[str, ...],
) -> None:
    prefix = f"{place}." if place else ""
    if place and given == {}:
        raise SettingsError(
            "{file}: {key} has no entry.",
            "Use some of: {allowed}.",
            file=file,
            key=place,
            allowed=", ".join(allowed),
        )
    if not isinstance(given, Mapping):
        raise SettingsError(
            "{file}: {key} is not a table with entries.",
            "Use some of: {allowed}.",
            file=file,
            key=place,
            allowed=", ".join(allowed),
        )
    for key in required:
        if key not in given:
            raise SettingsError(
                "{file}: {key} is missing.",
                "Add it, or put back the original file.",
                file=file,
                key=prefix + key,
            )
    for key in given:
        if key not in allowed:
            raise SettingsError(
                "{file}: {key} is not known.",
                "Use one of: {allowed}.",
                file=file,
                key=prefix + key,
                allowed=", ".join(allowed),
            )


def _weight(file: str, key: str, given: Any) -> float:
    weight = _number(file, key, given, 0)
    if weight == 0:
        _refuse(file, key, given, Said("Use a number above 0, or leave the entry out."))
    return weight


def _whole(file: str, key: str, given: Any, least: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        _refuse(file, key, given, Said("Use a whole number of at least {least}.", least=least))
    return int(given)


def _number(
    file: str, key: str, given: Any, least: float | None = None, most: float | None = None
) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= _LARGEST:
        _refuse(file, key, given, Said("Use a number."))
    if least is not None and given < least:
        _refuse(file, key, given, Said("Use a number of at least {least}.", least=f"{least:g}"))
    if most is not None and given > most:
        _refuse(file, key, given, Said("Use a number of at most {most}.", most=f"{most:g}"))
    return float(given)


def _refuse(file: str, key: str, given: object, mend: Said) -> NoReturn:
    raise SettingsError(
        "{file}: {key} is {given}.",
        mend.text,
        file=file,
        key=key,
        given=repr(given),
        **mend.values,
    )
