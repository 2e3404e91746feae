"""The process in which workbooks and Parquet are read: ``python -m dashboard.ingest.convert``.

Its arguments are the file, the file to write the rows to, and the sheet or nothing. It writes one
line of JSON to standard output: columns and form, or the error by which it refuses.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

MAX_MEMORY = 2**30
"""Bytes that the reading of one file may take."""

MAX_SECONDS = 120
MAX_WRITTEN = 8 * 2**30


def main() -> None:
    """Read a file within the limits, and tell what came of it."""
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, written, *sheet = sys.argv[1:]
    sys.stdout.write(json.dumps(_converted(Path(path), written, sheet[0] if sheet else None)))


def _converted(path: Path, written: str, sheet: str | None) -> dict[str, object]:
    # Within the limits from the first import on.
    from dashboard.errors import LoadError  # noqa: PLC0415

    try:
        return _read(path, written, sheet)
    except LoadError as error:
        return error.as_json()
    except MemoryError:
        return {"memory": True}
    except BaseException as error:  # noqa: BLE001 a panic of the library is no Exception
        said = str(error).splitlines() or [type(error).__name__]
        refused = LoadError(
            "{file} cannot be read: {error}.", "Save it anew.", file=path.name, error=said[0]
        )
        return refused.as_json()


def _read(path: Path, written: str, sheet: str | None) -> dict[str, object]:
    import pyarrow as pa  # noqa: PLC0415

    from dashboard.ingest.parquet_reader import ParquetReader  # noqa: PLC0415
    from dashboard.ingest.reader import as_table  # noqa: PLC0415
    from dashboard.ingest.sheet_reader import SheetReader  # noqa: PLC0415
    from dashboard.ingest.unpack import kind_of  # noqa: PLC0415

    reader = ParquetReader(path) if kind_of(path) == "parquet" else SheetReader(path, sheet)
    schema = as_table(len(reader.columns), []).schema
    with pa.OSFile(written, "wb") as sink, pa.ipc.new_stream(sink, schema) as stream:
        for batch in reader.batches():
            stream.write_table(batch)
    return {"columns": reader.columns, "form": asdict(reader.form)}


if __name__ == "__main__":
    main()
