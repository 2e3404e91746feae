"""``python -m dashboard restore``: a backup becomes the next version of a store."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from dashboard.commands import proof
from dashboard.commands.options import JSON, STORE, WAIT, claim, settings_of
from dashboard.commands.proof import Comparison
from dashboard.errors import StoreError
from dashboard.ingest.archive import Manifest
from dashboard.ingest.restore import Restored, restore
from dashboard.published import SCORECARD
from dashboard.settings import Settings
from dashboard.store import Store


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Compare everything; publish nothing.")
@WAIT
@STORE
@JSON
def command(*, file: Path, check: bool, wait: float, store: Path | None, as_json: bool) -> None:
    """Publish the backup FILE as the next version of the store, after everything was compared.

    What the store holds comes back with: python -m dashboard undo. Restore only what you have made
    yourselves: a backup is not signed.
    """
    settings = settings_of(store)
    comparisons: list[Comparison] = []

    def prove(folder: Path, manifest: Manifest) -> None:
        comparisons.append(_proven(file.name, replace(settings, store=folder), manifest))

    waiting = claim(f"restore {file.name}", wait)
    if check:
        with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
            elsewhere = replace(settings, store=Path(folder) / "store")
            found = restore(file, elsewhere, waiting, prove)
    else:
        found = restore(file, settings, waiting, prove)
    (comparison,) = comparisons
    if as_json:
        click.echo(json.dumps(_plain(found, comparison, check), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_report(file.name, found, comparison, check)))


def _proven(name: str, settings: Settings, manifest: Manifest) -> Comparison:
    """The figures of a restored store beside those of the manifest.

    Raises StoreError where any differs.
    """
    found = proof.compared(manifest.figures, proof.figures(Store(settings)))
    if found.different:
        raise StoreError(
            "{file}: {n} of {of} figures are not what they were when it was made, such as"
            " {example}.",
            "Nothing was changed. It was made with release {release}: restore it with that one, or"
            " take an older backup.",
            file=name,
            n=len(found.different),
            of=len(found.different) + found.agreed,
            example=found.different[0],
            release=manifest.release,
        )
    return found


def _plain(found: Restored, comparison: Comparison, check: bool) -> dict[str, object]:
    return {
        "version": None if check else found.version,
        "base": None if check else found.base,
        "backup": {
            "version": found.manifest.version,
            "made_at": found.manifest.made_at.isoformat(),
            "made_by": found.manifest.made_by,
            "rows": dict(found.manifest.rows),
        },
        "figures_agree": comparison.agreed,
        "not_compared": list(comparison.unknown),
        "mappings": [] if check else list(found.mappings),
        "scorecard": found.scorecard and not check,
    }


def _report(name: str, found: Restored, comparison: Comparison, check: bool) -> list[str]:
    made, rows = found.manifest, sum(found.manifest.rows.values())
    lines = [
        f"{name}: version {made.version} of {made.made_at:%Y-%m-%d %H:%M}, made by {made.made_by}",
        f"  checksums and {rows:,} rows agree",
        f"  {comparison.agreed:,} figures agree",
    ]
    if comparison.unknown:
        lines.append(f"  not compared, unknown to this release: {', '.join(comparison.unknown)}")
    if check:
        return [*lines, "nothing was published (check)"]
    if found.mappings:
        lines.append(f"  mappings added: {', '.join(found.mappings)}")
    if SCORECARD in made.files:
        kept = "added" if found.scorecard else "kept as they are here"
        lines.append(f"  weights and goals of the scorecard: {kept}")
    undo = f"; undo brings back version {found.base}" if found.base else ""
    return [*lines, f"published as version {found.version}{undo}"]
