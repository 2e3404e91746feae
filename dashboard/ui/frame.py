"""The frame of every page: navigation, filter bar, header line, and what happens on errors."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from dashboard.access import LOCAL_ADMINISTRATOR, User, resolve
from dashboard.errors import StoreMissingError
from dashboard.i18n import N_, Translator, translator
from dashboard.selection import Selection
from dashboard.settings import LANGUAGES
from dashboard.store import StoreInfo
from dashboard.ui import data, filters, sharing
from dashboard.ui.context import Page, remember
from dashboard.ui.reporting import problem, reported
from dashboard.ui.state import DRILL_NAMES
from dashboard.ui.words import plain


@dataclass(frozen=True)
class Entry:
    """One page in the navigation: its script, title, icon and the question it answers.

    Where it ``selects`` nothing, what it shows does not depend on the filters: they are kept but
    not drawn, and the page is there without a store, too.
    """

    script: str
    title: str
    icon: str
    question: str
    selects: bool = True


PAGES: dict[str, tuple[Entry, ...]] = {
    "Overview": (
        Entry(
            "overview",
            "Overview",
            "dashboard",
            N_("Is service getting better or worse, and where?"),
        ),
        Entry("worklist", "Worklist", "checklist", N_("What has to be done today?")),
    ),
    "Analysis": (
        Entry(
            "satisfaction",
            "Satisfaction",
            "sentiment_satisfied",
            N_("How satisfied are customers, and what do they miss?"),
        ),
        Entry(
            "complaints",
            "Complaints",
            "report",
            N_("What do customers complain about, where and when?"),
        ),
        Entry(
            "tiers",
            "Service tiers",
            "stairs",
            N_("What level of service do customers receive, and is it what they are entitled to?"),
        ),
        Entry("staff", "Staff", "badge", N_("Who keeps the standards, and how sure can we be?")),
        Entry("standards", "Standards", "verified", N_("Which standards are kept, and where not?")),
        Entry(
            "projects",
            "Projects",
            "apartment",
            N_("Which projects stand out from chance, and why?"),
        ),
    ),
    "Data": (
        Entry("records", "Records", "list_alt", N_("Which records are behind a figure?")),
        Entry(
            "data",
            "Data",
            "upload_file",
            N_("What is loaded, and what is still to be entered?"),
            selects=False,
        ),
        Entry("quality", "Data quality", "rule", N_("What is missing, and what can be trusted?")),
        Entry("glossary", "Glossary", "menu_book", N_("What does every figure mean?")),
    ),
}

SIDEBAR = 216
"""Width of the navigation in pixels: as little as its longest entry needs."""

OWN_PARAMETERS = {
    "records": DRILL_NAMES,
    "complaints": DRILL_NAMES,
    "glossary": frozenset({"term"}),
}
"""URL parameters of single pages; ``show_…`` is every page's own, all others are the filters'."""


def configure() -> None:
    """Settings of the browser page; the first call of the entry script."""
    st.set_page_config(
        page_title="Service quality · 服务质量",
        page_icon="📈",
        layout="wide",
        initial_sidebar_state=SIDEBAR,
    )


def user() -> User:
    """Who is asking. Until accounts exist, the one local administrator."""
    return LOCAL_ADMINISTRATOR


def run() -> None:
    """Navigation, filters and header, then the page itself."""
    with reported(translator(LANGUAGES[0])):  # nothing is known of a reader without settings
        _run(translator(filters.language(data.settings().language)))


def _run(t: Translator) -> None:
    pages = {
        t.title(group): [_page(t, entry) for entry in entries] for group, entries in PAGES.items()
    }
    current = st.navigation(pages)
    st.sidebar.caption(t("Local administrator, on this machine only: accounts are not set up."))
    with reported(t):
        if current.url_path in _UNSELECTING:
            _unselecting(t, current)
        else:
            _header(t, current)
        current.run()


_UNSELECTING = {
    entry.script for entries in PAGES.values() for entry in entries if not entry.selects
}


def _page(t: Translator, entry: Entry) -> st.Page:
    return st.Page(
        f"dashboard/pages/{entry.script}.py",
        title=t.title(entry.title),
        icon=f":material/{entry.icon}:",
        help=t(entry.question),
        default=entry.script == "overview",
    )


def _title(t: Translator, current: st.Page, info: StoreInfo) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(current.title, anchor=False, width="content")
        if info.demo:
            st.badge(t("Demo data"), icon=":material/science:", color="orange")
    st.caption(current.help)


def _unselecting(t: Translator, current: st.Page) -> Page:
    """The head of a page that does not depend on the filters, with or without a store."""
    asking = user()
    info, broken = data.info_or_nothing()
    _title(t, current, info)
    if broken:
        problem(t, broken)
    filters.adopt_link()
    state = filters.held()
    own = OWN_PARAMETERS.get(current.url_path, frozenset())
    filters.write_link(state, t.language, data.settings().language, own)
    today = date.today()
    selection = Selection(today, today)
    return remember(
        Page(
            current.url_path,
            t,
            asking,
            resolve(asking),
            info,
            state,
            selection,
            None,
            labels={},
            weighing=data.scheme(),
        )
    )


def _header(t: Translator, current: st.Page) -> Page:
    asking = user()
    scope = resolve(asking)
    info = data.store().info()
    _title(t, current, info)
    days = data.rows(info.version, "store_period", scope, None, ()).iloc[0]
    if pd.isna(days["last_day"]):
        raise StoreMissingError("The store holds no record and no survey.")
    first, last = days["first_day"].date(), days["last_day"].date()
    options = data.rows(info.version, "filter_options", scope, None, ())
    filters.adopt_link()
    state = filters.bar(t, options, (first, last))
    own = OWN_PARAMETERS.get(current.url_path, frozenset())
    filters.write_link(state, t.language, data.settings().language, own)
    selection = state.selection(last, first)
    labels = filters.option_labels(t, options)
    page = remember(
        Page(
            current.url_path,
            t,
            asking,
            scope,
            info,
            state,
            selection,
            selection.compared(state.comparison),
            labels,
            weighing=data.scheme(),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _summary(page)
        sharing.button(page)
    return page


def _summary(page: Page) -> None:
    """As-of time, what is selected and how much there is, in one line."""
    t = page.t
    counts = page.rows("selection_summary").iloc[0]
    parts = [
        t("As of {time}", time=t.time(page.info.as_of)) if page.info.as_of else "",
        t(
            "{start} to {end}",
            start=t.day(page.selection.date_from),
            end=t.day(page.selection.date_to),
        ),
        t(
            "compared with {start} to {end}",
            start=t.day(page.compared.date_from),
            end=t.day(page.compared.date_to),
        )
        if page.compared
        else "",
        t.plural("{n} record", "{n} records", int(counts["records"])),
        t.plural("{n} survey answered", "{n} surveys answered", int(counts["surveys"])),
        t.plural("{n} project", "{n} projects", int(counts["projects"])),
        filters.in_words(t, page.state, page.labels),
    ]
    st.caption(plain(" · ".join(part for part in parts if part)), width="stretch")
