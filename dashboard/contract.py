"""What the data contract asks of a table beyond its columns and types.

Names, types and ``not null`` of the columns stand once, in ``queries/schema/*.sql``; this module
adds keys, codes, ranges, defaults and the order of events. The loader validates by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CONTRACT_VERSION = 2


@dataclass(frozen=True)
class Range:
    """Closed range of a numeric column; ``None`` leaves a side open."""

    low: float | None = 0
    high: float | None = None


@dataclass(frozen=True)
class Order:
    """``later`` must not lie before ``earlier`` where both are known."""

    earlier: str
    later: str


@dataclass(frozen=True)
class TableContract:
    """The rules of one table.

    key      columns that identify a row (a null is a value of its own, as in ``target``)
    codes    column → code set of ``dashboard.codes``
    ranges   column → closed range
    defaults column → value taken where the source has none
    refused  orders of events whose breach refuses the row
    warned   orders of events whose breach is counted as a warning
    masked   free text in which phone and identity numbers are masked on the way in
    private  columns kept in the private file, in ``customer_private`` under the same key
    sorted_by order of the stored rows; those of small loads may stand behind them
    by_hand  people keep the table as a whole: a file may replace it. These are short lists that no
             system exports and whose rows no other table needs: figures do without the label of a
             category, and a target, standard or action counts only while it is listed
    """

    key: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    refused: tuple[Order, ...] = ()
    warned: tuple[Order, ...] = ()
    masked: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    sorted_by: tuple[str, ...] = ()
    by_hand: bool = False


_SCORE = Range(1, 5)
_PERCENT = Range(0, 100)
_NOT_NEGATIVE = Range(0)

_TABLES: dict[str, TableContract] = {
    "project": TableContract(
        key=("project_id",),
        codes={"property_type": "property_type"},
        ranges={"households": _NOT_NEGATIVE},
    ),
    "staff": TableContract(key=("staff_id",), codes={"grade": "grade"}),
    "category": TableContract(key=("category",), codes={"risk": "risk"}, by_hand=True),
    "customer": TableContract(
        key=("customer_id",),
        codes={"segment": "segment"},
        private=("customer_name", "phone"),
    ),
    "service_record": TableContract(
        key=("record_id",),
        codes={
            "kind": "kind",
            "stage": "stage",
            "risk": "risk",
            "channel": "channel",
            "level": "level",
            "tier_target": "tier",
            "tier_delivered": "tier_delivered",
            "status": "status",
            "remedy": "remedy",
            "handled_by": "handled_by",
        },
        ranges={
            "reopen_count": _NOT_NEGATIVE,
            "cost": _NOT_NEGATIVE,
            "revenue": _NOT_NEGATIVE,
            "compensation": _NOT_NEGATIVE,
        },
        defaults={"reopen_count": 0, "escalated": False},
        refused=tuple(
            Order("created_at", later)
            for later in (
                "first_response_at",
                "investigated_at",
                "on_site_at",
                "resolved_at",
                "fed_back_at",
                "closed_at",
            )
        ),
        warned=(Order("resolved_at", "closed_at"), Order("created_at", "due_at")),
        masked=("title", "detail"),
        sorted_by=("project_id", "created_at", "record_id"),
    ),
    "survey": TableContract(
        key=("survey_id",),
        codes={"channel": "channel"},
        ranges={
            "nps": Range(0, 10),
            "csat": _SCORE,
            "ces": Range(1, 7),
            "attitude": _SCORE,
            "ability": _SCORE,
            "efficiency": _SCORE,
            "content_quality": _SCORE,
            "after_sales": _SCORE,
        },
        masked=("comment",),
        sorted_by=("project_id", "responded_at", "survey_id"),
    ),
    "survey_dimension": TableContract(
        key=("survey_id", "dimension"),
        codes={"dimension": "dimension"},
        ranges={"expectation": _SCORE, "perception": _SCORE},
    ),
    "review": TableContract(
        key=("review_id",),
        codes={"reviewer": "reviewer"},
        ranges={"ability": _SCORE, "attitude": _SCORE, "efficiency": _SCORE},
    ),
    "training": TableContract(
        key=("training_id",), ranges={"score": _PERCENT, "hours": _NOT_NEGATIVE}
    ),
    "inspection": TableContract(
        key=("inspection_id",),
        codes={"phase": "inspection_phase", "severity": "severity"},
        ranges={"score": _PERCENT},
        refused=(Order("inspected_on", "rectified_on"),),
        masked=("finding",),
    ),
    "standard": TableContract(
        key=("standard_id", "version"), codes={"state": "standard_state"}, by_hand=True
    ),
    "target": TableContract(
        key=("metric", "scope_type", "scope_id", "month"),
        codes={"scope_type": "target_scope"},
        by_hand=True,
    ),
    "action": TableContract(
        key=("action_id",), codes={"phase": "phase"}, masked=("title", "cause"), by_hand=True
    ),
    "contract": TableContract(
        key=("contract_id",), codes={"kind": "contract_kind"}, ranges={"amount": _NOT_NEGATIVE}
    ),
    "record_step": TableContract(key=("record_id", "step_no")),
    "handover_check": TableContract(key=("check_id",)),
    "event": TableContract(
        key=("event_id",), ranges={"invited": _NOT_NEGATIVE, "attended": _NOT_NEGATIVE}
    ),
    "skill": TableContract(key=("staff_id", "skill"), ranges={"level": Range(0, 5)}),
    "points": TableContract(key=("entry_id",)),
}

TABLES: Mapping[str, TableContract] = MappingProxyType(_TABLES)
"""Table name → its rules. Every table of the contract is here and in ``queries/schema``."""
