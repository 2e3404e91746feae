"""Panels of complaints: about what, who comes again, and how fast they are answered."""

import pandas as pd

from dashboard import charts, ui
from dashboard.metrics import METRICS
from dashboard.panels.complaint_flow import only_complaints
from dashboard.ui import Page, frames, series

HEADLINE = (
    "complaint_count",
    "complaint_rate",
    "complaints_per_100_households",
    "closed_loop_rate",
    "repeat_rate",
    "open_over_30d",
)
LEVELS = {"response_l1_rate": "L1", "onsite_l2_rate": "L2", "complete_l3_rate": "L3"}
PARETO_GROUPS = 16
MOST = 80
"""Per cent of the complaints for which the few categories are named."""
REPEATERS = 50


def pareto(page: Page) -> None:
    """The categories from most to least complaints, beside the period compared with."""
    t = page.t
    data = _pareto(page, "complaint_count", "category")
    shown = data.head(PARETO_GROUPS)
    figure = None
    if len(data):
        figure = charts.pareto(
            shown,
            axis=t("Complaints"),
            texts={
                "most": t("Together {share} %", share=MOST),
                "rest": t("The others"),
                "before": t("Period compared with"),
            },
        )
    columns = {
        "label": t("Category"),
        "count": t("Complaints"),
        "cumulative": t("Cumulative share (%)"),
    }
    if "before" in data:
        columns |= {"before": t("Period compared with"), "change": t("Change (%)")}
    ui.chart(
        page,
        figure,
        title=_pareto_title(page, data),
        note=t.text(
            t("Beside a bar: the number, and the share of all down to there."),
            frames.left_out(page, t("Category"), PARETO_GROUPS, len(data)),
        ),
        alt=t("Complaints by category from most to least, with the cumulative share"),
        metric="complaint_count",
        empty=page.reason("complaint_count"),
        drill=lambda key: page.drill("complaint_count", category=key),
        data=data,
        columns=columns,
    )


def rate_trend(page: Page) -> None:
    """Complaints per 1,000 records by month."""
    ui.trend_card(page, "complaint_rate", page.t("Complaints per 1,000 records, month by month"))


def by_level(page: Page) -> None:
    """Attainment of the three response levels over complaints."""
    t, complaints = page.t, only_complaints(page)
    levels = page.codes("level")
    names = {each: levels[level] for each, level in LEVELS.items()}
    bounds = {page.bound(each) for each in LEVELS}
    data = series.side_by_side(complaints, names) if complaints else pd.DataFrame()
    figure = None
    if len(data):
        figure = charts.intervals(
            data,
            axis=t("Share within the standard (%)"),
            texts={"target": t("Target")},
            target=bounds.pop() if len(bounds) == 1 else None,
        )
    ui.chart(
        page,
        figure,
        title=t("Are the response levels kept?"),
        note=t("Level 1: response in 2 h. Level 2: on site in 24 h. Level 3: resolved in 72 h."),
        alt=t("Share of cases within the standard of each response level"),
        metric="standard_rate",
        empty=page.reason("standard_rate"),
        drill=complaints.drill if complaints else None,
        link=complaints.drill("standard_rate") if complaints else None,
        data=data,
        columns=series.columns(page, t("Response level"), t("Share within the standard (%)")),
    )


def level_trend(page: Page) -> None:
    """Attainment of one of the response levels by month."""
    t, levels = page.t, page.codes("level")
    names = {each: levels[level] for each, level in LEVELS.items()}
    metric = ui.choice(page, "level", t("Response level"), names)
    title = t("{metric}, complaints month by month", metric=t(METRICS[metric].name))
    complaints = only_complaints(page)
    if complaints:
        ui.trend_card(complaints, metric, title)
    else:
        ui.chart(page, None, title=title, alt=title, empty=page.reason("complaint_count"))


def delays(page: Page) -> None:
    """How late complaints were beyond the standard of their level."""
    t, complaints = page.t, only_complaints(page)
    levels, grades = page.codes("level"), page.codes("delay_grade")
    found = complaints.by("level", ("delay_grade",)) if complaints else {}
    parts = {key: each["delay_grade"].parts for key, each in found.items()}
    data = series.shares(page, parts, levels, grades)
    figure = None
    if len(data):
        figure = charts.shares_over(
            data,
            colours=charts.DELAY_COLOURS,
            names=grades,
            axis=t("Share of the complaints due (%)"),
            horizontal=True,
        )
    ui.chart(
        page,
        figure,
        title=t("How late, where a standard was missed?"),
        note=t("Beyond the standard: minor up to 3 days, moderate up to 7, severe above."),
        alt=t("Delay beyond the standard by response level"),
        metric="delay_grade",
        empty=page.reason("standard_rate"),
        drill=lambda point: (complaints or page).drill("delay_grade", point[1], level=point[0]),
        data=data,
        columns=series.share_columns(
            page, t("Response level"), t("Share of the complaints due (%)")
        ),
    )


def repeat_trend(page: Page) -> None:
    """The share of repeated complaints by month."""
    ui.trend_card(page, "repeat_rate", page.t("Do complaints come back? Month by month"))


def repeaters(page: Page) -> None:
    """The customers whose complaints were repeated most often."""
    t = page.t
    found = page.rows("complaint_repeaters", limit=REPEATERS)
    data = pd.DataFrame(
        {
            "key": found["customer_id"],
            t("Customer"): found["customer_id"],
            t("Project"): [page.name("project", key) for key in found["project_id"]],
            t("Repeated complaints"): found["repeated"],
            t("Complaints"): found["complaints"],
            t("Open"): found["open"],
            t("Categories"): [
                t.enumeration(page.name("category", key) for key in keys)
                for keys in found["categories"]
            ],
            t("Last complaint"): found["last_created_at"],
        }
    )
    known = int(found["customers"].iloc[0]) if len(found) else 0
    ui.table(
        page,
        data,
        title=t("Which customers had to complain again?"),
        empty=t("No customer complained again about the same within 30 days."),
        note=t.text(
            t("Choose a row to open all complaints of the customer."),
            frames.left_out(page, t("Customer"), REPEATERS, known),
        ),
        metric="repeat_rate",
        drill=lambda key: page.drill("complaint_count", customer=key),
        columns={
            t("Repeated complaints"): ui.whole_number(),
            t("Complaints"): ui.whole_number(),
            t("Open"): ui.whole_number(),
            t("Last complaint"): ui.day(),
        },
    )


def _pareto(page: Page, metric: str, group: str) -> pd.DataFrame:
    """A count per group from most to least with the cumulative share, as ``charts.pareto`` asks.

    Where a period is compared with: ``before`` and the ``change`` in per cent of it (NaN where
    there was nothing).
    """
    t = page.t
    counts = {
        key: each[metric].n for key, each in page.by(group, (metric,)).items() if each[metric].n
    }
    earlier = page.by(group, (metric,), page.compared) if page.compared else {}
    total = sum(counts.values())
    rows, running = [], 0
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        most = running < MOST / 100 * total
        running += count
        label = page.name(group, key)
        text = t(
            "{label}: {count} ({share} % of all)",
            label=label,
            count=t.number(count),
            share=t.number(100 * count / total, 1),
        )
        before = earlier[key][metric].n if key in earlier else 0
        change = 100 * (count / before - 1) if before else float("nan")
        if earlier:
            text = t(
                "{told}; {before} in the period compared with ({change} %)",
                told=text,
                before=t.number(before),
                change=t.signed(change, 0),
            )
        share = 100 * running / total
        beside = t("{count} · {share} %", count=t.number(count), share=t.number(share))
        rows.append((label, key, count, share, beside, most, before, change, text))
    names = ["label", "key", "count", "cumulative", "text", "most", "before", "change", "hover"]
    frame = pd.DataFrame(rows, columns=names)
    return frame if earlier else frame.drop(columns=["before", "change"])


def _pareto_title(page: Page, data: pd.DataFrame) -> str:
    """How few categories make up most of the complaints."""
    t = page.t
    few = int(data["most"].sum())
    if len(data) < 3 or few == len(data):
        return t("The few categories behind most complaints")
    return t.plural(
        "{n} of {all} categories makes up {share} % of the complaints",
        "{n} of {all} categories make up {share} % of the complaints",
        few,
        all=t.number(len(data)),
        share=MOST,
    )
