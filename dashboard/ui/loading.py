"""Loading in the browser: the file in hand, and the commands that look at it, try it and load it.

A command that looks or tries belongs to the session, and its answer is kept there. A load belongs
to the store: whoever opens the page sees the same one, and finds its result.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pandas as pd
import streamlit as st

from dashboard import jobs
from dashboard.i18n import Translator
from dashboard.jobs import Job, Upload
from dashboard.ui.following import Held, ask, forget, settled, store, watch

LOAD, INSPECT, TRY, ENTER = "load", "inspect", "try", "enter"

ENTERED = "entered.csv"
"""What the history calls rows that were entered on the page."""

_SECONDS = {INSPECT: 300.0, TRY: 3600.0, LOAD: 3600.0}
"""How long a command may take; reading a workbook alone takes up to 240 s."""

SOUND_NAME = re.compile(r"\w[\w .-]{0,80}")
"""Names under which a mapping can be kept."""

_IN_HAND = "_in_hand"


@dataclass(frozen=True)
class Settings:
    """How a file is to be loaded: by a mapping's content, or one that is known by name."""

    content: Mapping[str, Any]
    known: str | None
    sheet: str | None

    def key(self, upload: Upload) -> str:
        """What tells these settings for this file from all others."""
        told = [upload.sha256, upload.name, self.content, self.known, self.sheet]
        return json.dumps(told, sort_keys=True, ensure_ascii=False)


def hand_over(name: str, source: IO[bytes]) -> None:
    """Take the file that the reader hands over, in place of one before."""
    put_away()
    st.session_state[_IN_HAND] = Upload(store(), name, source)


def in_hand() -> Upload | None:
    """The file that the reader handed over in this session; None where its copy is gone."""
    upload: Upload | None = st.session_state.get(_IN_HAND)
    return upload if upload and upload.path.exists() else None


def put_away() -> None:
    """Forget the file and all that was found out about it."""
    if upload := st.session_state.pop(_IN_HAND, None):
        upload.discard()
    for slot in (INSPECT, TRY):
        forget(slot)


def inspection(t: Translator, upload: Upload, options: Mapping[str, str]) -> dict[str, Any] | None:
    """What ``inspect`` says of the file; None while it looks, with its progress drawn.

    ``options`` are ``table``, ``mapping`` and ``sheet``, where the reader chose one. Raises
    CommandError where the file or the mapping is refused.
    """
    command = [f"--{name}={value}" for name, value in options.items()]
    answer: dict[str, Any] | None = settled(
        t,
        INSPECT,
        json.dumps([upload.sha256, upload.name, dict(options)]),
        lambda: _start(INSPECT, upload, ["inspect"], command, {}),
        t("Looking at the file"),
    )
    return answer


def trial(t: Translator, upload: Upload, how: Settings, *, wanted: bool) -> dict[str, Any] | None:
    """What a load of the file by these settings would do; None until it is ``wanted``, and while
    it runs, with its progress drawn.

    Raises CommandError where it is refused.
    """
    key = how.key(upload)
    held: Held | None = st.session_state.get(TRY)
    if not wanted and (held is None or held.key != key):
        return None
    if wanted and held and held.ended:
        forget(TRY)
    answer: dict[str, Any] | None = settled(
        t,
        TRY,
        key,
        lambda: _start(TRY, upload, ["load"], ["--dry-run"], _files(how, ""), how),
        t("Trying it without loading"),
    )
    return answer


def tried(upload: Upload, how: Settings) -> bool | None:
    """Whether the file was tried by exactly these settings; None while it is being tried."""
    held: Held | None = st.session_state.get(TRY)
    if held is None or held.key != how.key(upload):
        return False
    return True if held.ended or not held.job.running else None


def tried_otherwise(upload: Upload, how: Settings) -> bool:
    """Whether something was tried in this session, by other settings."""
    held: Held | None = st.session_state.get(TRY)
    return held is not None and held.key != how.key(upload)


def begin_load(upload: Upload, how: Settings, save: str) -> None:
    """Start to load the file by these settings, and keep them as a mapping called ``save``."""
    options = [f"--save={save}"] if save else []
    _start(LOAD, upload, ["load"], options, _files(how, save), how)


def current_load() -> Job | None:
    """The load that runs, or the latest whose result nobody has put away."""
    return jobs.latest(store(), LOAD)


def loaded(job: Job) -> None:
    """The file in hand has been loaded by this job: it is put away."""
    upload = in_hand()
    if upload and upload.sha256 == job.about["sha256"]:
        put_away()


def enter(slot: str, table: str, rows: pd.DataFrame, *, whole: bool = False) -> None:
    """Begin to load rows that were entered on the page: contract columns, values as text or typed.

    They are added to the table, or as the ``whole`` table put in its place; ``entered`` tells what
    came of it.
    """
    options = ["--table", table, "--name", ENTERED, *(["--replace"] if whole else [])]
    forget(slot)
    job = jobs.start(
        store(),
        ENTER,
        lambda folder: ["load", str(folder / ENTERED), *options],
        seconds=_SECONDS[LOAD],
        files={ENTERED: rows.to_csv(index=False)},
    )
    st.session_state[slot] = Held("", job)


def entered(t: Translator, slot: str) -> dict[str, Any] | None:
    """What came of rows that were entered, told once; None while they are being loaded, with the
    progress drawn, and where none were. Raises CommandError where they were refused."""
    held: Held | None = st.session_state.get(slot)
    if held is None:
        return None
    if held.job.running:
        watch(t, held.job, t("Saving"))
        return None
    del st.session_state[slot]
    try:
        answer: dict[str, Any] = held.job.outcome()
    finally:
        held.job.forget()
    return answer


def history(version: int) -> list[dict[str, Any]]:
    """Every publication of the store, the newest first, as ``loads --json`` tells it; ``version``
    is the one that is served."""
    return _history(str(store()), version)


@st.cache_data(max_entries=10, show_spinner=False)
def _history(folder: str, version: int) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = jobs.ask(Path(folder), "loads")["history"]
    return told


def undo() -> dict[str, Any]:
    """Take back the latest publication; raises CommandError where that cannot be."""
    answer: dict[str, Any] = ask("undo")
    if job := current_load():
        job.forget()  # its result is no longer what is there
    return answer


def refused_rows(t: Translator, load_id: str) -> bytes:
    """The rows that a load refused and that are still open, as CSV, with reasons in words."""
    with TemporaryDirectory(prefix="dashboard-") as folder:
        file = Path(folder) / "rows.csv"
        ask("quarantine", "--load", load_id, "--output", str(file), "--language", t.language)
        return file.read_bytes()


def _start(
    kind: str,
    upload: Upload,
    command: list[str],
    options: list[str],
    files: Mapping[str, str],
    how: Settings | None = None,
) -> Job:
    alias = upload.path.name

    def arguments(folder: Path) -> list[str]:
        given = [*command, str(folder / alias), *options]
        if kind != INSPECT:
            given.append(f"--name={upload.name}")
        if how and how.sheet:
            given.append(f"--sheet={how.sheet}")
        if how:
            mapping = next((str(folder / name) for name in files), how.known)
            given.append(f"--mapping={mapping}")
        return given

    return jobs.start(
        store(),
        kind,
        arguments,
        seconds=_SECONDS[kind],
        files={alias: upload.path, **files},
        about={"file": upload.name, "sha256": upload.sha256, "size": upload.size},
        called={alias: upload.name},
    )


def _files(how: Settings, save: str) -> dict[str, str]:
    """The mapping as a file, named as the history of loads is to name it."""
    if how.known and not save:
        return {}
    name = save if SOUND_NAME.fullmatch(save) else how.known or "proposed"
    return {f"{name}.json": json.dumps(how.content, ensure_ascii=False)}
