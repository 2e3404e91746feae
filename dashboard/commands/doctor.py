"""``python -m dashboard doctor``: is the store sound, and what is to be done where it is not."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dashboard.commands.options import JSON, STORE, store_folder
from dashboard.errors import SettingsError, Told
from dashboard.i18n import N_
from dashboard.ingest import doctor, surroundings
from dashboard.ingest.doctor import Check, Grade
from dashboard.scorecard import in_force


@click.command("doctor")
@STORE
@JSON
def command(store: Path | None, as_json: bool) -> None:
    """Check the store, its ledger and versions, and what is around it; change nothing.

    Ends with exit code 1 where there is a problem.
    """
    checks = _checks(store_folder(store))
    if as_json:
        click.echo(json.dumps([each.as_json() for each in checks], ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(line for each in checks for line in _lines(each)))
    if any(each.grade is Grade.PROBLEM for each in checks):
        sys.exit(1)


def _checks(folder: Path) -> list[Check]:
    if not folder.is_dir():
        says = N_("There is no folder {folder}.")
        do = N_("Name the folder of the store, or load a file.")
        return [doctor.problem("current", Told(says, do, folder=folder))]
    return [
        *_readable(doctor.examined(folder)),
        *_readable(surroundings.examined(folder)),
        _scorecard(folder),
    ]


def _scorecard(folder: Path) -> Check:
    """Whether the weights and goals of the scorecard can be used."""
    try:
        in_force(folder)
    except SettingsError as error:
        do = N_("Mend {file} in the folder of the store, or remove it: then the original holds.")
        return doctor.problem("scorecard", Told(error.texts[0], do, **error.values))
    return doctor.ok("scorecard", Told("Weights and goals of the scorecard can be used."))


def _readable(checks: Iterator[Check]) -> Iterator[Check]:
    try:
        yield from checks
    except OSError as error:
        says = N_("The store cannot be examined: {error}.")
        do = N_("Run this as the account that loads.")
        yield doctor.problem("folder", Told(says, do, error=error))


def _lines(check: Check) -> list[str]:
    says, do = check.told.message, check.told.hint
    mend = [f"{'':<22}-> {do}"] if do else []
    return [f"{check.grade:<8}  {check.name:<11} {says}", *mend]
