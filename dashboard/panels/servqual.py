"""Panels of the five SERVQUAL dimensions: what customers expect and get, and what drives them."""

from collections.abc import Mapping

import pandas as pd

from dashboard import charts, estimators, measures, stats, ui
from dashboard.codes import CODES
from dashboard.estimators import DRIVERS_NEED
from dashboard.measures import Measure
from dashboard.metrics import METRICS
from dashboard.ui import Page, words

GAPS = {dimension: f"gap_{dimension}" for dimension in CODES["dimension"]}


def gaps(page: Page) -> None:
    """Expectation and perception in the five dimensions, the widest gap first."""
    t = page.t
    data = _gaps(page)
    figure = None
    if len(data):
        figure = charts.gaps(
            data,
            axis=t("Mean rating, 1 to 5"),
            texts={"perception": t("Perceived"), "expectation": t("Expected")},
        )
    missed = _missed_most(data)
    ui.chart(
        page,
        figure,
        title=t("{dimension} is what customers miss most", dimension=missed)
        if missed
        else t("What customers expect, and what they get"),
        note=t("The gap is perception minus expectation; the widest first."),
        alt=t("Expectation and perception of the five SERVQUAL dimensions"),
        metric=tuple(GAPS.values()),
        empty=page.reason("gap_index"),
        drill=lambda key: page.drill(GAPS[key]),
        data=data,
        columns=gap_columns(page, t("Dimension")),
    )


def gap_columns(page: Page, label: str) -> dict[str, str]:
    """The columns of expectation, perception and gap that an export has, with their titles."""
    t = page.t
    return {
        "label": label,
        "expectation": t("Expected"),
        "perception": t("Perceived"),
        "value": t("Gap"),
        "low": t("95 % interval, from"),
        "high": t("95 % interval, to"),
        "n": t("n"),
    }


def drivers(page: Page) -> None:
    """Importance of the five dimensions over how well they are done."""
    t = page.t
    measure = page.total(("drivers",))["drivers"]
    found = estimators.drivers(measure.parts)
    data = _drivers(page, measure, found)
    figure = None
    if len(data):
        figure = charts.driver_map(
            data,
            axes=(t("Mean perception, 1 to 5"), t("Share of what is explained (%)")),
            fields={
                "act": t("Act here"),
                "keep": t("Keep it up"),
                "low": t("Less urgent"),
                "over": t("No need for more"),
            },
        )
    urgent = _urgent(page, data, found)
    ui.chart(
        page,
        figure,
        title=t("Act on {dimensions}: important, and done less well", dimensions=urgent)
        if urgent
        else t("What drives satisfaction, and how well is it done?"),
        note=_explained(page, found),
        alt=t("Importance of the five SERVQUAL dimensions over their mean perception"),
        metric="drivers",
        empty=_too_few(page, measure),
        link=page.drill("drivers"),
        drill=lambda _: page.drill("drivers"),
        data=data,
        columns={
            "label": t("Dimension"),
            "performance": t("Mean perception, 1 to 5"),
            "importance": t("Share of what is explained (%)"),
            "n": t("n"),
        },
    )


def _gaps(page: Page) -> pd.DataFrame:
    """One row per dimension as ``charts.gaps`` asks, with value, low and high of the gap."""
    t = page.t
    found = page.total(GAPS.values())
    data = page.rows("servqual", by=None)
    gap = [found[GAPS[each]] for each in data["dimension"]]
    data = data.assign(
        key=data["dimension"],
        label=[t.label("dimension", each) for each in data["dimension"]],
        value=pd.Series([each.value for each in gap], dtype=float),
        low=pd.Series([each.low for each in gap], dtype=float),
        high=pd.Series([each.high for each in gap], dtype=float),
        gap=[words.value(t, METRICS[each.metric], each.value) for each in gap],
    )
    data["hover"] = [
        t(
            "{label}: expected {expectation}, perceived {perception}, gap {gap} ({certainty})",
            label=row["label"],
            expectation=t.number(row["expectation"], 2),
            perception=t.number(row["perception"], 2),
            gap=row["gap"],
            certainty=words.certainty(t, METRICS[each.metric], each),
        )
        for row, each in zip(data.to_dict("records"), gap, strict=True)
    ]
    return data.sort_values("value", kind="stable").reset_index(drop=True)


def _missed_most(data: pd.DataFrame) -> str:
    """The dimension with the widest gap, where its interval is apart from all others and from 0."""
    if len(data) < 2:
        return ""
    widest = data["high"].iloc[0]
    return str(data["label"].iloc[0]) if widest < min(0, data["low"].iloc[1:].min()) else ""


def _drivers(page: Page, measure: Measure, found: stats.Drivers) -> pd.DataFrame:
    """One row per dimension as ``charts.driver_map`` asks; none where nothing can be said."""
    t = page.t
    shares: Mapping[str, float | None] = measures.table(measure)
    columns = ["key", "label", "performance", "importance", "n", "hover"]
    rows = [
        (
            dimension,
            t.label("dimension", dimension),
            float(mean),
            shares[dimension],
            found.n,
            t(
                "{label}: {share} % of what is explained, mean perception {mean} (n = {n})",
                label=t.label("dimension", dimension),
                share=t.number(shares[dimension], 1),
                mean=t.number(float(mean), 2),
                n=t.number(found.n),
            ),
        )
        for dimension, mean in zip(CODES["dimension"], found.means, strict=True)
        if shares.get(dimension) is not None
    ]
    return pd.DataFrame(rows, columns=columns)


def _urgent(page: Page, data: pd.DataFrame, found: stats.Drivers) -> str:
    """The dimensions that are important and done less well, in words; '' where it may be chance."""
    if not found.explain:
        return ""
    important = data["importance"] > data["importance"].mean()
    weak = data["performance"] < data["performance"].mean()
    return page.t.enumeration(data.loc[important & weak, "label"])


def _explained(page: Page, found: stats.Drivers) -> str:
    t = page.t
    return t(
        "The five explain {r2} % of what ratings differ by (n = {n}); lines at the means.",
        r2=t.number(None if found.r2 is None else 100 * found.r2, 1),
        n=t.number(found.n),
    )


def _too_few(page: Page, measure: Measure) -> str:
    """Why there is no map: nothing of it loaded, too few surveys, or ratings that do not vary."""
    t = page.t
    if measure.n == 0:
        return page.reason("drivers")
    if measure.n < DRIVERS_NEED:
        return t(
            "Drivers need {needed} surveys with the rating and all five perceptions; here are {n}.",
            needed=DRIVERS_NEED,
            n=measure.n,
        )
    return t("The perceptions explain nothing of the ratings here: there is nothing to share out.")
