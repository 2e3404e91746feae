"""In which order the rows of a table stand so that like stands beside like."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.hierarchy import leaves_list, linkage


def similar_order(counts: ArrayLike) -> NDArray[np.intp]:
    """The rows of a table of counts as a permutation that puts rows of like make-up side by side.

    Rows are compared by the roots of their shares (Hellinger distance), so that large and small
    ones of the same make-up are alike, and joined by Ward's method; of the orders that the tree
    allows, the one with the least distance between neighbours (Bar-Joseph et al. 2001, as in
    scipy). Rows without a count are alike; fewer than three rows stay as they are.
    """
    table = np.asarray(counts, float)
    if len(table) < 3:
        return np.arange(len(table))
    totals = table.sum(axis=1, keepdims=True)
    shares = np.divide(table, totals, out=np.zeros_like(table), where=totals > 0)
    order: NDArray[np.intp] = leaves_list(
        linkage(np.sqrt(shares), method="ward", optimal_ordering=True)
    ).astype(np.intp)
    return order
