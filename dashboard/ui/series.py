"""Measures as the data frames that charts draw."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from dashboard import measures
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.ui import words
from dashboard.ui.context import Page, month_bounds


def points(
    page: Page,
    metric: str,
    groups: Mapping[str, Mapping[str, Measure]],
    names: Mapping[str, str],
    *,
    suppress: bool = False,
) -> pd.DataFrame:
    """One row per group that has the metric: key, label, value, low, high, n, hover.

    ``names`` gives label and order; with ``suppress`` groups with n below 5 keep no value.
    """
    rows = []
    for key, label in names.items():
        measure = groups.get(key, {}).get(metric)
        if measure is None:
            continue
        hidden = suppress and measures.suppressed(measure)
        if hidden or measure.value is None:
            continue
        rows.append(
            {
                "key": key,
                "label": label,
                "value": measure.value,
                "low": measure.low,
                "high": measure.high,
                "n": measure.n,
                "hover": words.hover(page.t, METRICS[metric], label, measure),
            }
        )
    columns = ["key", "label", "value", "low", "high", "n", "hover"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype(dict.fromkeys(("value", "low", "high"), float))


def gapless(data: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """``points`` in order of time, with a row of n = 0 and no value where one is missing between.

    ``names`` are the labels of all periods.
    """
    keys = list(names)
    if data.empty:
        return data
    first, last = keys.index(data["key"].iloc[0]), keys.index(data["key"].iloc[-1])
    shown = keys[first : last + 1]
    found = data.set_index("key").reindex(shown).rename_axis("key").reset_index()
    return found.assign(
        label=[names[each] for each in shown],
        n=found["n"].fillna(0).astype(int),
        hover=found["hover"].fillna(""),
    )


def ends(page: Page, metric: str, data: pd.DataFrame) -> dict[str, str]:
    """First and last value of ``points`` in words, and where they stand: for a text alternative."""
    (first, start), (last, end) = (
        (words.value(page.t, METRICS[metric], row["value"]), str(row["label"]))
        for row in (data.iloc[0], data.iloc[-1])
    )
    return {"first": first, "start": start, "last": last, "end": end}


def months(page: Page, keys: Iterable[str]) -> dict[str, str]:
    """Month key → its name, in order, with the months between that have no key."""
    known = sorted(key for key in keys if key)
    if not known:
        return {}
    first, last = (int(key[:4]) * 12 + int(key[5:]) - 1 for key in (known[0], known[-1]))
    firsts = [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]
    return {f"{day:%Y-%m}": page.t.month(day) for day in firsts}


def time_ticks(page: Page, keys: Iterable[str]) -> dict[int, str]:
    """Place on an axis over these months → its name; of many months, some are named."""
    return page.t.time_ticks([month_bounds(key)[0] for key in keys])


def incomplete(page: Page, keys: Sequence[str]) -> bool:
    """Whether the last of the months has not ended at the as-of time or within the selection."""
    if not keys or page.info.as_of is None:
        return False
    end = month_bounds(keys[-1])[1]
    return end > min(page.info.as_of.date(), page.selection.date_to)


def whole(page: Page, unit: str, first: date, last: date) -> bool:
    """Whether days are all of a ``month`` or ``week``, and over at the as-of time."""
    after = last + timedelta(days=1)
    if unit == "week":
        complete = first.weekday() == after.weekday() == 0 and (after - first).days == 7
    else:
        complete = first.day == after.day == 1
    return complete and (page.info.as_of is None or last <= page.info.as_of.date())


def shares(
    page: Page,
    parts: Mapping[str, Mapping[str, float]],
    names: Mapping[str, str],
    part_names: Mapping[str, str],
) -> pd.DataFrame:
    """Counts of parts per group as shares of the group, one row per group and part.

    Columns: label, key, part, part_label, share (percent), count, total (of the group), hover and
    text (the share, short).
    """
    rows = []
    for key, label in names.items():
        counts = parts.get(key, {})
        total = sum(counts.get(part, 0) for part in part_names)
        for part, part_name in part_names.items():
            if total:
                share = 100 * counts.get(part, 0) / total
                rows.append(
                    (
                        label,
                        key,
                        part,
                        part_name,
                        share,
                        counts.get(part, 0),
                        total,
                        _share_text(page, label, part_name, counts.get(part, 0), total),
                        page.t("{n} %", n=page.t.number(share)),
                    )
                )
    columns = ["label", "key", "part", "part_label", "share", "count", "total", "hover", "text"]
    return pd.DataFrame(rows, columns=columns)


def _share_text(page: Page, label: str, part: str, count: float, total: float) -> str:
    t = page.t
    return t(
        "{label}, {part}: {share} % ({count} of {total})",
        label=label,
        part=part,
        share=t.number(100 * count / total, 1),
        count=t.number(count),
        total=t.number(total),
    )


def side_by_side(page: Page, names: Mapping[str, str]) -> pd.DataFrame:
    """Metric → label: one row each over the whole selection, as ``charts.intervals`` asks."""
    whole = page.total(names)
    rows = [points(page, metric, {metric: whole}, {metric: name}) for metric, name in names.items()]
    return pd.concat(rows, ignore_index=True)


def columns(page: Page, group: str, value: str) -> dict[str, str]:
    """The columns of ``points`` that an export has, with their titles."""
    t = page.t
    return {
        "label": group,
        "value": value,
        "low": t("95 % interval, from"),
        "high": t("95 % interval, to"),
        "n": t("n"),
    }


def share_columns(page: Page, group: str, share: str) -> dict[str, str]:
    """The columns of ``shares`` that an export has, with their titles."""
    t = page.t
    return {
        "label": group,
        "part_label": t("Part"),
        "share": share,
        "count": t("Count"),
        "total": t("Of"),
    }
