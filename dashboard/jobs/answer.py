"""What a command prints: its answer as JSON, or why it refused."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.errors import DashboardError
from dashboard.i18n import N_

_FAILED = N_("This failed, and nothing was changed.")
_TOO_LONG = N_("This took too long and was ended; nothing was changed.")
_ON_COMMAND_LINE = N_("Start it on the command line, which has no limit of time.")
_SEE_LOG = N_("The cause is in the server's log.")


class CommandError(DashboardError):
    """What a command refused to do, in its own words."""


def too_long() -> CommandError:
    """The error of a command that was ended because it took too long."""
    return CommandError(_TOO_LONG, _ON_COMMAND_LINE)


def parsed(printed: bytes) -> Any:
    """The JSON that was printed: the whole, or the last line that is some; None where none is."""
    text = printed.decode(errors="replace").strip()
    for each in (text, text.rpartition("\n")[2]):
        try:
            found = json.loads(each)
        except ValueError:
            continue
        if isinstance(found, dict | list):
            return found
    return None


def settled(answer: Any, named: Callable[[str], str] = str) -> Any:
    """The answer of a command; raises CommandError where it is an error.

    ``named`` puts the names that a reader gave files in place of those on disk.
    """
    if answer is None:
        raise CommandError(_FAILED, _SEE_LOG)
    if isinstance(answer, dict) and "error" in answer:
        raise CommandError.from_json(_renamed(answer["error"], named))
    return answer


def _renamed(value: Any, named: Callable[[str], str]) -> Any:
    match value:
        case str():
            return named(value)
        case Mapping():
            return {name: _renamed(each, named) for name, each in value.items()}
    return value
