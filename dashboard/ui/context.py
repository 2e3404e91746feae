"""What a page knows: who reads, in which language, what is selected, and how to ask the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.access import Scope, User
from dashboard.i18n import Translator
from dashboard.measures import Measure
from dashboard.selection import Selection
from dashboard.store import StoreInfo
from dashboard.ui import data
from dashboard.ui.state import NARROWING, FilterState

_SESSION_KEY = "_page"
_FIELD_TO_PARAMETER = {field: name for name, field in NARROWING.items()}


@dataclass(frozen=True)
class Page:
    """The context of one run of one page."""

    t: Translator
    user: User
    scope: Scope
    info: StoreInfo
    state: FilterState
    selection: Selection
    compared: Selection | None
    labels: dict[str, dict[str, str]]

    def rows(
        self, query: str, selection: Selection | None = None, **parameters: Any
    ) -> pd.DataFrame:
        """The rows of a page query for the reader's scope and selection."""
        return data.rows(
            self.info.version,
            query,
            self.scope,
            selection or self.selection,
            tuple(sorted(parameters.items())),
        )

    def total(
        self, metrics: Iterable[str], selection: Selection | None = None
    ) -> dict[str, Measure]:
        """Metric → measure over the whole selection."""
        return self.by(None, metrics, selection).get("", {})

    def by(
        self, group: str | None, metrics: Iterable[str], selection: Selection | None = None
    ) -> dict[str, dict[str, Measure]]:
        """Group key → metric → measure."""
        return data.measured(
            self.info.version, self.scope, selection or self.selection, group, tuple(metrics)
        )

    def trailing_year(self) -> Selection:
        """The selection's filters over the twelve calendar months up to its end."""
        end = self.selection.date_to
        months = end.year * 12 + end.month - 1 - 11
        return replace(self.selection, date_from=date(months // 12, months % 12 + 1, 1))

    def reason(self, population: str) -> str:
        """Why a figure of that population is empty: nothing loaded, or nothing selected."""
        held = self.rows_of_store("store_contents").iloc[0]
        table = _TABLES.get(population, "service_record")
        if held[_HELD.get(table, "records")] == 0:
            return self.t(
                "The store holds no data for this. Load it: {command}",
                command=f"`python -m dashboard load FILE --table {table}`",
            )
        return self.t("Nothing in this selection. Widen the period or reset the filters.")

    def rows_of_store(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The rows of a page query that takes no selection."""
        return data.rows(
            self.info.version, query, self.scope, None, tuple(sorted(parameters.items()))
        )

    def name(self, group: str, key: str) -> str:
        """The name of a group key in the reader's language."""
        if key == "":
            return self.t("None")
        return self.labels.get(group, {}).get(key) or self.t.label(
            _CODE_SETS.get(group, "kind"), key
        )

    def link(self, **changes: Any) -> dict[str, str | list[str]]:
        """URL parameters that reproduce this view, with further parameters set."""
        query: dict[str, str | list[str]] = {"lang": self.t.language}
        query |= self.state.as_query()
        query |= {
            name: [str(each) for each in value]
            if isinstance(value, Sequence | set) and not isinstance(value, str)
            else str(value)
            for name, value in changes.items()
        }
        return query

    def drill(self, metric: str, part: str = "counted", **narrowing: Any) -> dict[str, Any]:
        """URL parameters of the records page for exactly the rows that a figure counted.

        ``narrowing`` names fields of Selection (``categories=("leak",)``) or the two dates.
        """
        changes: dict[str, Any] = {"metric": metric, "part": part}
        for field, value in narrowing.items():
            if field == "date_from":
                changes["in_from"] = max(value, self.selection.date_from).isoformat()
            elif field == "date_to":
                changes["in_to"] = min(value, self.selection.date_to).isoformat()
            else:
                changes[_FIELD_TO_PARAMETER[field]] = [str(each) for each in value]
        return self.link(**changes)


_TABLES = {
    "survey": "survey",
    "sent": "survey",
    "dimension": "survey_dimension",
    "customer": "customer",
}
_HELD = {"survey": "surveys", "survey_dimension": "dimensions", "customer": "customers"}
_CODE_SETS = {
    "kind": "kind",
    "channel": "channel",
    "tier": "tier_delivered",
    "target_tier": "tier",
    "level": "level",
    "stage": "stage",
    "segment": "segment",
}


def remember(page: Page) -> Page:
    """Keep the context for the page script that runs next in this session."""
    st.session_state[_SESSION_KEY] = page
    return page


def current() -> Page:
    """The context of the page that is running."""
    return cast(Page, st.session_state[_SESSION_KEY])


def month_bounds(key: str) -> tuple[date, date]:
    """First and last day of a month key ``YYYY-MM``."""
    first = datetime.strptime(key, "%Y-%m").date()
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return first, date.fromordinal(following.toordinal() - 1)
