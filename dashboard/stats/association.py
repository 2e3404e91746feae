"""Which cells of a table of counts stand out."""

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.contingency_tables import Table

from dashboard.stats.intervals import Floats

STANDS_OUT = 3.0
"""Residuals beyond this are marked."""


def adjusted_residuals(counts: ArrayLike) -> Floats:
    """Adjusted Pearson residuals of a table of counts against independence of rows and columns.

    Haberman (1973), Biometrics 29, as in statsmodels: (observed − expected) ÷ √(expected · (1 − row
    share) · (1 − column share)), approximately standard normal where the two are independent. NaN
    in rows and columns that are empty, and where there is only one row or column with counts:
    there is nothing to compare with.
    """
    table = np.asarray(counts, float)
    residuals = np.full(table.shape, np.nan)
    rows, columns = (np.flatnonzero(table.sum(axis=axis) > 0) for axis in (1, 0))
    if rows.size > 1 and columns.size > 1:
        filled = np.ix_(rows, columns)
        residuals[filled] = Table(table[filled], shift_zeros=False).standardized_resids
    return residuals
