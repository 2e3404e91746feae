"""A field to hand over a file, in the reader's language.

Streamlit writes “Upload” and “… per file” on it in English, whatever the language: those texts are
hidden, and others drawn in their place by the style sheet.
"""

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.i18n import Translator

_STYLE = """<style>
.st-key-{key} [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
.st-key-{key} [data-testid="stFileUploaderDropzone"] button p {{ font-size: 0; }}
.st-key-{key} [data-testid="stFileUploaderDropzone"] button p::after {{
  content: {choose}; font-size: 1rem;
}}
.st-key-{key} [data-testid="stFileUploaderDropzone"]::after {{
  content: {drop}; opacity: 0.75; font-size: 0.875rem; align-self: center;
}}
</style>"""


def uploader(t: Translator, label: str, types: Sequence[str], key: str) -> Any:
    """The file that the reader hands over, or None."""
    texts = {"choose": t("Choose a file"), "drop": t("or drop it here")}
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in texts.items()}
    st.html(_STYLE.format(key=key, **quoted))
    return st.file_uploader(label, type=list(types), key=key)
