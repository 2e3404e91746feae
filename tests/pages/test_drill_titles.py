"""Every column that a drill-through may show has a title, so that no reader meets a column name."""

import pytest

from dashboard import sqlfile
from dashboard.i18n import translator
from dashboard.metrics import METRICS
from dashboard.ui import words


@pytest.mark.parametrize("query", sorted({metric.drill for metric in METRICS.values()}))
def test_every_column_has_a_title(query: str) -> None:
    shown = set(sqlfile.query(query).columns) - {"project_id"}
    assert not shown - words.column_names(translator("zh_CN")).keys()
