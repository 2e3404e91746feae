"""What records say: titles and details by kind and category, all invented."""

import numpy as np
import pandas as pd

from dashboard.ingest.demo.categories import CATEGORIES, CODES, KINDS
from dashboard.ingest.demo.draw import Ints, chance, pick

PROBLEMS: dict[str, tuple[str, ...]] = {
    "leak": (
        "卫生间顶板渗水",
        "外墙窗边渗漏",
        "阳台漏水到楼下",
        "厨房墙面返潮起皮",
        "地下车位顶部滴水",
        "雨后客厅窗台进水",
    ),
    "decoration_delay": (
        "精装修交付延期",
        "整改后装修迟迟未完工",
        "装修进场时间一再推迟",
        "橱柜安装未按期完成",
    ),
    "material_procurement": (
        "地板材料与样板不符",
        "洁具迟迟未到货",
        "更换的门锁配件缺货",
        "石材色差未更换",
    ),
    "listing_info": (
        "得房率与宣传不一致",
        "学区说明前后不一",
        "房源楼层信息有误",
        "公示价格与报价不符",
    ),
    "attitude": ("前台态度生硬", "电话中被随意打断", "管家推诿不处理", "工作人员答复敷衍"),
    "contract_terms": (
        "补充协议条款不清",
        "违约金计算有异议",
        "交付标准与合同不符",
        "物业费起算日有争议",
    ),
    "facilities": (
        "单元门禁失灵",
        "儿童游乐设施损坏",
        "健身房未按承诺开放",
        "楼道照明不亮",
        "信报箱锁坏",
    ),
    "noise": ("楼上夜间装修噪音", "底商音响扰民", "设备房低频噪声", "广场舞音量过大"),
    "parking": (
        "固定车位被占用",
        "充电桩数量不足",
        "访客车辆乱停",
        "车位月租系统扣费错误",
        "车库出入口拥堵",
    ),
    "elevator": ("电梯频繁停运", "电梯困人", "电梯运行异响", "电梯按键失灵"),
    "water_power": ("家中突然停电", "水压不足", "水管爆裂", "插座跳闸", "热水器不通电", "马桶堵塞"),
    "landscaping": ("绿化枯死未补种", "树枝遮挡采光", "草坪积水", "花坛围栏破损"),
    "cleaning": ("楼道垃圾未及时清理", "电梯厅地面污渍", "垃圾房异味", "地库积灰严重"),
    "security": ("陌生人尾随进门", "监控损坏无人修", "高空抛物", "外卖电动车进电梯"),
}
QUESTIONS = ("办理流程咨询", "收费标准咨询", "办理进度查询", "相关规定咨询")
SERVICES: dict[str, tuple[str, ...]] = {
    "cleaning": ("预约家政保洁", "空调清洗服务", "油烟机深度清洗"),
    "facilities": ("家电安装服务", "智能家居加装", "净水器安装"),
    "landscaping": ("私家庭院养护", "绿植租摆"),
    "water_power": ("管道疏通服务", "灯具更换服务", "电路检测服务"),
}
PRAISES = ("感谢管家及时上门", "表扬工程师态度好", "点赞夜班值守", "为热心帮助老人点赞")
TAILS = ("", "", "，要求尽快处理", "，多次反映未解决", "，希望给出说法")

OPENINGS = (
    "业主来电反映",
    "业主当面反映",
    "APP报事",
    "微信群内反映",
    "邮件反映",
    "网上留言",
    "转办",
)
"""In the order of the channels."""
ENDINGS: dict[str, tuple[str, ...]] = {
    "consultation": ("已说明政策并发送资料。", "已答复，客户表示清楚。", "需确认后再次回复。"),
    "repair": (
        "已派单，工程师预约上门。",
        "请先到现场查看再报价。",
        "家中有老人，请提前联系。",
        "客户要求当天处理。",
    ),
    "complaint": (
        "客户情绪激动，要求项目经理回复。",
        "已安抚，待核实后给出方案。",
        "客户已多次反映，要求书面答复。",
        "请核对责任单位并限期整改。",
    ),
    "follow_up": ("客户表示基本满意。", "客户仍有疑问，继续跟进。", "未接通，改日再联系。"),
    "visit": ("接待时长约十五分钟。", "已陪同参观并留下资料。", "客户约定下周再来。"),
    "value_added": ("已报价，待客户确认。", "客户已下单，预约周末上门。", "客户比较价格后再定。"),
    "praise": ("已转达当事同事。", "已记入月度表扬榜。"),
}
DEMO_PHONE_PREFIX = "154"
"""A number range that is assigned to nobody."""


def _titles(kind: str, code: str) -> tuple[str, ...]:
    label = CATEGORIES[CODES.index(code)].zh
    if kind == "repair":
        return PROBLEMS[code]
    if kind == "complaint":
        return tuple(problem + tail for problem in PROBLEMS[code] for tail in TAILS)
    if kind == "consultation":
        return tuple(label + question for question in QUESTIONS)
    if kind == "value_added":
        return SERVICES.get(code, ("生活服务预约",))
    if kind == "praise":
        return PRAISES
    if kind == "visit":
        return (f"来访了解{label}", f"到访洽谈：{label}")
    return (f"回访：{label}处理情况", f"跟进：{label}")


_POOLS = [_titles(kind, code) for kind in KINDS for code in CODES]
_TITLES = [title for pool in _POOLS for title in pool]
_SIZES = np.array([len(pool) for pool in _POOLS])
_STARTS = np.concatenate([[0], np.cumsum(_SIZES)[:-1]])
_ENDINGS = [ENDINGS[kind] for kind in KINDS]
_ENDING_TEXTS = [text for pool in _ENDINGS for text in pool]
_ENDING_SIZES = np.array([len(pool) for pool in _ENDINGS])
_ENDING_STARTS = np.concatenate([[0], np.cumsum(_ENDING_SIZES)[:-1]])


def titles(rng: np.random.Generator, kind: Ints, category: Ints) -> pd.Series:
    """A title for each record; about one in a hundred has none."""
    pool = kind * len(CODES) + category
    index = _STARTS[pool] + (rng.random(len(kind)) * _SIZES[pool]).astype(np.int64)
    return pick(_TITLES, np.where(chance(rng, 0.01, len(kind)), -1, index))


def details(rng: np.random.Generator, title: pd.Series, kind: Ints, channel: Ints) -> pd.Series:
    """Who said what, and what comes next; one in eight has none, a few name a phone number."""
    n = len(kind)
    opening = pick(OPENINGS, np.maximum(channel, 0))
    ending = pick(
        _ENDING_TEXTS, _ENDING_STARTS[kind] + (rng.random(n) * _ENDING_SIZES[kind]).astype(np.int64)
    )
    text = opening + "：" + title.fillna("其他事项") + "。" + ending
    with_phone = np.flatnonzero(chance(rng, 0.004, n))
    numbers = pd.Series(rng.integers(10**7, 10**8, len(with_phone)), with_phone).astype("str")
    text.iloc[with_phone] += "联系电话" + DEMO_PHONE_PREFIX + numbers + "。"
    return text.mask(chance(rng, 0.125, n))
