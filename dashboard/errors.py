"""What can go wrong in a way that a user can mend.

Every error that may reach a user is a ``DashboardError`` with a message (what is wrong and where)
and a hint (what to do). Anything else is a defect: it is logged with its traceback, and the user
sees a plain sentence.
"""

from collections.abc import Mapping
from typing import Any, Self


class DashboardError(Exception):
    """A problem that the user can mend: ``message`` says what is wrong, ``hint`` what to do.

    Both are given as English texts with named placeholders, and ``values`` to fill them, so that
    they can be translated where they are shown: ``LoadError("{file} is empty.", "Export it
    again.", file=name)``. ``texts`` holds them unfilled.
    """

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        self.texts = (message, hint)
        self.values = values
        self.message, self.hint = (text.format(**values) if values else text for text in self.texts)
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def as_json(self) -> dict[str, Any]:
        """The texts and values in a form that JSON takes from one process to another."""
        message, hint = self.texts
        values = {name: str(value) for name, value in self.values.items()}
        return {"message": message, "hint": hint, "values": values}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The error that ``as_json`` of another process told."""
        return cls(told["message"], told["hint"], **told["values"])


class SettingsError(DashboardError):
    """A setting or an option of the command line that cannot be used."""


class StoreError(DashboardError):
    """The store is missing, unreadable or of another make."""


class StoreMissingError(StoreError):
    """Nothing has been published yet."""


class QueryError(DashboardError):
    """A query that does not exist, or was called with parameters it does not have."""


class TooManyRowsError(QueryError):
    """A query has more rows than a page can take."""


class SelectionError(DashboardError):
    """A filter set that makes no sense, such as a period that ends before it starts."""


class LoadError(DashboardError):
    """A file that is refused as a whole; nothing was written."""


class MappingError(LoadError):
    """A mapping file that cannot be used."""
