"""Panels: what single cards of the pages show.

A panel is a function of the page's context that asks for rows or measures, makes a frame of them
and draws one card with ``ui``. Pages place panels; a panel knows nothing of its neighbours.
"""
