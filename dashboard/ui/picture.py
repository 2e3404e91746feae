"""The part of an export menu that runs in the reader's browser: ``assets/menu.js``.

It moves the focus into the menu as it opens, and makes the picture of a chart.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

_NAME = "dashboard.menu"
_HTML = """
<button type="button" hidden><span class="icon" aria-hidden="true">image</span>
<span class="label" aria-live="polite"></span></button>
"""
_CSS = """
button { display: flex; align-items: center; gap: .35rem; padding: .25rem 0; border: 0; width: 100%;
  min-height: 2.5rem; background: none; color: var(--st-text-color); cursor: pointer;
  font: .875rem var(--st-font); }
button[hidden] { display: none; }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.icon { font: 1.1rem "Material Symbols Rounded"; }
"""


@dataclass(frozen=True)
class Picture:
    """The picture of a chart: ``head`` and ``foot`` are lines above and below it.

    ``card`` is the class of an element in the chart's card, ``name`` that of the file, ``label``
    the text of the button and ``failed`` what it says where no picture could be made.
    """

    card: str
    name: str
    title: str
    head: Sequence[str]
    foot: Sequence[str]
    label: str
    failed: str


def assist(key: str, picture: Picture | None) -> None:
    """Inside an open menu: take the focus there, and offer the picture where there is one."""
    _declare()
    _renderer()(key=key, data=asdict(picture) if picture else None)


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
    return st.components.v2.component(_NAME, html=_HTML, css=_CSS, js="menu.js")
