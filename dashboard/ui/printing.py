"""A view on paper: one sheet of A4 that is printed in place of the page.

The sheet is plain text and tables, so that it can be selected and searched; on the screen it is not
there. Everything else of the page is not printed.
"""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

_STYLES = """<style>
@media screen { .sheet { display: none; } }
@media print {
  @page { size: A4; margin: 12mm; }
  html, body, .stApp { background: #fff !important; color-scheme: light; }
  body *:not(:has(.sheet)):not(.sheet):not(.sheet *) { display: none !important; }
  body :has(.sheet) {
    display: block !important; position: static !important; overflow: visible !important;
    width: auto !important; min-width: 0 !important; max-width: none !important;
    height: auto !important; min-height: 0 !important; max-height: none !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important; transform: none !important;
    opacity: 1 !important;
  }
  .sheet {
    display: block; box-sizing: border-box; max-height: 268mm; overflow: hidden;
    color: #000; background: #fff; font-size: 9.5pt; line-height: 1.4;
  }
  .sheet h1 { font-size: 17pt; margin: 0 0 1mm; padding: 0; color: #000; }
  .sheet h2 { font-size: 11pt; margin: 5mm 0 1mm; padding: 0; color: #000; }
  .sheet p { font-size: 9.5pt; margin: 0 0 1mm; overflow-wrap: anywhere; }
  .sheet table { width: 100%; border-collapse: collapse; margin: 0; }
  .sheet th, .sheet td {
    border: 0; border-bottom: 0.2mm solid #999; padding: 0.8mm 1mm; text-align: left;
    vertical-align: top; color: #000; font-size: 9pt; overflow-wrap: anywhere;
  }
  .sheet th { font-weight: 600; }
  .sheet .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .sheet .beside { display: grid; grid-template-columns: 2fr 3fr; column-gap: 6mm; }
}
</style>"""


def sheet(parts: Iterable[str]) -> None:
    """Put the parts (made by the functions here) on the sheet that is printed."""
    st.html(f'{_STYLES}<article class="sheet">{"".join(parts)}</article>')


def heading(text: str, *, first: bool = False) -> str:
    """A heading; the first is that of the whole sheet."""
    level = "h1" if first else "h2"
    return f"<{level}>{escape(text)}</{level}>"


def paragraph(text: str) -> str:
    """A paragraph; nothing where there is no text."""
    return f"<p>{escape(text)}</p>" if text else ""


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """A table; ``numbers`` are the places of the columns that are aligned to the right."""
    right = set(numbers)

    def row(cells: Sequence[str], tag: str) -> str:
        return "".join(
            f'<{tag} class="number">{escape(cell)}</{tag}>'
            if place in right
            else f"<{tag}>{escape(cell)}</{tag}>"
            for place, cell in enumerate(cells)
        )

    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rows)
    return f"<table><thead><tr>{row(titles, 'th')}</tr></thead><tbody>{body}</tbody></table>"


def beside(left: Iterable[str], right: Iterable[str]) -> str:
    """Two columns."""
    return f'<div class="beside"><div>{"".join(left)}</div><div>{"".join(right)}</div></div>'
