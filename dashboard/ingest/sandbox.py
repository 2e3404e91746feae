"""Reading in a process of its own, within limits of memory and time.

Workbooks and Parquet are read by libraries as a whole; a file made for it takes all memory or
never ends. The process that reads them may fail; the load then is refused, nothing else.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.errors import LoadError
from dashboard.ingest.convert import MAX_MEMORY, MAX_SECONDS
from dashboard.ingest.csv_reader import CsvReader
from dashboard.ingest.reader import Form, Reader
from dashboard.ingest.unpack import Progress, check_archive, kind_of
from dashboard.settings import ROOT


@contextmanager
def opened(
    path: Path, sheet: str | None = None, progress: Progress | None = None
) -> Iterator[Reader]:
    """The reader of a file, by its content; ``sheet`` names the sheet of a workbook.

    Raises LoadError where the file is refused.
    """
    kind = kind_of(path)
    if sheet is not None and kind != "sheet":
        raise LoadError(
            "{file} is no workbook: it has no sheets.", "Leave --sheet out.", file=path.name
        )
    if kind == "text":
        yield CsvReader(path, progress)
        return
    check_archive(path)
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        written = Path(folder) / "rows"
        yield _Converted(written, _convert(path, written, sheet), progress)


class _Converted:
    """What the process read, as a ``Reader``."""

    def __init__(self, written: Path, told: dict[str, Any], progress: Progress | None) -> None:
        self._written = written
        self._progress = progress
        form = told["form"] | {"sheets": tuple(told["form"]["sheets"])}
        self.columns: tuple[str, ...] = tuple(told["columns"])
        self.form = Form(**form)

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; see ``Reader``."""
        size = self._written.stat().st_size
        with pa.OSFile(str(self._written)) as source, pa.ipc.open_stream(source) as stream:
            for batch in stream:
                if self._progress:
                    self._progress(source.tell() / size)
                yield pa.Table.from_batches([batch])


def _convert(path: Path, written: Path, sheet: str | None) -> dict[str, Any]:
    """Columns and form of the file, its rows being in ``written`` then; LoadError otherwise."""
    module = [sys.executable, "-m", "dashboard.ingest.convert"]
    arguments = [str(path.absolute()), str(written), *([sheet] if sheet else [])]
    try:
        ended = subprocess.run(  # noqa: S603 this program's own module, no shell
            [*module, *arguments],
            cwd=ROOT,
            capture_output=True,
            timeout=2 * MAX_SECONDS,
            check=False,
        )
        told: dict[str, Any] = json.loads(ended.stdout or b'{"memory": true}')
    except subprocess.TimeoutExpired:
        told = {"memory": True}
    if told.get("memory"):
        raise LoadError(
            "{file} takes more than {memory} GB of memory or {seconds} s to read.",
            "Save the table as CSV UTF-8 and load that.",
            file=path.name,
            memory=f"{MAX_MEMORY / 2**30:.0f}",
            seconds=MAX_SECONDS,
        )
    if "message" in told:
        raise LoadError.from_json(told)
    return told
