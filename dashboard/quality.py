"""Data quality: what is missing or contradictory, in words.

The checks are columns of ``queries/page/data_quality.sql`` and rules of a load; their texts are
English message ids.
"""

from collections.abc import Mapping
from types import MappingProxyType

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
