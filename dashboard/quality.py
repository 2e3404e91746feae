"""Data quality: what is missing or contradictory, in words.

The checks are columns of ``queries/page/data_quality.sql`` and rules of a load; their texts are
English message ids.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dashboard.codes import CODES
from dashboard.contract import TABLES as CONTRACT
from dashboard.contract import Range
from dashboard.i18n import N_, Translator

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "no_staff": "without a responsible member of staff",
        "no_customer": "without a customer",
        "no_category": "without a category",
        "no_level": "without a response level",
        "no_response": "without a first response",
        "no_resolution": "without a resolution",
        "zero_duration": "resolved at the moment they were created",
        "same_time": "created at a time of day that many others share to the second",
        "contradictory": "resolved after they were closed, or due before they were created",
        "no_feedback": "resolved complaints without feedback to the customer",
        "unanswered": "not answered",
        "unmatched": "naming a record or survey that has not arrived",
        "unregistered": "named by records but not registered",
    }
)
"""Check → what is wrong with the rows that it counts."""

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "service_record": "Service records",
        "survey": "Surveys",
        "survey_dimension": "SERVQUAL ratings",
        "project": "Projects",
        "staff": "Staff",
        "customer": "Customers",
    }
)
"""Table that is checked → its name."""

SEVERITIES: Mapping[str, str] = MappingProxyType(
    {"refused": "Refused", "warning": "Warning", "lacking": "Lacking"}
)
"""Severity of a load's problem → its name."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is missing",
        "out_of_range": "out of range",
        "unknown_code": "unknown code",
        "unreadable": "cannot be read",
        "in_future": "after the load",
        "duplicate_key": "key given twice with different content",
        "score_without_time": "score without a time",
        "contradicts_times": "contradicts the times",
        "over_two_years": "more than two years",
        "before_created_at": "before the creation",
        "before_inspected_on": "before the inspection",
        "after_closed_at": "after the closing",
        "zero_duration": "no time at all",
        "put_right": "written wrongly, and put right",
        "unanswered": "not answered",
    }
)
"""Rule of a load → what it found."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "{column} is missing",
        "unknown_code": "{column}: “{value}” is none of {codes}",
        "unreadable": "{column}: “{value}” cannot be read",
        "in_future": "{column}: {value} lies more than a day after the load",
        "duplicate_key": "{column}: {value} stands more than once, with different content",
        "score_without_time": "{column}: a score needs the time of the answer or of sending",
        "before_created_at": "{column}: {value} lies before the creation",
        "before_inspected_on": "{column}: {value} lies before the inspection",
    }
)
"""Rule that refuses a row → what it says of a value."""

ROW_PROBLEMS = (
    N_("a quote opens and is not closed, or text follows a closing quote"),
    N_("nothing is filled in"),
)
"""What else keeps a row from being taken apart."""

_WITHOUT_VALUE = ("missing", "score_without_time")
_FIELDS = re.compile(r"([\d,]+) fields? instead of ([\d,]+)")
_CELL = re.compile(r"a cell is longer than ([\d,]+) characters")
_STEP = re.compile(r"the time of a step, '(.*)', cannot be read", re.DOTALL)


def reason(t: Translator, table: str, problem: tuple[str, str, str | None], name: str) -> str:
    """Why a row is refused, in a sentence.

    ``problem`` is the column of the contract (“row” for the row itself), the rule and the text that
    breaks it; ``name`` is what the reader calls the column.
    """
    column, rule, value = problem
    if column == "row" and value is not None:
        told = _row_problem(t, value.removeprefix("row: "))
        return t("the row cannot be taken apart: {problem}", problem=told)
    worded = rule in REASONS or rule == "out_of_range"
    if not worded or (value is None and rule not in _WITHOUT_VALUE):
        return t("{column}: {problem}", column=name, problem=t(RULES.get(rule, rule)))
    if rule == "out_of_range":
        return _out_of_range(t, CONTRACT[table].ranges[column], column=name, value=value)
    if rule == "unreadable" and column.endswith("_at"):
        return t("{column}: “{value}” cannot be read as a time", column=name, value=value)
    if rule == "unreadable" and column.endswith("_on"):
        return t("{column}: “{value}” cannot be read as a date", column=name, value=value)
    codes = CONTRACT[table].codes.get(column, "")
    labels = t.enumeration(t.label(codes, code) for code in CODES.get(codes, ()))
    return t(REASONS[rule], column=name, value=value, codes=labels)


def _out_of_range(t: Translator, allowed: Range, **said: object) -> str:
    low, high = allowed.low, allowed.high
    if low is not None and high is not None:
        return t(
            "{column}: {value} is not between {low} and {high}",
            low=f"{low:g}",
            high=f"{high:g}",
            **said,
        )
    if low is not None:
        return t("{column}: {value} is below {low}", low=f"{low:g}", **said)
    return t("{column}: {value} is above {high}", high=f"{high or 0:g}", **said)


def _row_problem(t: Translator, problem: str) -> str:
    if found := _FIELDS.fullmatch(problem):
        return t("{found} fields instead of {expected}", found=found[1], expected=found[2])
    if found := _CELL.fullmatch(problem):
        return t("a cell is longer than {n} characters", n=found[1])
    if found := _STEP.fullmatch(problem):
        return t("the time of a step, “{time}”, cannot be read", time=found[1])
    return t(problem)
