"""What Streamlit draws in a way that does not do here, put right by a style sheet."""

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.i18n import Translator

_PRIMARY = """<style>
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"] {
  color: #0B141A !important;
}
</style>"""
_UPLOADER = """<style>
.st-key-{key} [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
.st-key-{key} [data-testid="stFileUploaderDropzone"] button p {{ font-size: 0; }}
.st-key-{key} [data-testid="stFileUploaderDropzone"] button p::after {{
  content: {choose}; font-size: 1rem;
}}
.st-key-{key} [data-testid="stFileUploaderDropzone"]::after {{
  content: {drop}; opacity: 0.75; font-size: 0.875rem; align-self: center;
}}
</style>"""


def primary_buttons() -> None:
    """Primary buttons with dark letters in the dark theme, where white ones are too faint."""
    if st.context.theme.type == "dark":
        st.html(_PRIMARY)


def uploader(t: Translator, label: str, types: Sequence[str], key: str) -> Any:
    """A field to hand over a file; gives the file, or None.

    Streamlit writes “Upload” and “… per file” on it in English, whatever the language.
    """
    texts = {"choose": t("Choose a file"), "drop": t("or drop it here")}
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in texts.items()}
    st.html(_UPLOADER.format(key=key, **quoted))
    return st.file_uploader(label, type=list(types), key=key)
