"""What a page knows: who reads, in which language, what is selected, and how to ask the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.access import Scope, User
from dashboard.codes import CODES
from dashboard.errors import SettingsError
from dashboard.i18n import Translator
from dashboard.measures import Measure
from dashboard.metrics import METRICS, Statistic
from dashboard.people import Person, Pool
from dashboard.scorecard import Scheme
from dashboard.scorecard import scheme as shipped
from dashboard.selection import Selection
from dashboard.store import StoreInfo
from dashboard.targets import Target
from dashboard.ui import data, words
from dashboard.ui.state import FilterState, narrowed

_SESSION_KEY = "_page"


@dataclass(frozen=True)
class Page:
    """The context of one run of one page; ``path`` is the page's own in the URL."""

    path: str
    t: Translator
    user: User
    scope: Scope
    info: StoreInfo
    state: FilterState
    selection: Selection
    compared: Selection | None
    labels: dict[str, dict[str, str]]
    head: DeltaGenerator | None = None
    """Where the panel that is drawn has its title; ``None`` outside a card."""
    visit: int = 0
    """How many pages the reader had opened before this one, in this session."""
    focus: Mapping[str, str] = field(default_factory=dict)
    """The bar or cell that the page is narrowed to, as parameters of the URL; see ``focused``."""
    subject: str = ""
    """What all its cards are about, in words, where the filters do not say it; exports tell it."""
    weighing: Scheme | SettingsError = field(default_factory=shipped)
    """What the scorecard weighs, for the whole page; or why that cannot be used."""

    @property
    def scheme(self) -> Scheme:
        """What the scorecard weighs; raises SettingsError where that cannot be used."""
        if isinstance(self.weighing, SettingsError):
            told = self.weighing  # a new error each time: panels run beside each other
            raise SettingsError(told.texts[0], told.texts[1], **told.values) from told
        return self.weighing

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
        """Group key → metric → measure.

        Where no record is selected at all, and of months outside the data, nothing is said of
        households, not that all is well.
        """
        asked, among = tuple(metrics), selection or self.selection
        found = data.measured(self.info.version, self.scope, among, group, asked)
        rates = {each for each in asked if METRICS[each].statistic is Statistic.HOUSEHOLD_RATE}
        if not rates:
            return found
        nothing = {each: Measure(each, None, 0) for each in rates}
        if not self.rows("selection_summary", among).iloc[0]["records"]:
            return {key: measured | nothing for key, measured in found.items()}
        if group != "month":
            return found
        days = self.rows_of_store("store_period").iloc[0]
        first, last = (f"{days[each]:%Y-%m}" for each in ("first_day", "last_day"))
        return {
            key: measured if first <= key <= last else measured | nothing
            for key, measured in found.items()
        }

    def people(self) -> dict[str, Person]:
        """Staff id → person of the selection, each compared with all others."""
        return data.people(self.info.version, self.scope, self.selection, self.scheme)

    def pooled(self, by: str | None) -> dict[str, Pool]:
        """Group (``team``; None: everybody, under '') → the scorecard of all its cases together."""
        return data.pooled(self.info.version, self.scope, self.selection, by, self.scheme)

    def target(self, metric: str) -> Target | None:
        """The target that applies to the metric in the selection."""
        return data.targets(self.info.version, self.scope, self.selection).get(metric)

    def bound(self, metric: str) -> float | None:
        """The value of that target, for a chart."""
        target = self.target(metric)
        return target.value if target else None

    def bounds(self, *metrics: str) -> dict[str, dict[str, float]]:
        """Project → metric → the value of the target that applies to that project by itself."""
        first, last = self.selection.date_from, self.selection.date_to
        known = data.project_targets(self.info.version, self.scope)
        found = {
            project: {metric: each.of(metric, first, last) for metric in metrics}
            for project, each in known.items()
        }
        return {
            project: {metric: each.value for metric, each in targets.items() if each}
            for project, targets in found.items()
        }

    def trailing_year(self) -> Selection:
        """The selection's filters over the twelve calendar months up to its end."""
        end = self.selection.date_to
        months = end.year * 12 + end.month - 1 - 11
        return replace(self.selection, date_from=date(months // 12, months % 12 + 1, 1))

    def at_least_a_year(self) -> Selection:
        """The selection itself, or where it is shorter than a year the year up to its end."""
        return self.selection if self.selection.days > 366 else self.trailing_year()

    def codes(self, code_set: str) -> dict[str, str]:
        """Code → label in the reader's language, in the agreed order."""
        return {code: self.t.label(code_set, code) for code in CODES[code_set]}

    def reason(self, metric: str) -> str:
        """Why a metric is empty: nothing loaded, a column that is always blank, or no such row."""
        entry = METRICS[metric]
        table = _TABLES.get(entry.population, "service_record")
        if self.rows_of_store("store_contents").iloc[0][_HELD[table]] == 0:
            return self.t(
                "The store holds no data for this. Load it: {command}",
                command=f"`python -m dashboard load FILE --table {table}`",
            )
        rows = "records" if table == "service_record" else "surveys"
        if not self.rows("selection_summary").iloc[0][rows]:
            return self.t("Nothing in this selection. Widen the period or reset the filters.")
        if entry.needs:
            column = entry.needs.rpartition(".")[2]
            return self.t(
                "No row of the selection is counted here, judging by “{column}”.",
                column=words.column_names(self.t).get(column, column),
            )
        return self.t("The selection holds rows, but none that this figure counts.")

    def shown(self, name: str) -> str:
        """What the URL says is shown (``show_NAME``): a person, a project, a choice; else ''."""
        return st.query_params.get(f"show_{name}", "")

    def rows_of_store(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The rows of a page query that takes no selection."""
        return data.rows(
            self.info.version, query, self.scope, None, tuple(sorted(parameters.items()))
        )

    def name(self, group: str, key: str) -> str:
        """The name of a group key in the reader's language."""
        if key == "":
            return self.t("Not given")
        if group in _CODE_SETS:
            return self.t.label(_CODE_SETS[group], key)
        if group == "weekday":
            return dict(zip("1234567", self.t.weekdays(), strict=True)).get(key, key)
        if group == "hour":
            return self.t("{hour}:00", hour=key)
        if group == "handover":
            return words.handovers(self.t).get(key, key)
        return self.labels.get(group, {}).get(key) or key

    def link(self, **changes: str) -> dict[str, Any]:
        """URL parameters that reproduce this view, with further parameters set."""
        return {"lang": self.t.language, **self.state.as_query(), **self.focus, **changes}

    def focused(self, query: Mapping[str, str]) -> "Page":
        """The same page narrowed to a bar or cell, given as ``in_…`` parameters of the URL.

        Everything asked of it, and every link it gives, is of that part of the selection alone.
        """
        selection = narrowed(self.selection, {name: [value] for name, value in query.items()})
        compared = selection.compared(self.state.comparison)
        return replace(self, selection=selection, compared=compared, focus=dict(query))

    def drill(
        self,
        metric: str,
        part: str = "counted",
        within: Selection | None = None,
        **groups: str | int,
    ) -> dict[str, Any]:
        """URL parameters of the records page for exactly the rows that a figure counted.

        ``groups`` names the bar or cell (``category="leak", month="2026-03"``); ``within`` is the
        selection that the figure was drawn from, where that is not the page's own.
        """
        changes: dict[str, Any] = {"metric": metric, "part": part}
        source = within or self.selection
        first, last = source.date_from, source.date_to
        if "month" in groups:
            start, end = month_bounds(str(groups.pop("month")))
            first, last = max(start, first), min(end, last)
        if (first, last) != (self.selection.date_from, self.selection.date_to):
            changes |= {"in_from": first.isoformat(), "in_to": last.isoformat()}
        changes |= {f"in_{group}": str(key) for group, key in groups.items()}
        return self.link(**changes)


_TABLES = {
    "survey": "survey",
    "sent": "survey",
    "gap": "survey_dimension",
    "perceived": "survey_dimension",
    "customer": "customer",
}
_HELD = {
    "service_record": "records",
    "survey": "surveys",
    "survey_dimension": "dimensions",
    "customer": "customers",
}
_CODE_SETS = {
    "kind": "kind",
    "channel": "channel",
    "tier": "tier_delivered",
    "target_tier": "tier",
    "level": "level",
    "stage": "stage",
    "segment": "segment",
    "grade": "grade",
}


def remember(page: Page) -> Page:
    """Keep the context for the page script that runs next in this session."""
    before: Page | None = st.session_state.get(_SESSION_KEY)
    if before is not None:
        page = replace(page, visit=before.visit + (before.path != page.path))
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
