"""The small line in a metric tile: an image, so that a tile needs no chart library."""

from collections.abc import Sequence

from dashboard.charts.base import ACCENT

WIDTH, HEIGHT, PADDING = 220, 36, 4


def spark(values: Sequence[float]) -> str:
    """An SVG line through at least two values, with a dot at the last."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * PADDING) / (len(values) - 1)
    points = [
        (PADDING + index * step, HEIGHT - PADDING - (value - low) / span * (HEIGHT - 2 * PADDING))
        for index, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="{ACCENT}" stroke-width="2" '
        f'stroke-linejoin="round"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ACCENT}"/></svg>'
    )
