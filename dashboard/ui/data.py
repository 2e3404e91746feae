"""The store behind the pages, and what is remembered of its answers.

Every cache key holds the scope, the version of the store, the query and all its parameters, and
every cache is bounded; nothing here reads the session.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import measures
from dashboard import people as staff
from dashboard.access import NOTHING, Scope
from dashboard.errors import SettingsError, StoreError, StoreMissingError
from dashboard.findings import Report, examine, monthly
from dashboard.measures import Measure
from dashboard.scorecard import Scheme, in_force
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import NOTHING_PUBLISHED, Store, StoreInfo
from dashboard.targets import Target, Targets
from dashboard.targets import by_project as find_project_targets
from dashboard.targets import targets as find_targets

_ENTRIES = 500


@st.cache_resource
def settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environment()


@st.cache_resource
def store() -> Store:
    """The store that this process serves."""
    return Store(settings())


def info_or_nothing() -> tuple[StoreInfo, StoreError | None]:
    """What is served; nothing where there is no store, or, with its error, where it cannot be
    read."""
    try:
        return store().info(), None
    except StoreMissingError:
        return NOTHING_PUBLISHED, None
    except StoreError as error:
        return NOTHING_PUBLISHED, error


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def rows(
    version: int,
    query: str,
    scope: Scope,
    selection: Selection | None,
    parameters: tuple[tuple[str, Any], ...],
) -> pd.DataFrame:
    """The rows of a page query."""
    return store().run(query, scope, selection, **dict(parameters))


@dataclass(frozen=True)
class _Remembered:
    """The store as measures ask it: a query answers for all metrics of its population at once."""

    version: int

    def run(
        self,
        query: str,
        scope: Scope = NOTHING,
        selection: Selection | None = None,
        **parameters: object,
    ) -> pd.DataFrame:
        return rows(self.version, query, scope, selection, tuple(sorted(parameters.items())))


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def measured(
    version: int,
    scope: Scope,
    selection: Selection,
    by: str | None,
    metrics: tuple[str, ...],
) -> dict[str, dict[str, Measure]]:
    """Group → metric → measure."""
    return measures.measure(_Remembered(version), scope, selection, by, metrics)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def targets(version: int, scope: Scope, selection: Selection) -> dict[str, Target]:
    """Metric → the target that applies to the selection."""
    return find_targets(store(), scope, selection)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def project_targets(version: int, scope: Scope) -> dict[str, Targets]:
    """Project → the targets that apply to it alone."""
    return find_project_targets(store(), scope)


def scheme() -> Scheme | SettingsError:
    """What the scorecard weighs now, or why that cannot be used."""
    try:
        return in_force(settings().store)
    except SettingsError as error:
        return error


@st.cache_data(max_entries=_ENTRIES, show_spinner=False, hash_funcs={Scheme: repr})
def people(
    version: int, scope: Scope, selection: Selection, weighing: Scheme
) -> dict[str, staff.Person]:
    """Staff id → person, of everybody in the selection."""
    return staff.people(store(), scope, selection, weighing)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False, hash_funcs={Scheme: repr})
def pooled(
    version: int, scope: Scope, selection: Selection, by: str | None, weighing: Scheme
) -> dict[str, staff.Pool]:
    """Group → the scorecard of all cases of its people; ``by`` a column of ``staff_names``.

    Without ``by`` everybody is one group, ''.
    """
    groups: dict[str, str] = {}
    if by:
        names = rows(version, "staff_names", scope, None, ()).dropna(subset=by)
        groups = dict(zip(names["staff_id"], names[by], strict=True))
    return staff.pooled(store(), scope, selection, groups, weighing)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def findings(
    version: int, scope: Scope, selection: Selection, compared: Selection | None
) -> Report:
    """What changed in the selection and what stands out."""
    return examine(store(), scope, selection, compared)


@st.cache_data(max_entries=_ENTRIES, show_spinner=False)
def by_month(version: int, scope: Scope, selection: Selection, metric: str) -> dict[str, Measure]:
    """Month (YYYY-MM) → measure of one of the metrics that findings compare."""
    return monthly(store(), scope, selection, metric)
