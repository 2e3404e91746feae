"""Commands that a session starts, followed to their end, and what they answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import jobs
from dashboard.i18n import Translator
from dashboard.jobs import CommandError, Job
from dashboard.ui import data

_LOOK_EVERY = 0.5


@dataclass
class Held:
    """A command of this session and, when it has ended, its answer or error."""

    key: str
    job: Job
    ended: bool = False
    answer: Any = None
    error: CommandError | None = None


def company_zone() -> str:
    """The company's time zone."""
    return data.settings().time_zone


def began(job: Job) -> datetime:
    """When a job was started, by the company's wall clock."""
    return job.started_at.astimezone(ZoneInfo(company_zone())).replace(tzinfo=None)


def settled(t: Translator, slot: str, key: str, begin: Callable[[], Job], doing: str) -> Any:
    """The answer of the session's command in a slot, begun where the key is new; None while it
    runs, with its progress drawn. Raises CommandError where it refused."""
    held: Held | None = st.session_state.get(slot)
    if held is None or held.key != key:
        forget(slot)
        held = st.session_state[slot] = Held(key, begin())
    if not held.ended:
        if held.job.running:
            watch(t, held.job, doing)
            return None
        try:
            held.answer = held.job.outcome()
        except CommandError as error:
            held.error = error
        held.ended = True
        held.job.forget()
    if held.error:
        raise held.error
    return held.answer


def forget(slot: str) -> None:
    """Forget a command of this session; it is ended where it still runs."""
    held: Held | None = st.session_state.pop(slot, None)
    if held and not held.ended:
        held.job.cancel()
        held.job.forget()


@st.fragment(run_every=_LOOK_EVERY)
def watch(t: Translator, job: Job, doing: str) -> None:
    """The progress of a job, with a button to cancel it; the page is drawn anew when it has ended.

    The script does not wait: what a reader saw before would stand there until then.
    """
    if not job.running:
        st.rerun()
    now = job.progress()
    with st.container(border=True):
        st.progress(now.share, f"{doing}: {_doing(t, now.doing)}")
        key = f"stop-{job.folder.name}"
        st.button(t("Cancel"), on_click=job.cancel, icon=":material/cancel:", key=key)


def ask(*command: str) -> Any:
    """The answer of a command on the store that is over at once; raises CommandError."""
    return jobs.ask(store(), *command)


def job_of(kind: str, *command: str) -> Job:
    """Start a command on the store that reads no file; its result is found again by its kind."""
    return jobs.start(store(), kind, lambda _folder: command, seconds=600.0)


def latest(kind: str) -> Job | None:
    """The latest job of a kind."""
    return jobs.latest(store(), kind)


def store() -> Path:
    """The folder of the store, of which the first asks after a crash clears what it left."""
    folder = data.settings().store
    _cleared(str(folder))
    return folder


@st.cache_resource
def _cleared(folder: str) -> None:
    """Once in the life of a server: what a crash left of uploads and jobs goes."""
    jobs.clear(Path(folder), starting=True)


def _doing(t: Translator, step: str) -> str:
    return {
        "starting": t("starting"),
        "reading": t("reading"),
        "checking": t("checking"),
        "publishing": t("publishing"),
        "published": t("published"),
    }.get(step, step)
