"""Names under which the columns of the contract go in exports, in Chinese and English, and words
for its codes beside their labels.

Names are compared without letter case, blanks and punctuation. Aliases without a table hold for
every table that has the column.
"""

from collections.abc import Mapping
from types import MappingProxyType

_TIMES = {
    "created_at": (
        "创建时间", "创建日期", "受理时间", "报单时间", "提交时间", "登记时间", "投诉时间",
        "报修时间", "来电时间", "下单时间", "发起时间", "申请时间", "建单时间", "生成时间",
        "上报时间", "报修日期", "投诉日期", "受理日期", "登记日期",
        "created", "created date", "created time", "create time", "open date", "opened",
        "open dt", "date opened", "created on", "date created", "creation date", "opened on",
        "reported on", "received at", "requested at", "request date", "submitted at", "reported at",
    ),
    "due_at": (
        "要求完成时间", "承诺完成时间", "截止时间", "到期时间", "应完成时间", "计划完成时间",
        "预计完成时间",
        "due", "due date", "due on", "target date", "target dt", "deadline", "sla due",
    ),
    "first_response_at": (
        "首次响应时间", "响应时间", "首响时间", "接单时间", "首次回复时间",
        "first response", "first response time", "responded", "accepted at", "response time",
        "first reply",
    ),
    "on_site_at": ("到场时间", "上门时间", "到达时间", "arrival time", "on site", "arrived at"),
    "investigated_at": ("调查时间", "调查完成时间", "investigated"),
    "delay_notified_at": ("延误告知时间", "延期告知时间"),
    "resolved_at": (
        "完成时间", "解决时间", "处理完成时间", "完工时间", "办结时间", "处理时间", "实际完成时间",
        "完成日期", "办结日期",
        "resolved", "resolved date", "resolution date", "completed at", "completion date",
        "resolved on", "solved at", "completed on",
    ),
    "fed_back_at": ("反馈时间", "回访时间", "回复客户时间", "feedback time"),
    "closed_at": (
        "关闭时间", "关单时间", "结单时间", "归档时间", "闭环时间", "结案时间", "关闭日期",
        "closed", "closed date", "close date", "closed dt", "closing date", "closed on",
        "date closed",
    ),
}  # fmt: skip

_SHARED = {
    "project_id": (
        "项目", "项目名称", "项目编号", "小区", "小区名称", "楼盘", "楼盘名称", "所属项目", "社区",
        "服务中心", "所在小区", "所属小区", "您所在的小区",
        "project", "project name", "community", "site", "property", "building", "neighborhood",
        "community name", "property name", "estate",
    ),
    "customer_id": (
        "客户编号", "业主编号", "客户号", "房号", "客户id", "住户编号",
        "customer", "customer no", "client id", "owner id", "resident id",
    ),
    "staff_id": (
        "处理人", "责任人", "负责人", "经办人", "工号", "员工编号", "接单人", "维修人员",
        "客服人员", "受理人", "员工工号", "staff", "assignee", "assigned to", "handler", "agent",
        "owner", "employee id", "employee no", "technician",
    ),
    "channel": (
        "渠道", "来源", "来源渠道", "受理渠道", "报单渠道", "source", "contact channel",
        "method received", "origin", "via",
    ),
    "category": (
        "分类", "类别", "问题分类", "工单分类", "投诉分类", "二级分类", "问题类别",
        "issue type", "problem type", "subcategory", "sub type",
    ),
    "comment": (
        "意见", "评价内容", "客户意见", "备注意见", "建议", "意见建议", "意见与建议", "您的建议",
        "comments", "feedback",
    ),
}  # fmt: skip

_BY_TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "project": {
        "project_id": ("项目编号", "项目编码", "项目id", "project no", "project code"),
        "project_name": ("项目名称", "小区名称", "楼盘名称", "name", "project"),
        "region": ("区域", "大区", "片区", "area"),
        "city": ("城市", "所在城市"),
        "property_type": ("物业类型", "业态", "type"),
        "households": ("户数", "总户数", "units", "number of households"),
        "handed_over_on": ("交付日期", "交房日期", "入伙日期", "handover date"),
    },
    "staff": {
        "staff_id": ("员工编号", "工号", "员工工号", "employee id", "employee no", "staff no"),
        "staff_name": ("姓名", "员工姓名", "name", "employee name", "full name"),
        "position": ("岗位", "职位", "职务", "job title", "role"),
        "grade": ("职级", "级别", "等级", "level"),
        "team": ("班组", "团队", "部门", "department"),
        "hired_on": ("入职日期", "入职时间", "hire date", "start date"),
        "left_on": ("离职日期", "离职时间", "leaving date", "end date"),
    },
    "customer": {
        "customer_name": ("姓名", "客户姓名", "业主姓名", "name"),
        "phone": ("电话", "手机", "手机号", "联系电话", "mobile", "telephone"),
        "segment": ("客户类型", "客户分类", "客群", "customer type"),
        "vip": ("是否vip", "贵宾"),
        "handed_over_on": ("交付日期", "交房日期", "收房日期", "handover date"),
        "joined_on": ("入会日期", "注册日期", "首次购买日期", "registration date"),
        "left_on": ("流失日期", "退出日期"),
    },
    "service_record": {
        **_TIMES,
        "record_id": (
            "工单号", "工单编号", "单号", "服务单号", "任务单号", "投诉编号", "报修单号",
            "案件编号", "记录编号", "流水号", "ticket", "ticket id", "ticket no", "ticket number",
            "case id", "case no", "case number", "request id", "request number",
            "service request number", "work order", "work order no", "order no", "id",
        ),
        "kind": (
            "工单类型", "类型", "服务类型", "业务类型", "单据类型", "诉求类型",
            "type", "request type", "record type", "ticket type", "case type",
        ),
        "stage": ("阶段", "客户阶段", "服务阶段", "旅程阶段", "journey stage"),
        "risk": ("风险", "风险类型", "risk type"),
        "level": ("响应级别", "级别", "优先级", "紧急程度", "priority", "severity"),
        "tier_target": ("目标服务等级", "应达等级", "target tier"),
        "tier_delivered": ("实际服务等级", "达成等级", "delivered tier"),
        "status": ("状态", "工单状态", "处理状态", "case status", "ticket status", "state"),
        "reopen_count": ("重开次数", "返工次数", "reopened", "reopens"),
        "escalated": ("是否升级", "升级", "is escalated"),
        "cost": ("成本", "处理成本", "费用", "处理费用", "维修费用", "handling cost"),
        "revenue": ("收入", "成交金额", "收费金额", "sales"),
        "remedy": ("补救方式", "补救措施", "处理方式"),
        "compensation": ("赔偿金额", "补偿金额", "赔付金额", "compensation amount"),
        "handled_by": ("处理方", "处理主体", "人工或智能"),
        "title": ("标题", "主题", "工单标题", "subject", "summary", "case title"),
        "detail": (
            "内容", "描述", "问题描述", "详细描述", "工单内容", "投诉内容", "报修内容", "详情",
            "description", "details", "content",
        ),
    },
    "survey": {
        "survey_id": (
            "问卷编号", "问卷号", "答卷编号", "回访编号", "答卷序号", "序号", "调查编号",
            "response id", "response number", "respondent id", "survey no", "id",
        ),
        "record_id": ("工单号", "工单编号", "关联工单", "ticket id", "case id", "ticket no"),
        "sent_at": ("发送时间", "推送时间", "下发时间", "sent", "sent date", "send time"),
        "responded_at": (
            "提交时间", "填写时间", "答题时间", "回复时间", "完成时间", "评价时间", "回访时间",
            "提交答卷时间",
            "responded", "response date", "submitted at", "completed at", "answered at",
            "completion time", "date submitted",
        ),
        "nps": (
            "推荐意愿", "推荐分", "推荐度", "nps得分", "净推荐值", "推荐可能性",
            "likelihood to recommend", "recommend", "nps score", "would you recommend",
            "how likely are you to recommend us",
        ),
        "csat": (
            "满意度", "总体满意度", "整体满意度", "综合满意度", "满意度评分", "评分", "服务满意度",
            "satisfaction", "overall satisfaction", "csat score", "rating",
        ),
        "ces": ("费力度", "费力度得分", "轻松度", "effort", "customer effort", "effort score"),
        "attitude": ("服务态度", "态度评分", "态度", "service attitude"),
        "ability": ("专业能力", "业务能力", "技能", "能力评分", "competence", "skill"),
        "efficiency": ("处理效率", "响应效率", "及时性", "效率评分", "timeliness"),
        "content_quality": ("信息质量", "内容质量", "information quality"),
        "after_sales": ("售后", "售后服务", "售后评分", "after sales service"),
    },
    "training": {
        "training_id": ("培训编号", "记录编号", "training no", "id"),
        "course": ("课程", "课程名称", "培训课程", "course name"),
        "held_on": ("培训日期", "上课日期", "日期", "date"),
        "required": ("是否必修", "应参加", "mandatory"),
        "attended": ("是否参加", "实际参加", "出勤", "present"),
        "score": ("成绩", "考试成绩", "得分"),
        "passed": ("是否合格", "是否通过", "合格"),
        "hours": ("学时", "课时", "时长", "duration"),
    },
    "inspection": {
        "inspection_id": ("检查编号", "巡检编号", "inspection no", "id"),
        "inspected_on": ("检查日期", "巡检日期", "检查时间", "inspection date", "date"),
        "item": ("检查项", "检查项目", "检查内容", "check item"),
        "phase": ("检查阶段", "阶段"),
        "score": ("得分", "检查得分", "评分"),
        "passed": ("是否合格", "合格", "结果", "result"),
        "finding": ("问题", "发现问题", "问题描述", "findings"),
        "severity": ("严重程度", "问题等级"),
        "due_on": ("整改期限", "要求整改日期", "due date"),
        "rectified_on": ("整改日期", "整改完成日期", "rectification date"),
        "rechecked_on": ("复查日期", "复检日期", "recheck date"),
        "recheck_passed": ("复查是否合格", "复检结果"),
    },
    "category": {
        "category": ("分类", "分类编码", "类别编码", "code"),
        "label_zh": ("中文名称", "分类名称", "名称"),
        "label_en": ("英文名称", "english name"),
        "risk": ("风险", "风险类型", "risk type"),
    },
}  # fmt: skip

ALIASES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(_BY_TABLE)
"""Table → column → other names of it."""

SHARED_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(_SHARED)
"""Column → other names, in tables that have none of their own for it."""

_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "维修": "repair", "报事报修": "repair", "报事": "repair", "maintenance": "repair",
        "投诉建议": "complaint", "投诉类": "complaint", "建议": "consultation",
        "咨询求助": "consultation", "咨询类": "consultation", "inquiry": "consultation",
        "question": "consultation", "回访单": "follow_up", "拜访": "visit", "上门拜访": "visit",
        "增值": "value_added", "有偿服务": "value_added", "感谢": "praise", "compliment": "praise",
    },
    "channel": {
        "电话": "phone", "来电": "phone", "热线": "phone", "400": "phone", "呼叫中心": "phone",
        "call": "phone", "telephone": "phone", "前台": "face_to_face", "现场": "face_to_face",
        "来访": "face_to_face", "上门": "face_to_face", "walk-in": "face_to_face",
        "小程序": "wechat", "公众号": "wechat", "企业微信": "wechat", "微信": "wechat",
        "手机app": "app", "mobile": "app", "邮件": "email", "邮箱": "email",
        "网站": "web", "官网": "web", "网页": "web", "website": "web", "online": "web",
    },
    "status": {
        "新建": "open", "待受理": "open", "待派单": "open", "待接单": "open", "未处理": "open",
        "new": "open", "pending": "open", "受理中": "in_progress", "已派单": "in_progress",
        "已接单": "in_progress", "进行中": "in_progress", "已受理": "in_progress",
        "assigned": "in_progress", "已完成": "resolved", "已处理": "resolved", "完成": "resolved",
        "已完工": "resolved", "completed": "resolved", "done": "resolved", "已结单": "closed",
        "已归档": "closed", "关闭": "closed", "已闭环": "closed", "已办结": "closed",
        "取消": "cancelled", "作废": "cancelled", "已作废": "cancelled", "已撤销": "cancelled",
        "canceled": "cancelled",
    },
    "level": {
        "一级": "L1", "二级": "L2", "三级": "L3", "紧急": "L1", "urgent": "L1", "high": "L1",
    },
}  # fmt: skip

CODE_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(_WORDS)
"""Code set → word in exports → code, beside the codes and their labels."""

_SATISFACTION = {
    "非常满意": "5", "很满意": "5", "比较满意": "4", "较满意": "4", "满意": "4", "一般": "3",
    "不太满意": "2", "不满意": "2", "很不满意": "1", "非常不满意": "1",
    "very satisfied": "5", "satisfied": "4", "neutral": "3", "dissatisfied": "2",
    "unsatisfied": "2", "very dissatisfied": "1", "very unsatisfied": "1",
}  # fmt: skip
_BEST, _BEST_OF_ALL = 5, 10


def score_words(low: float | None, high: float | None) -> Mapping[str, str]:
    """Words in exports → the score of this range that they stand for; empty for other numbers."""
    if low is None or high is None or high > _BEST_OF_ALL:
        return {}
    counted = {f"{n}分": str(n) for n in range(int(low), int(high) + 1)}
    if high > _BEST:
        return counted
    stars = {text: str(n) for n in range(1, _BEST + 1) for text in (f"{n}星", "★" * n)}
    return counted | stars | _SATISFACTION


NOTHING = (
    "-", "--", "---", "–", "—", "——", "－", "/", "\\", "n/a", "na", "n.a.", "nan", "null", "(null)",
    "\\n", "none", "nil", "#n/a", "not applicable", "(blank)", "无", "暂无", "空", "(空)", "空白",
    "(空白)", "不适用", "未评价", "未填写", "(跳过)",
)  # fmt: skip
"""Texts that mean blank in most exports, in small letters."""
