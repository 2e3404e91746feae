"""What a reader is told when something cannot be shown; everything else goes to the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.errors import StoreMissingError, TooManyRowsError
from dashboard.i18n import Translator

log = logging.getLogger(__name__)


@contextmanager
def reported(t: Translator) -> Iterator[None]:
    """Show what a user can mend; log everything else and say so plainly."""
    try:
        yield
    except StoreMissingError as error:
        log.warning("%s", error)
        st.info(t("There is no data yet."), icon=":material/database:")
        st.markdown(t("Make a demo portfolio, or load a file of your own:"))
        st.code(
            "python -m dashboard demo\npython -m dashboard load FILE --table service_record",
            language="shell",
            wrap_lines=True,
        )
    except TooManyRowsError as error:
        log.warning("%s", error)
        st.warning(t("The selection holds more rows than a page can show. Narrow the filters."))
    except Exception:
        log.exception("a page failed")
        st.error(t("This could not be shown. The cause is in the server's log."))
