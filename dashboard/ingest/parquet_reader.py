"""Reading Parquet; runs in a process of its own (see ``sandbox``)."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.errors import LoadError
from dashboard.ingest.reader import Form, as_table
from dashboard.ingest.rows import Row
from dashboard.ingest.shape import unlike
from dashboard.ingest.sheet_reader import csv_text

BATCH_ROWS = 5_000


class ParquetReader:
    """A Parquet file, as a ``Reader``; every value as text, times as ISO writes them.

    Raises LoadError where the file cannot be read or two columns have the same name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path, error) from error
        self._columns = unlike(path.name, list(self._file.schema_arrow.names))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._columns

    @property
    def form(self) -> Form:
        """How the file is written: it has no header row."""
        return Form()

    def batches(self) -> Iterator[pa.Table]:
        """The rows in batches; ``line`` is the number of the row plus 1, as in a sheet."""
        line = 2
        try:
            for batch in self._file.iter_batches(BATCH_ROWS):
                texts = [_texts(column) for column in batch.columns]
                rows = [list(row) for row in zip(*texts, strict=True)]
                yield as_table(
                    len(self._columns),
                    [Row(n, csv_text(row), row, None) for n, row in enumerate(rows, start=line)],
                )
                line += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise _damaged(self._path, error) from error


def _texts(column: pa.Array) -> list[str]:
    try:
        texts = pc.cast(column, pa.string()).to_pylist()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        # Lists, structures and bytes have no text of their own.
        texts = [None if value is None else str(value) for value in column.to_pylist()]
    return ["" if text is None else text for text in texts]


def _damaged(path: Path, error: Exception) -> LoadError:
    cause = str(error).splitlines()[0].rstrip(".")
    return LoadError(
        "{file} cannot be read as Parquet: {error}.",
        "Export it again.",
        file=path.name,
        error=cause,
    )
