"""What a reader is told when something cannot be shown; everything else goes to the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.errors import DashboardError, StoreMissingError, TooManyRowsError
from dashboard.i18n import Translator
from dashboard.ui.words import plain

log = logging.getLogger(__name__)

LOADING = "dashboard/pages/data.py"
COMMANDS = "python -m dashboard demo\npython -m dashboard load FILE"


def problem(t: Translator, error: DashboardError) -> None:
    """What is wrong, and what to do about it."""
    message, hint = t.told(error)
    st.error("\n\n".join(plain(text) for text in (message, hint) if text), icon=":material/error:")


@contextmanager
def reported(t: Translator) -> Iterator[None]:
    """Show what a user can mend; log everything else and say so plainly."""
    try:
        yield
    except StoreMissingError as error:
        log.warning("%s", error)
        st.info(t("There is no data yet."), icon=":material/database:")
        st.page_link(
            LOADING,
            label=t("Load a file of your own"),
            icon=":material/upload_file:",
            query_params={"lang": t.language},
        )
        st.markdown(t("Or make a demo portfolio, or load a file, on the command line:"))
        st.code(COMMANDS, language=None, wrap_lines=True)
    except TooManyRowsError as error:
        log.warning("%s", error)
        st.warning(t("The selection holds more rows than a page can show. Narrow the filters."))
    except DashboardError as error:
        log.warning("%s", error, exc_info=True)
        st.error("\n\n".join(plain(text) for text in t.told(error) if text))
    except Exception:
        log.exception("a page failed")
        st.error(t("This could not be shown. The cause is in the server's log."))
