"""The service standards of the demo company and their lives."""

from dataclasses import astuple, dataclass, fields

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.stories import NEW_STANDARD

LONG_AGO = 1200
"""Days before the end since when the older standards are active."""


@dataclass(frozen=True)
class Standard:
    """One version of a standard in one state, from and until so many days before the end.

    measure is what is timed, scope the level or kind it holds for.
    """

    standard_id: str
    version: str
    name: str
    measure: str
    scope: str | None
    threshold: float
    unit: str
    state: str
    since: int
    until: float = np.nan


def _new(version: str, state: str, since: int, until: float = np.nan) -> Standard:
    """A version of the standard of the fourth story."""
    name = "二级响应24小时到场"
    return Standard(
        NEW_STANDARD.standard_id, version, name, "on_site", "L2", 24, "h", state, since, until
    )


def _active(
    name_id: str, name: str, measure: str, scope: str, threshold: float, unit: str = "h"
) -> Standard:
    return Standard(name_id, "1.0", name, measure, scope, threshold, unit, "active", LONG_AGO)


STANDARDS = (
    _active("STD-L1-RESPONSE", "一级响应2小时确认", "first_response", "L1", 2),
    Standard(
        *("STD-L2-ONSITE-48", "1.0", "二级响应48小时到场", "on_site", "L2", 48, "h", "retired"),
        since=LONG_AGO,
        until=NEW_STANDARD.active + 1,
    ),
    _new("0.1", "draft", NEW_STANDARD.draft, NEW_STANDARD.training + 1),
    _new("0.2", "training", NEW_STANDARD.training, NEW_STANDARD.pilot + 1),
    _new("0.9", "pilot", NEW_STANDARD.pilot, NEW_STANDARD.active + 1),
    _new("1.0", "active", NEW_STANDARD.active),
    _active("STD-L3-COMPLETE", "三级响应3日办结", "resolution", "L3", 72),
    _active("STD-LEAK-INSPECT", "墙面渗水72小时勘查", "on_site", "leak", 72),
    _active("STD-RECEPTION", "客户接待不超过15分钟", "reception", "visit", 15, "min"),
    _active("STD-FIRST-FOLLOWUP", "签约后24小时内首次跟进", "first_follow_up", "contract", 24),
    Standard(
        *("STD-DELAY-NOTICE", "0.2", "延期须在承诺时间前告知", "delay_notice", None, 0, "h"),
        state="training",
        since=40,
    ),
    Standard(
        *("STD-VIP-FEEDBACK", "0.1", "VIP客户4小时内反馈", "first_response", "vip", 4, "h"),
        state="draft",
        since=25,
    ),
)


def standard_table(period: Period) -> pd.DataFrame:
    """The table ``standard``."""
    names = [field.name for field in fields(Standard)]
    table = pd.DataFrame([astuple(standard) for standard in STANDARDS], columns=names)
    texts = ["standard_id", "version", "name", "measure", "scope", "unit", "state"]
    table[texts] = table[texts].astype("str")
    days = table[["since", "until"]].to_numpy(dtype=np.float64)
    dated = {
        "effective_from": period.dates(period.before_end(0) - days[:, 0]),
        "effective_to": period.dates(period.before_end(0) - days[:, 1]),
    }
    return table.drop(columns=["since", "until"]).assign(
        threshold=table["threshold"].astype("float64"), **dated
    )
