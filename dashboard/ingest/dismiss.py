"""Saying of refused rows that they shall never be loaded: lines of totals, rows of a test."""

from collections.abc import Collection

from dashboard import sqlfile
from dashboard.errors import LoadError
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.build import building
from dashboard.ingest.held import open_rows
from dashboard.ingest.lock import Claim
from dashboard.ledger import Event
from dashboard.settings import Settings


def dismiss(
    load_id: str,
    lines: Collection[int],
    *,
    settings: Settings,
    who: str,
    claim: Claim | None = None,
) -> int:
    """Close the open rows of a load, all or those at ``lines``, and publish a version.

    Without ``lines`` they are also those that it met again and that are held from before. Gives
    their number; ``claim`` says how long another writer is waited for. A row that is dismissed is
    known again: it stays closed where a later file has it again. Raises LoadError where the load
    is not known or has no such open row; nothing is changed then.
    """
    rows = [row for held in open_rows(settings.store, [load_id]) for row in held.rows]
    own = {row.line: row for row in rows if row.load_id == load_id}
    lacking = sorted(set(lines) - own.keys())
    if lacking or not rows:
        raise LoadError(
            "Load {load} has no open row at line {lines}."
            if lacking
            else "Load {load} has no open row.",
            "python -m dashboard quarantine --load {load} names those that are open.",
            load=load_id,
            lines=", ".join(map(str, lacking)),
        )
    chosen = [own[line] for line in lines] or rows
    with building(settings.store, settings, claim or Claim("dismiss", who)) as build:
        build.open_catalogues()
        now = wall_clock(settings)
        with build.transaction():
            changed = build.connection.execute(
                sqlfile.folder("quarantine")["dismiss"].text,
                {
                    "loads": [row.load_id for row in chosen],
                    "lines": [row.line for row in chosen],
                    "now": now,
                    "who": who,
                },
            ).fetchone()
        build.finish(demo=build.is_demo(), published_at=now, event=Event.DISMISS)
    return int(changed[0]) if changed else 0
