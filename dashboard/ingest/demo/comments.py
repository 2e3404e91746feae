"""What customers write, fitting their rating and what moved them most."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.draw import Bools, Ints, pick

COMMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "bad": {
        "reliability": (
            "说好的时间一拖再拖，没有兑现。",
            "修了三次还是老问题，太失望了。",
            "承诺的方案没有落实。",
        ),
        "responsiveness": (
            "报事两天没人理，催了才来。",
            "响应太慢，电话打了好几遍。",
            "等了一个星期没有结果。",
        ),
        "assurance": ("工程师不专业，越修越糟。", "问什么都说不清楚。", "处理人员不了解情况。"),
        "empathy": ("态度冷漠，一直推诿。", "没有人真正关心业主的感受。", "沟通时很不耐烦。"),
        "tangibles": ("公共设施老旧，没人管。", "现场收拾得很乱。", "交付质量和样板间差太远。"),
    },
    "fair": {
        "reliability": ("问题解决了，但过程有反复。", "基本按约定处理，细节还要改进。"),
        "responsiveness": ("速度一般，希望再快一点。", "处理时间偏长。"),
        "assurance": ("说明不够清楚，问了几次才明白。", "专业度一般。"),
        "empathy": ("态度还可以，主动性不够。", "希望能多主动回复进度。"),
        "tangibles": ("环境还行，设施需要维护。", "现场清理不够彻底。"),
    },
    "good": {
        "reliability": ("按时完成，说到做到。", "一次就修好了，不错。"),
        "responsiveness": ("响应及时，处理得很快。", "当天就上门了，满意。"),
        "assurance": ("师傅很专业，解释清楚。", "业务熟练，办事靠谱。"),
        "empathy": ("管家耐心，态度好。", "沟通顺畅，很为业主着想。"),
        "tangibles": ("小区环境维护得好。", "工具齐全，现场干净。"),
    },
    "best": {
        "reliability": ("非常靠谱，超出预期！", "每次都能一次解决，点赞。"),
        "responsiveness": ("半小时就到了，太高效了！", "夜里报修也马上处理，感谢！"),
        "assurance": ("专业又细心，完全放心。", "讲解专业，帮我们避免了损失。"),
        "empathy": ("像家人一样贴心，感动！", "特意照顾家里老人，太暖心了。"),
        "tangibles": ("整洁有序，住得舒心。", "装备专业，收尾干净利落。"),
    },
}
_BANDS = tuple(COMMENTS)
_THEMES = tuple(COMMENTS["bad"])
_POOLS = [COMMENTS[band][theme] for band in _BANDS for theme in _THEMES]
_TEXTS = [text for pool in _POOLS for text in pool]
_SIZES = np.array([len(pool) for pool in _POOLS])
_STARTS = np.concatenate([[0], np.cumsum(_SIZES)[:-1]])


def comments(rng: np.random.Generator, csat: Ints, theme: Ints, written: Bools) -> pd.Series:
    """A comment for each rating 1 to 5 and dimension that moved it most; null if unwritten."""
    band = np.array([0, 0, 0, 1, 2, 3])[csat]
    pool = band * len(_THEMES) + theme
    index = _STARTS[pool] + (rng.random(len(csat)) * _SIZES[pool]).astype(np.int64)
    return pick(_TEXTS, np.where(written, index, -1))
