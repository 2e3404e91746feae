"""Charts of scorecards and standards: what is drawn is what was given, names as they are."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts

HOSTILE = '<b>x</b><a href="http://x">![x](http://x)</a> =1+1 🙂'
STATES = {"draft": "Draft", "active": "Active", "retired": "Retired"}
TEXTS = {"chosen": HOSTILE, "others": "Others", "target": "Target"}


def drawn(chart: go.Figure) -> str:
    """Everything that plotly would read as markup."""
    return chart.to_json() or ""


def people(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (f"S{n}", n, 90 - n, 80 - n, 100 - n, 10 * n, f"{n} {HOSTILE}")
            for n in range(1, count + 1)
        ],
        columns=["key", "place", "value", "low", "high", "n", "hover"],
    )


class TestStanding:
    def test_one_is_marked_among_all(self) -> None:
        chart = charts.standing(people(5), chosen="S2", axis="Score", texts=TEXTS, target=80)
        others, mine, target = chart.data
        assert list(mine.y) == [88]
        assert list(mine.x) == [2]
        assert sorted([*others.x, *mine.x]) == [1, 2, 3, 4, 5]
        assert list(mine.marker.symbol) == ["circle-open"]  # 20 records
        assert list(others.marker.symbol).count("circle") == 3
        assert list(target.y) == [80, 80]

    def test_nobody_else(self) -> None:
        chart = charts.standing(people(1), chosen="S1", axis="Score", texts=TEXTS)
        assert [len(trace.x) for trace in chart.data] == [0, 1]

    def test_names_are_inert(self) -> None:
        assert "<b>" not in drawn(charts.standing(people(2), chosen="S1", axis="", texts=TEXTS))


def test_points_within_what_they_could_be() -> None:
    data = pd.DataFrame(
        [("A", 10.0, 24.0, "a"), ("A", 5.0, 15.0, "b")],
        columns=["label", "got", "possible", "hover"],
    )
    chart = charts.points(data, axis="Points", texts={"got": "Got", "possible": "Possible"})
    possible, got = chart.data
    assert list(possible.x) == [24, 15]
    assert list(got.x) == [10, 5]
    assert len(set(got.y)) == 2  # two indicators of one name keep a row each


def test_a_long_name_of_an_indicator_takes_two_lines() -> None:
    names = ("Value-added services per 100 records", "每百条记录增值服务数")
    data = pd.DataFrame({"label": names, "got": 1.0, "possible": 2.0, "hover": "a"})
    chart = charts.points(data, axis="", texts={"got": "Got", "possible": "Possible"})
    assert list(chart.data[0].y) == ["Value-added services<br>per 100 records", names[1]]


class TestLifecycle:
    rows = pd.DataFrame(
        [
            ("A", "One", "draft", date(2025, 1, 1), date(2025, 1, 31), "a"),
            ("A", "One", "active", date(2025, 2, 1), date(2025, 3, 31), "b"),
            ("B", "One", "retired", date(2025, 1, 1), date(2025, 1, 1), HOSTILE),
        ],
        columns=["key", "label", "state", "start", "end", "hover"],
    )

    def chart(self, rows: pd.DataFrame) -> go.Figure:
        return charts.lifecycle(
            rows,
            states=STATES,
            today=date(2025, 3, 31),
            texts={"today": "Today"},
            ticks={"2025-01-01": "Jan"},
        )

    def test_bars_last_from_the_first_to_the_last_day(self) -> None:
        chart = self.chart(self.rows)
        bars = {trace.name: trace for trace in chart.data if trace.type == "bar"}
        assert bars.keys() == {"Draft", "Active", "Retired"}
        day = 24 * 60 * 60 * 1000
        assert [list(bars[name].x) for name in bars] == [[31 * day], [59 * day], [day]]
        assert list(bars["Active"].base) == ["2025-02-01"]

    def test_two_standards_of_one_name_keep_a_row_each(self) -> None:
        chart = self.chart(self.rows)
        assert len(chart.layout.yaxis.categoryarray) == 2
        assert "<b>" not in drawn(chart)


@pytest.mark.parametrize("status", ["missed", "near", "met", "unknown", "few"])
def test_attainment_draws_every_cell(status: str) -> None:
    data = pd.DataFrame(
        [("P1", "m1", "90.0", status, HOSTILE), ("P2", "m2", "n<5", "few", "x")],
        columns=["row", "column", "shown", "status", "hover"],
    )
    texts = dict.fromkeys(("missed", "near", "met", "unknown", "few"), "name")
    chart = charts.attainment(
        data,
        rows=[("P1", HOSTILE), ("P2", "二")],
        columns=[("m1", "L1"), ("m2", "L2")],
        texts=texts,
    )
    cells = [tuple(pair) for trace in chart.data for pair in trace.customdata]
    assert sorted(cells) == [("P1", "m1"), ("P2", "m2")]
    assert "<b>" not in drawn(chart)


def test_a_mark_spans_what_is_drawn() -> None:
    chart = go.Figure()
    chart.add_scatter(x=["a", "b"], y=[50, float("nan")])
    chart.add_scatter(x=["a", "b"], y=[70, 90])
    mark = charts.marked(chart, "b", HOSTILE).data[-1]
    assert (list(mark.x), list(mark.y)) == (["b", "b"], [50, 90])
    assert "<b>" not in mark.name
