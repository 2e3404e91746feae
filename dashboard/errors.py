"""What can go wrong in a way that a user can mend.

Every error that may reach a user is a ``DashboardError`` with a message (what is wrong and where)
and a hint (what to do). Anything else is a defect: it is logged with its traceback, and the user
sees a plain sentence.
"""

from collections.abc import Mapping
from typing import Any, Self


class Said:
    """A text that is a value of another, such as the cause within an error's message.

    English with named placeholders; it is filled, and translated, together with the text around it.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return self.text.format(**self.values)


class Told:
    """What is said to a user: ``message`` says what is wrong, ``hint`` what to do.

    Both are given as English texts with named placeholders, and ``values`` to fill them, so that
    they can be translated where they are shown: ``LoadError("{file} is empty.", "Export it
    again.", file=name)``. A value may be ``Said``; a brace of a text's own is written twice.
    ``texts`` holds them unfilled.
    """

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        self.texts = (message, hint)
        self.values = values
        self.message, self.hint = (text.format(**values) for text in self.texts)

    def as_json(self) -> dict[str, Any]:
        """The texts and values in a form that JSON takes from one process to another."""
        message, hint = self.texts
        return {"message": message, "hint": hint, "values": _as_json(self.values)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What ``as_json`` of another process told."""
        return cls(told["message"], told["hint"], **_from_json(told["values"]))


class DashboardError(Told, Exception):
    """A problem that the user can mend."""

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        Told.__init__(self, message, hint, **values)
        Exception.__init__(self, self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


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


def _as_json(values: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: {"text": value.text, "values": _as_json(value.values)}
        if isinstance(value, Said)
        else str(value)
        for name, value in values.items()
    }


def _from_json(values: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: value
        if isinstance(value, str)
        else Said(value["text"], **_from_json(value["values"]))
        for name, value in values.items()
    }
