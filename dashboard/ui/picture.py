"""A button that saves the chart of a card as a picture, made in the reader's browser."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

_NAME = "dashboard.picture"
_HTML = """
<button type="button"><span class="icon" aria-hidden="true">image</span>
<span class="label" role="status"></span></button>
"""
_CSS = """
button { display: flex; align-items: center; gap: .5rem; padding: .25rem 0; border: 0; width: 100%;
  min-height: 2.5rem; background: none; color: var(--st-text-color); cursor: pointer;
  font: var(--st-base-font-weight, 400) var(--st-base-font-size, 15px) var(--st-font); }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.icon { font: 1.25rem "Material Symbols Rounded"; }
"""


def button(
    *,
    key: str,
    card: str,
    name: str,
    title: str,
    head: Sequence[str],
    foot: Sequence[str],
    label: str,
    failed: str,
) -> None:
    """The button. ``card`` is the key of an element of the card, ``name`` that of the file.

    The picture shows ``title`` and the lines of ``head`` above the chart, those of ``foot`` below.
    """
    _declare()
    _renderer()(
        key=key,
        data={
            "card": f"st-key-{card}",
            "name": name,
            "title": title,
            "head": list(head),
            "foot": list(foot),
            "label": label,
            "failed": failed,
        },
    )


def _declare() -> None:
    """Let Streamlit serve the script as a file: in the page it would need a laxer script policy.

    Streamlit looks for such files in installed packages only; this project runs where it lies.
    """
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        package, name = _NAME.split(".")
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, "assets")])
        manager.register_from_manifest(manifest, Path(__file__).parent)


@cache
def _renderer() -> ComponentRenderer:
    return st.components.v2.component(_NAME, html=_HTML, css=_CSS, js="picture.js")
