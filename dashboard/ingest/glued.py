"""A header in which one separator is lost, so that two names are one, as in “QtyPRODUCTID”.

Such a name is cut only where exactly one cut of one name fits: the halves end in usual words of two
kinds, the values below both are of these kinds, and no other name speaks against the values that
are below it then. “TotalAmount” and “StatusCode” are names of their own, whose header may lack
another name altogether. Where two cuts fit, or none, the header is refused as it was.
"""

import re
from collections.abc import Iterator, Sequence

from dashboard.ingest.names import normal

EVIDENCE_ROWS = 10

_DAY = r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?"
_CLOCK = r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?"
_MONEY = r"[-+]?[$¥￥€£]?\s?[-+]?(\d[\d,]*(\.\d+)?|\.\d+)\s?[%元]?"
_VALUES = {
    kind: re.compile(form)
    for kind, form in {
        "day": rf"{_DAY}([ T]{_CLOCK}.*)?",
        "time": rf"{_DAY}([ T]{_CLOCK}.*)?|{_CLOCK}",
        "number": _MONEY,
        "web": r"(https?://|www\.).*",
        "mail": r"[^@\s]+@[^@\s]+",
        "phone": r"[+(]?\d[\d ()-]{5,}\d",
        "code": rf"(?!{_DAY}$)(?=.*\d)[\w#/.-]+",
        "words": rf"(?!({_DAY}.*|{_MONEY})$)(?!.*://)[^@]*[^\W\d].*",
    }.items()
}
"""Kind → what its values look like."""

_WORDS = {
    "day": ("date", "日期"),
    "time": ("time", "datetime", "timestamp", "时间"),
    "number": (
        "qty", "quantity", "amount", "price", "cost", "fee", "total", "count", "score",
        "数量", "金额", "费用", "价格", "单价", "评分", "得分", "次数",
    ),
    "web": ("url", "link", "website", "网址", "链接"),
    "mail": ("email", "邮箱"),
    "phone": ("phone", "mobile", "telephone", "电话", "手机", "手机号"),
    "code": ("id", "code", "编号", "单号", "编码", "工号", "房号"),
    "words": (
        "type", "name", "status", "category", "channel", "description", "comment", "comments",
        "remark", "title", "city", "address", "类型", "名称", "项目", "状态", "分类", "渠道",
        "内容", "备注", "描述", "标题", "地址", "姓名", "来源", "小区", "处理人",
    ),
}  # fmt: skip
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}
_LONGEST_WORD = max(map(len, _KINDS))

_NEARLY_ALL = 0.9
_HARDLY = 0.5


def parted(
    names: Sequence[str], quoted: Sequence[bool], body: Sequence[Sequence[str]]
) -> list[str] | None:
    """The names with the one that is two names cut; None where not exactly one cut fits.

    ``quoted`` tells which names stand in quotes and so are whole; ``body`` are rows of one field
    more than there are names.
    """
    if len(body) < EVIDENCE_ROWS:
        return None
    columns = _Columns(body)
    cases = {_case(name) for name in names}
    cuts = [
        [*names[:index], left, right, *names[index + 1 :]]
        for index, name in enumerate(names)
        if not quoted[index]
        for left, right in _halves(name)
        if _case(right) in cases
        and columns.bear_out(index, left)
        and columns.bear_out(index + 1, right)
    ]
    fitting = [cut for cut in cuts if _unlike(cut) and not columns.contradict(cut)]
    return fitting[0] if len(fitting) == 1 else None


class _Columns:
    """The values below a header, judged by the kinds of its names."""

    def __init__(self, body: Sequence[Sequence[str]]) -> None:
        given = ([value.strip() for value in column] for column in zip(*body, strict=True))
        self._values = [[value for value in column if value] for column in given]

    def bear_out(self, index: int, name: str) -> bool:
        """Whether there are values, and nearly all are of the name's kind."""
        enough = 2 * len(self._values[index]) >= EVIDENCE_ROWS
        return enough and self._share(index, name) >= _NEARLY_ALL

    def contradict(self, names: Sequence[str]) -> bool:
        """Whether a name says another kind than most values below it have."""
        return any(self._share(index, name) < _HARDLY for index, name in enumerate(names))

    def _share(self, index: int, name: str) -> float:
        kind, values = _kind(name), self._values[index]
        if kind is None or not values:
            return 1.0
        return sum(_VALUES[kind].fullmatch(value) is not None for value in values) / len(values)


def _halves(name: str) -> Iterator[tuple[str, str]]:
    """The cuts of a name into two that end in usual words of two kinds."""
    for cut in range(1, len(name)):
        left, right = name[:cut].strip(), name[cut:].strip()
        kinds = {_kind(left), _kind(right)}
        # A type, status or title alone goes before any other word: “StatusCode”, “状态编码”.
        if None not in kinds and len(kinds) == 2 and _KINDS.get(normal(left)) != "words":
            yield left, right


def _kind(name: str) -> str | None:
    """What values a name speaks of, by the longest usual word that it ends in."""
    text = normal(name)
    ends = (text[-length:] for length in range(min(len(text), _LONGEST_WORD), 0, -1))
    return next((_KINDS[end] for end in ends if end in _KINDS), None)


def _unlike(names: Sequence[str]) -> bool:
    return len({normal(name) for name in names}) == len(names)


def _case(name: str) -> tuple[bool, bool]:
    """How a name begins: names of one header begin alike, as in “orderId” and “order_id”."""
    return name[:1].isupper(), name[:1].isalnum()
