"""Tables as files that a spreadsheet opens clean: CSV, and XLSX with a sheet that explains it.

No text of the data is ever a formula: in XLSX every text is written as text, in CSV a text that a
spreadsheet would take for a formula gets a leading apostrophe (the measure that OWASP names against
CSV injection). Numbers stay numbers, as exact as they are.
"""

from dashboard.exports.about import About, Source, about
from dashboard.exports.delimited import csv_bytes
from dashboard.exports.table import Table, file_name
from dashboard.exports.workbook import sheet_name, xlsx_bytes
from dashboard.spreadsheet import formula_like

__all__ = [
    "About",
    "Source",
    "Table",
    "about",
    "csv_bytes",
    "file_name",
    "formula_like",
    "sheet_name",
    "xlsx_bytes",
]
