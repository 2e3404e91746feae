"""What explains an exported table: the selection, how current it is, what every metric means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dashboard import definitions
from dashboard.exports.table import Table
from dashboard.i18n import Translator
from dashboard.scorecard import Scheme


@dataclass(frozen=True)
class About:
    """A sheet of explanations: its name, and cells of text row by row."""

    sheet: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Source:
    """Where rows come from, in the reader's language, empty where it does not apply.

    ``counted`` says how many records and surveys the selection holds, ``shown`` what the rows are
    of beyond the filters: a person, a project, a part of a figure.
    """

    period: str
    filters: str
    shown: str
    counted: tuple[str, ...]
    as_of: str
    note: str
    demo: bool


def about(
    t: Translator,
    table: Table,
    source: Source,
    metrics: Iterable[str],
    made_at: datetime,
    weighing: Scheme | None = None,
) -> About:
    """The sheet that explains ``table``, with the definitions of ``metrics``.

    ``weighing`` is the scheme of the scorecard that is in force, where the table shows it.
    """
    facts = (
        (t("Title"), table.title),
        (t("Period"), source.period),
        (t("Filters"), source.filters or t("None")),
        (t("What is shown"), source.shown),
        (t("In the selection"), " · ".join(source.counted)),
        (t("As of"), source.as_of),
        (t("Rows"), t.number(len(table.frame))),
        (t("Note"), source.note),
        (t("Demo data"), t("These records are invented.") if source.demo else ""),
        (t("Made at"), t.time(made_at)),
    )
    lines: list[tuple[str, ...]] = [fact for fact in facts if fact[1]]
    for metric in metrics:
        entry = definitions.entry(t, metric, weighing)
        lines += [(), (entry.name, entry.formula)]
        lines += [("", fact) for fact in definitions.facts(t, entry)]
    return About(t("About"), tuple(lines))
