"""Every column that a drill-through may show has a title, so that no reader meets a column name."""

import pytest

from dashboard import sqlfile
from dashboard.i18n import translator
from dashboard.metrics import METRICS
from dashboard.ui import drill


@pytest.mark.parametrize("query", sorted({metric.drill for metric in METRICS.values()}))
def test_every_column_has_a_title(query: str) -> None:
    shown = set(sqlfile.query(query).columns) - {"project_id"}
    assert not shown - drill.titles(translator("zh_CN")).keys()
