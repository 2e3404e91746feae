"""The texts that the code wants translated, and the catalogues that translate them.

Texts are found in the syntax tree: calls of a translator named ``t`` (also as an attribute, like
``page.t``), its ``plural``, the translator's calls of itself, registry texts in ``N_(…)``, message
and hint of errors and the ``Said(…)`` in them. To these come the labels of the code sets, the texts
of the metrics and the titles of the pages.
"""

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from dashboard import quality
from dashboard.codes import CODES
from dashboard.i18n import CATALOGUES
from dashboard.metrics import METRICS, glossary
from dashboard.ui.frame import PAGES

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Text:
    """One text to translate; ``plural`` has the form for many, ``place`` says where it stands."""

    text: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the text in a catalogue."""
        return self.context, self.text

    def entry(self) -> str:
        """The catalogue entry to fill in."""
        lines = [f"#. {self.place}"] if self.place else []
        lines += [f'msgctxt "{self.context}"'] if self.context else []
        lines += [f'msgid "{_escaped(self.text)}"']
        lines += [f'msgid_plural "{_escaped(self.plural)}"'] if self.plural else []
        return "\n".join([*lines, 'msgstr[0] ""' if self.plural else 'msgstr ""'])


class UntranslatableError(ValueError):
    """A text is put together on the spot, or not marked where it stands."""


def sources() -> list[Path]:
    """Every module that may speak to a reader."""
    return [*sorted((ROOT / "dashboard").rglob("*.py")), *ROOT.glob("*.py")]


def texts_in(source: str, name: str = "") -> Iterator[Text]:
    """The texts of one module; raises UntranslatableError on an f-string or a sum of strings."""
    tree = ast.parse(source)
    marked = _marked(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        place = f"{name}:{node.lineno}"
        if _is_plural(node.func):
            for one, many in zip(_literals(node.args[0]), _literals(node.args[1]), strict=True):
                yield Text(one, many, place=place)
        elif _is_translator(node.func) or _is_marker(node.func):
            for text in _literals(node.args[0]):
                yield Text(text, place=place)
        elif is_error(node.func):
            for argument in node.args[:2]:
                for text in _error_texts(argument, marked):
                    yield Text(text, place=place)


def unfilled_in(source: str) -> Iterator[str]:
    """Errors and what they say whose named values are not those of the placeholders."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not (is_error(node.func) or _is_said(node.func)):
            continue
        texts = [text for argument in node.args[:2] for text in _literals(argument)]
        names = {each.arg for each in node.keywords}
        wanted = set[str]().union(*map(placeholders, texts))
        if texts and None not in names and names != wanted:
            yield ast.unparse(node)


def label_texts() -> Iterator[Text]:
    """The labels of the code sets."""
    for code_set, codes in CODES.items():
        for label in codes.values():
            yield Text(label, context=code_set, place="dashboard/codes.py")


def metric_texts() -> Iterator[Text]:
    """Names and definitions of the metrics."""
    for metric in METRICS.values():
        for text in (metric.name, metric.definition):
            yield Text(text, place=f"dashboard/metrics: {metric.id}")


def glossary_texts() -> Iterator[Text]:
    """What the glossary adds to the definitions of the metrics."""
    for metric in METRICS.values():
        for text in (
            glossary.cohort(metric),
            glossary.origin(metric),
            glossary.trap(metric),
            glossary.PERSON,
        ):
            if text:
                yield Text(text, place="dashboard/metrics/glossary.py")


def quality_texts() -> Iterator[Text]:
    """What the data quality checks say."""
    every = (quality.CHECKS, quality.TABLES, quality.SEVERITIES, quality.RULES, quality.REASONS)
    for texts in every:
        for text in texts.values():
            yield Text(text, place="dashboard/quality.py")


def page_texts() -> Iterator[Text]:
    """The titles of the pages and of their groups in the navigation."""
    for group, entries in PAGES.items():
        for title in (group, *(entry.title for entry in entries)):
            yield Text(title, context="page", place="dashboard/ui/frame.py")


def wanted(paths: Iterable[Path]) -> dict[tuple[str, str], Text]:
    """Every text of the modules and the registries, by key."""
    found = [
        text
        for path in paths
        for text in texts_in(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    ]
    return {
        text.key: text
        for text in (
            *found,
            *label_texts(),
            *metric_texts(),
            *glossary_texts(),
            *quality_texts(),
            *page_texts(),
        )
    }


def catalogue(language: str) -> Catalog:
    """The catalogue of a language."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> dict[tuple[str, str], Message]:
    """The entries of a language's catalogue by key, its header left out."""
    return {
        (message.context or "", original(message)): message
        for message in catalogue(language)
        if message.id
    }


def original(message: Message) -> str:
    """The English text of an entry (of a plural, the form for one)."""
    return message.id if isinstance(message.id, str) else message.id[0]


def translations(message: Message) -> list[str]:
    """The translation of an entry, or its plural forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def literals(text: str) -> list[str]:
    """The pieces of a text between its placeholders."""
    return [literal for literal, _, _, _ in Formatter().parse(text)]


def _is_translator(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="t") | ast.Attribute(attr="t"):
            return True
        case ast.Name(id="self"):  # the translator's own texts
            return True
    return False


def _is_plural(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "plural"
        and _is_translator(function.value)
    )


def _is_marker(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "N_") or _is_said(function)


def _is_said(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "Said"


def is_error(function: ast.expr) -> bool:
    """Whether a call makes an error of ours, or what is told like one: those of Python tell of
    defects."""
    return (
        isinstance(function, ast.Name)
        and function.id.endswith(("Error", "Told"))
        and not hasattr(builtins, function.id)
    )


def _marked(tree: ast.AST) -> set[str]:
    """The constants of a module that hold a marked text."""
    return {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and _is_marker(node.value.func)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _error_texts(argument: ast.expr, marked: set[str]) -> list[str]:
    """The texts of one argument of an error; a constant must have been marked where it stands."""
    match argument:
        case ast.Call() | ast.Starred():
            raise UntranslatableError(ast.unparse(argument))
        case ast.Name(id=name) if name not in marked:
            raise UntranslatableError(name)
    return _literals(argument)


def _literals(argument: ast.expr) -> list[str]:
    """The texts that an argument may be; none where it is a variable."""
    match argument:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_literals(body), *_literals(orelse)]
        case ast.JoinedStr() | ast.BinOp():
            raise UntranslatableError(ast.unparse(argument))
    return []


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
