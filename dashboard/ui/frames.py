"""The data frames of single charts: a page query or measures, with labels and hover texts."""

from collections.abc import Mapping

import pandas as pd

from dashboard import measures, quality
from dashboard.i18n import MISSING
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.ui import series, words
from dashboard.ui.context import Page

Axis = list[tuple[str, str]]
"""(key, label) of the rows or columns of a heatmap, in order."""

HEATMAP_PROJECTS = 40
HEATMAP_CATEGORIES = 16
PARETO_GROUPS = 16
STAFF_METRICS = ("record_count", "complaint_count", "standard_rate", "csat")


def project_category(page: Page) -> tuple[pd.DataFrame, Axis, Axis, str]:
    """Complaints by project and category, both ordered by their total.

    Returns cells, rows, columns and a note on what was left out.
    """
    counts = page.rows("complaint_project_category")
    cells = pd.DataFrame(
        {"row": counts["project_id"], "column": counts["category"], "count": counts["count"]}
    )
    rows = _by_total(cells, "row", {key: page.name("project", key) for key in set(cells["row"])})
    columns = _by_total(
        cells, "column", {key: page.name("category", key) for key in set(cells["column"])}
    )
    return (
        _cells_in_words(page, cells, dict(rows), dict(columns)),
        rows[:HEATMAP_PROJECTS],
        columns[:HEATMAP_CATEGORIES],
        " ".join(
            filter(
                None,
                (
                    left_out(page, page.t("Project"), HEATMAP_PROJECTS, len(rows)),
                    left_out(page, page.t("Category"), HEATMAP_CATEGORIES, len(columns)),
                ),
            )
        ),
    )


def weekday_hour(page: Page) -> tuple[pd.DataFrame, Axis, Axis]:
    """Complaints by weekday and hour of the day; cells, rows, columns."""
    counts = page.rows("complaint_weekday_hour")
    cells = pd.DataFrame(
        {
            "row": counts["weekday"].astype(str),
            "column": counts["hour"].astype(str),
            "count": counts["count"],
        }
    )
    rows = [(str(index + 1), name) for index, name in enumerate(page.t.weekdays())]
    columns = [(str(hour), str(hour)) for hour in range(24)]
    spoken = {key: page.t("{hour}:00", hour=key) for key, _ in columns}
    return _cells_in_words(page, cells, dict(rows), spoken), rows, columns


def tier_matrix(page: Page) -> tuple[pd.DataFrame, Axis, Axis]:
    """Records by target and delivered tier; cells, rows, columns."""
    matrix: Mapping[str, Mapping[str, int]] = page.total(("tier_matrix",))["tier_matrix"].parts
    targets, delivered = page.codes("tier"), page.codes("tier_delivered")
    cells = pd.DataFrame(
        [
            (target, tier, count)
            for target, counts in matrix.items()
            for tier, count in counts.items()
            if count
        ],
        columns=["row", "column", "count"],
    )
    rows = [(code, targets[code]) for code in reversed(targets)]
    return _cells_in_words(page, cells, targets, delivered), rows, list(delivered.items())


def quality_checks(page: Page) -> pd.DataFrame:
    """The checks on the selection that found something: table, what is wrong, rows, of, share."""
    t = page.t
    found = page.rows("data_quality")
    found = found[found["rows"] > 0]
    return pd.DataFrame(
        {
            t("Table"): [t(quality.TABLES[each]) for each in found["table_name"]],
            t("What is wrong"): [t(quality.CHECKS[each]) for each in found["check"]],
            t("Rows"): found["rows"],
            t("Of"): found["of"],
            t("Share (%)"): (100 * found["rows"] / found["of"]).astype("Float64").round(1),
        }
    )


def load_problems(page: Page) -> pd.DataFrame:
    """What each load refused, warned of or found missing, the latest load first."""
    t = page.t
    loads = page.rows_of_store("load_history")
    problems = page.rows_of_store("load_problems")
    names = words.column_names(t)
    found = problems.merge(loads[["load_id", "loaded_at", "file_name"]], on="load_id", how="left")
    return pd.DataFrame(
        {
            t("Loaded"): found["loaded_at"],
            t("File"): found["file_name"],
            t("Severity"): [t(quality.SEVERITIES[each]) for each in found["severity"]],
            t("Column"): [names.get(each, each) for each in found["column_name"]],
            t("Rule"): [t(quality.RULES[each]) for each in found["rule"]],
            t("Rows"): found["rows"],
            t("Share (%)"): (100 * found["rows"] / found["of"]).round(1),
        }
    )


def unregistered(page: Page, limit: int) -> pd.DataFrame:
    """Names that records use and no file has described yet."""
    t = page.t
    found = page.rows_of_store("unregistered", limit=limit)
    return pd.DataFrame(
        {
            t("Table"): [t(quality.TABLES[each]) for each in found["table_name"]],
            t("Name"): found["id"],
        }
    )


def left_out(page: Page, what: str, limit: int, known: int) -> str:
    """Says that only the first of many groups are drawn; empty where all are."""
    if known <= limit:
        return ""
    return page.t("{what}: {shown} of {known} shown.", what=what, shown=limit, known=known)


def pareto(page: Page, metric: str, group: str) -> tuple[pd.DataFrame, str]:
    """A count per group from most to least with the cumulative share, as ``charts.pareto`` asks.

    The cumulative share is of all groups, also of those that are left out and noted.
    """
    t = page.t
    counts = {
        key: each[metric].n for key, each in page.by(group, (metric,)).items() if each[metric].n
    }
    total = sum(counts.values())
    rows, running = [], 0
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        running += count
        label = page.name(group, key)
        text = t(
            "{label}: {count} ({share} % of all)",
            label=label,
            count=t.number(count),
            share=t.number(100 * count / total, 1),
        )
        rows.append((label, key, count, 100 * running / total, text))
    frame = pd.DataFrame(rows, columns=["label", "key", "count", "cumulative", "hover"])
    return frame.head(PARETO_GROUPS), left_out(
        page, words.group_names(t)[group], PARETO_GROUPS, len(frame)
    )


def side_by_side(page: Page, names: Mapping[str, str]) -> pd.DataFrame:
    """Metric → label: one row each over the whole selection, as ``charts.intervals`` asks."""
    whole = page.total(names)
    rows = [
        series.points(page, metric, {metric: whole}, {metric: name})
        for metric, name in names.items()
    ]
    return pd.concat(rows, ignore_index=True)


def servqual(page: Page) -> pd.DataFrame:
    """Expectation and perception per dimension, the widest gap first, as ``charts.gaps`` asks."""
    t = page.t
    data = page.rows("servqual")
    data = data.assign(
        key=data["dimension"],
        label=[t.label("dimension", each) for each in data["dimension"]],
        gap=data["perception"] - data["expectation"],
    ).sort_values("gap", kind="stable")
    data["hover"] = [
        t(
            "{label}: expected {expectation}, perceived {perception}, gap {gap} (n = {n})",
            label=row["label"],
            expectation=t.number(row["expectation"], 2),
            perception=t.number(row["perception"], 2),
            gap=t.signed(row["gap"], 2),
            n=t.number(row["n"]),
        )
        for row in data.to_dict("records")
    ]
    return data.reset_index(drop=True)


def tiers_by_project(page: Page, tiers: Mapping[str, str], limit: int) -> tuple[pd.DataFrame, str]:
    """Delivered tiers of the projects with the largest share below basic, and a note.

    Projects with fewer than 5 graded records are left out.
    """
    t = page.t
    groups = page.by("project", ("tier_share",))
    counts = {
        key: each["tier_share"].parts
        for key, each in groups.items()
        if not measures.suppressed(each["tier_share"])
    }
    worst = sorted(counts, key=lambda key: (-_share(counts[key], "below"), key))[:limit]
    names = {key: page.name("project", key) for key in worst}
    return series.shares(page, counts, names, tiers), left_out(
        page, t("Project"), limit, len(counts)
    )


def staff_names(page: Page) -> dict[str, str]:
    """Staff id → name; two people of one name are told apart by their ids."""
    people = page.rows_of_store("staff_names")
    shared = people["staff_name"].duplicated(keep=False)
    return {
        key: f"{name} ({key})" if twice else name
        for key, name, twice in zip(people["staff_id"], people["staff_name"], shared, strict=True)
    }


def staff_table(page: Page, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per person with a record: key, then the columns of the table, in words."""
    t = page.t
    groups = {key: each for key, each in page.by("staff", STAFF_METRICS).items() if key}
    people = page.rows_of_store("staff_names").set_index("staff_id")
    rows = []
    for key, each in sorted(groups.items(), key=lambda item: -_count(item[1])):
        person = people.loc[key] if key in people.index else None
        rows.append(
            {
                "key": key,
                t("Name"): names.get(key, key),
                t("Team"): person["team"] if person is not None else None,
                t("Position"): person["position"] if person is not None else None,
                t("Records"): _count(each),
                t("Complaints"): each["complaint_count"].n if "complaint_count" in each else 0,
                **{
                    t(METRICS[metric].name): _shown(page, each.get(metric))
                    for metric in ("standard_rate", "csat")
                },
            }
        )
    return pd.DataFrame(rows)


def _count(measured: Mapping[str, Measure]) -> int:
    return measured["record_count"].n if "record_count" in measured else 0


def _shown(page: Page, measure: Measure | None) -> str:
    """A value with its n, or why it is not shown."""
    t = page.t
    if measure is None or measure.n == 0:
        return MISSING
    if measures.suppressed(measure):
        return t("n<5")
    metric = METRICS[measure.metric]
    shown = words.value(t, metric, measure.value)
    if measure.low is None or measure.high is None:
        return t("{value} (n = {n})", value=shown, n=t.number(measure.n))
    return t(
        "{value} ({low} – {high}, n = {n})",
        value=shown,
        low=t.number(measure.low, metric.decimals),
        high=t.number(measure.high, metric.decimals),
        n=t.number(measure.n),
    )


def _share(counts: Mapping[str, float], part: str) -> float:
    total = sum(counts.values())
    return counts[part] / total if total else 0.0


def _by_total(cells: pd.DataFrame, side: str, labels: Mapping[str, str]) -> Axis:
    totals = cells.groupby(side)["count"].sum()
    order = sorted(totals.index, key=lambda key: (-totals[key], key))
    return [(key, labels[key]) for key in order]


def _cells_in_words(
    page: Page, cells: pd.DataFrame, rows: Mapping[str, str], columns: Mapping[str, str]
) -> pd.DataFrame:
    t = page.t
    return cells.assign(
        hover=[
            t(
                "{row}, {column}: {count}",
                row=rows.get(row, row),
                column=columns.get(column, column),
                count=t.number(count),
            )
            for row, column, count in zip(
                cells["row"], cells["column"], cells["count"], strict=True
            )
        ]
    )
