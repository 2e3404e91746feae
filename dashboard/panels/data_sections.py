"""The sections of the data page, and what stands in each."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard import ui
from dashboard.panels import (
    complete,
    goals,
    load_file,
    load_history,
    load_outcome,
    upkeep,
    weights,
)
from dashboard.ui import Page
from dashboard.ui.reporting import COMMANDS
from dashboard.ui.restyled import primary_buttons

Panel = Callable[[Page], None]

_WITHOUT_A_STORE = ("load",)
_PANELS: Mapping[str, Sequence[Panel]] = {
    "load": (load_file.load,),
    "history": (load_history.history,),
    "complete": (complete.names,),
    "goals": (goals.targets, goals.standards, weights.weights),
    "upkeep": (upkeep.health, upkeep.backup),
}


def section(page: Page) -> None:
    """The section that the reader chose; it stands in the URL as ``show_section``."""
    t = page.t
    primary_buttons()
    chosen = ui.choice(
        page,
        "section",
        t("Section"),
        {
            "load": t("Load a file"),
            "history": t("History of loads"),
            "complete": t("To complete"),
            "goals": t("Targets and standards"),
            "upkeep": t("Backup and health"),
        },
        listed=False,
    )
    if chosen != "load":
        load_outcome.notice(page)
    if page.info.version == 0:
        _nothing_yet(page)
        if chosen not in _WITHOUT_A_STORE:
            return
    for panel in _PANELS[chosen]:
        panel(page)


def _nothing_yet(page: Page) -> None:
    """What to do where there is no store."""
    t = page.t
    st.info(
        t("There is no data yet. Load the first file here: records of service, best."),
        icon=":material/database:",
    )
    with st.expander(t("Or make a demo portfolio, or load a file, on the command line:")):
        st.code(COMMANDS, language=None)
