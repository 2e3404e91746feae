"""``python -m dashboard findings``: what changed and what stands out, in sentences."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pandas as pd

from dashboard.access import LOCAL_ADMINISTRATOR, Scope, resolve
from dashboard.codes import CODES
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection
from dashboard.findings import Finding, Report, examine, words
from dashboard.i18n import Translator, translator
from dashboard.selection import Comparison
from dashboard.settings import LANGUAGES
from dashboard.store import Store

_CODE_SETS = {"target_tier": "tier"}


@click.command("findings")
@click.option(
    "--compare",
    type=click.Choice([str(each) for each in Comparison]),
    default=str(Comparison.PREVIOUS),
    show_default=True,
    help="The period to compare with.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@selecting
@STORE
@JSON
def command(compare: str, language: str, store: Path | None, as_json: bool, **filters: Any) -> None:
    """Print what changed and what stands out, the most important first, with the evidence."""
    chosen, opened = selection(**filters), open_store(store)
    scope, t = resolve(LOCAL_ADMINISTRATOR), translator(language)
    report = examine(opened, scope, chosen, chosen.compared(Comparison(compare)))
    name = names(opened, scope, t)
    if as_json:
        told = {
            "changes": [_plain(t, each, name) for each in report.changes],
            "standing": [_plain(t, each, name) for each in report.standing],
            "examined": dict(report.examined),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
        return
    click.echo("\n".join(_lines(t, report, name)))


def names(store: Store, scope: Scope, t: Translator) -> words.Name:
    """The names of keys in the reader's language."""
    labels: dict[tuple[str, str], str] = {}
    for row in store.run("filter_options", scope).to_dict("records"):
        english = t.language != "zh_CN" and not pd.isna(row["label_en"])
        label = row["label_en"] if english else row["label"]
        labels[row["filter"], row["value"]] = row["value"] if pd.isna(label) else label

    def name(dimension: str, key: str) -> str:
        code_set = _CODE_SETS.get(dimension, dimension)
        if (dimension, key) in labels:
            return labels[dimension, key]
        return t.label(code_set, key) if code_set in CODES or not key else key

    return name


def _lines(t: Translator, report: Report, name: words.Name) -> list[str]:
    lines = [t("What changed, and is it real?"), words.examined(t, report), ""]
    if not report.changes:
        lines.append(words.nothing(t, report))
    for title, found in (("", report.changes), (t("What stands out"), report.standing)):
        lines += ["", title, ""] if title and found else []
        for place, each in enumerate(found, 1):
            lines += [
                f"{place}. {words.title(t, each, name)}",
                f"   {words.evidence(t, each, name)}",
            ]
    return lines


def _plain(t: Translator, finding: Finding, name: words.Name) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "metric": finding.metric,
        "where": dict(finding.where),
        "months": list(finding.months),
        "verdict": finding.verdict,
        "before": finding.before.value,
        "after": finding.after.value,
        "difference": asdict(finding.difference),
        "importance": finding.importance,
        "title": words.title(t, finding, name),
        "evidence": words.evidence(t, finding, name),
        "also": [{"metric": each.metric, "where": dict(each.where)} for each in finding.also],
    }
