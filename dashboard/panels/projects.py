"""Panels of projects: which of them stand out from chance."""

import pandas as pd
import streamlit as st

from dashboard import charts, peers, ui
from dashboard.metrics import METRICS, Better, Statistic
from dashboard.panels import where
from dashboard.ui import Page, words

HEADLINE = ("record_count", "csat", "standard_rate", "complaints_per_100_households")
ROWS = 14
"""As high as the funnel plot beside the league."""
METRICS_SHOWN = (*where.RANKED, "complaints_per_100_households")


def selector(page: Page) -> str:
    """Which project is shown: '' for all of them, else a project id.

    A project that is selected alone is shown: it could only be compared with itself.
    """
    t, key, names = page.t, f"choice-{page.path}-project", project_names(page)
    if len(names) == 1:
        (alone,) = names
        ui.keep(page, "project", alone, "")
        return alone
    names = {"": t("All projects"), **names}
    ui.adopt(page, "project", key, names, "")
    shown = str(
        st.selectbox(
            t("Profile of"), list(names), key=key, format_func=names.__getitem__, width=320
        )
    )
    ui.keep(page, "project", shown, "")
    return shown


def project_names(page: Page) -> dict[str, str]:
    """Project id → name, of those in the selection; two of one name are told apart by their ids."""
    known = page.rows_of_store("projects")
    kept = page.selection.projects
    regions = page.selection.regions
    if kept:
        known = known[known["project_id"].isin(kept)]
    if regions:
        known = known[known["region"].fillna("").isin(regions)]
    named = known["project_name"].where(known["project_name"].notna(), known["project_id"])
    twice = named.duplicated(keep=False)
    return {
        key: f"{name} ({key})" if double else name
        for key, name, double in zip(known["project_id"], named, twice, strict=True)
    }


def metric_choice(page: Page) -> None:
    """The metric of the funnel plot and of the league table."""
    ui.choice(page, "metric", page.t("Metric"), where.known_metrics(page, METRICS_SHOWN))


def funnel(page: Page) -> None:
    """The projects' rate against volume, between limits of chance; a point opens a profile."""
    t, metric = page.t, _metric(page)
    entry, name = METRICS[metric], page.t(METRICS[metric].name)
    whole = page.total((metric,))[metric]
    found = peers.funnel(metric, whole, where.counted(page, metric))
    figure, data, note = None, pd.DataFrame(), ""
    if found is not None:
        data = _points(page, metric, found)
        note = _funnel_note(page, found)
        figure = charts.funnel(
            data,
            found.curve,
            axes=(_volume(page, metric), words.axis(t, entry)),
            texts={
                "whole": t("Whole selection"),
                "target": t("Target"),
                "limits": t("95 % of projects by chance"),
                "limits_wide": t("99.8 % of projects by chance"),
            },
            centre=found.centre,
            target=page.bound(metric),
            higher_is_better=entry.better is not Better.LOW,
        )
    ui.chart(
        page,
        figure,
        title=t("Chance or not? {metric} against volume", metric=name),
        note=note,
        alt=t("{metric} of each project against its volume, with control limits", metric=name),
        metric=metric,
        empty=_no_funnel(page, metric),
        drill=lambda key: page.link(show_project=key, show_metric=metric),
        opens=where.PROJECTS,
        data=data,
        columns={
            "label": t("Project"),
            "volume": _volume(page, metric),
            "value": words.axis(t, entry),
            "low": t("95 % limit, from"),
            "high": t("95 % limit, to"),
        },
    )


def league(page: Page) -> None:
    """The projects in the metric of the page, with rank bands; a row opens its profile."""
    where.league_table(page, _metric(page), rows=ROWS)


def _metric(page: Page) -> str:
    """The metric that the page shows, see ``metric_choice``."""
    known = where.known_metrics(page, METRICS_SHOWN)
    shown = page.shown("metric")
    return shown if shown in known else next(iter(known))


def _points(page: Page, metric: str, found: peers.Funnel) -> pd.DataFrame:
    """The points of a funnel as ``charts.funnel`` asks, with limits, names and hover texts."""
    t, entry = page.t, METRICS[metric]
    groups = where.counted(page, metric)
    data = found.points.rename_axis("key").reset_index()
    data["label"] = [page.name("project", key) for key in data["key"]]
    said = {
        0: t("{point}, within the limits of chance"),
        1: t("{point}, above the limits of chance"),
        -1: t("{point}, below the limits of chance"),
    }
    data["hover"] = [
        said[(beyond > 0) - (beyond < 0)].format(point=words.hover(t, entry, label, groups[key]))
        for key, label, beyond in zip(data["key"], data["label"], data["beyond"], strict=True)
    ]
    return data


def _volume(page: Page, metric: str) -> str:
    if METRICS[metric].statistic is Statistic.HOUSEHOLD_RATE:
        return page.t("Households")
    return page.t("Number of cases (n)")


def _funnel_note(page: Page, found: peers.Funnel) -> str:
    t = page.t
    outside = int((found.points["beyond"] != 0).sum())
    told = t.plural(
        "{n} of {all} projects lies outside the 95 % limits.",
        "{n} of {all} projects lie outside the 95 % limits.",
        outside,
        all=t.number(len(found.points)),
    )
    return t.text(told, t("Choose a point to see the project. Hollow: fewer than 30 cases."))


def _no_funnel(page: Page, metric: str) -> str:
    t = page.t
    if METRICS[metric].statistic not in peers.FUNNELS:
        return t("Chance has no limits of a known form for this figure. See the table.")
    if where.counted(page, metric):
        return t("Every project has fewer than 5 cases.")
    return page.reason(metric)
