"""One load as the ledger tells it."""

from dashboard.ingest.apply import Load
from dashboard.ingest.result import LoadResult
from dashboard.ledger import Loaded


def recorded(load: Load, result: LoadResult) -> Loaded:
    """The ledger's record of a load and its counts."""
    return Loaded(
        load_id=load.load_id,
        at=load.now,
        who=load.who,
        file=load.source.file,
        sha256=load.source.sha256,
        table=load.table,
        mapping=load.source.mapping,
        read=result.read,
        inserted=result.inserted,
        updated=result.updated,
        unchanged=result.unchanged,
        refused=result.refused,
        warnings=sum(result.warnings.values()),
        seconds=load.seconds,
    )
