"""The table ``action``: what the company does about what it found."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo.clock import Period
from dashboard.ingest.demo.draw import chance, ids, pick
from dashboard.ingest.demo.people import POSTS, Staff
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.stories import COLLAPSE, NEW_STANDARD, Stories

PHASES = ("plan", "do", "check", "act")
PLAN, DO, CHECK, ACT = range(len(PHASES))
ACTIONS_A_PROJECT = 0.7

IDEAS = (
    ("csat", "管家每周一次上门回访", "客户反馈沟通不足"),
    ("response_l1_rate", "夜间值班改为双岗", "夜间一级报事响应慢"),
    ("complete_l3_rate", "合同争议由法务当日会审", "跨部门等待时间长"),
    ("reopen_rate", "维修完工须客户现场验收", "一次修复率低"),
    ("resolved_within_30d", "超20天未结案件每日例会", "疑难案件无人牵头"),
    ("closed_loop_rate", "结案前必须完成客户反馈", "反馈环节遗漏"),
    ("response_rate", "评价邀请改为微信推送", "短信邀请打开率低"),
    ("ces", "APP报事入口合并", "客户重复描述问题"),
    ("complaint_count", "装修期噪音提前公示", "噪音投诉集中"),
)


@dataclass(frozen=True)
class _Plan:
    """One action of a story; days before the end, ``closed`` None while it goes on."""

    metric: str
    title: str
    cause: str
    phase: int
    opened: int
    due: int
    closed: int | None = None
    collapsed: bool = False


STORY_ACTIONS = (
    _Plan(
        "onsite_l2_rate",
        "推行二级响应24小时到场标准",
        "到场时限无统一要求",
        ACT,
        NEW_STANDARD.draft,
        NEW_STANDARD.active - 60,
        NEW_STANDARD.active - 75,
    ),
    _Plan(
        "csat",
        "交付后集中整改专班",
        "集中交付后报修与投诉激增",
        DO,
        COLLAPSE.handed_over_before_end - 60,
        20,
        collapsed=True,
    ),
    _Plan("complaint_count", "汛期前外墙与屋面排查", "雨季渗漏集中", CHECK, 230, 30),
    _Plan("complaint_count", "访客车位预约与充电桩扩容", "停车需求逐月增长", PLAN, 35, -60),
    _Plan("response_rate", "西南区域评价邀请方式试点", "区域问卷回收率偏低", PLAN, 20, -90),
    _Plan("tier_attainment", "VIP客户专属管家", "VIP服务未达承诺等级", DO, 70, -30),
)


def make_actions(
    rng: np.random.Generator, period: Period, projects: Projects, staff: Staff, stories: Stories
) -> pd.DataFrame:
    """Actions for the stories and ordinary ones; some are overdue, four in ten are finished."""
    n = max(8, int(len(projects) * ACTIONS_A_PROJECT))
    plans = STORY_ACTIONS if stories.told else ()
    idea = rng.integers(0, len(IDEAS), n)
    opened = np.sort(rng.integers(20, period.days - 5, n))
    due = opened + rng.integers(45, 150, n)
    closed = period.past_days(due + rng.integers(-25, 30, n))
    closed = np.where(chance(rng, 0.75, n), closed, np.nan)
    age = period.days - opened
    running = np.select([age < 25, age < 90], [PLAN, DO], CHECK)
    phase = np.where(np.isfinite(closed), ACT, running)
    project = np.where(chance(rng, 0.15, n), -1, rng.integers(0, len(projects), n))
    told_closed = [np.nan if p.closed is None else period.before_end(p.closed) for p in plans]
    told_phase = np.array([p.phase for p in plans], dtype=np.int64)
    told_project = np.array([projects.collapsed if p.collapsed else -1 for p in plans], np.int64)
    all_projects = np.concatenate([told_project, project])
    all_opened = np.concatenate([[period.before_end(p.opened) for p in plans], opened])
    manager = np.maximum(all_projects, 0) * POSTS + POSTS - 1
    known = staff.employed(manager, all_opened)
    texts = [(p.metric, p.title, p.cause) for p in plans] + [IDEAS[i] for i in idea]
    return pd.DataFrame(
        {
            "action_id": ids("A", len(plans) + n, 4),
            "project_id": pick(projects.table["project_id"], all_projects),
            "metric": pd.Series([text[0] for text in texts], dtype="str"),
            "title": pd.Series([text[1] for text in texts], dtype="str"),
            "cause": pd.Series([text[2] for text in texts], dtype="str"),
            "owner_id": pick(staff.table["staff_id"], np.where(known, manager, -1)),
            "phase": pick(PHASES, np.concatenate([told_phase, phase])),
            "opened_on": period.dates(all_opened),
            "due_on": period.dates(
                np.concatenate([[period.before_end(p.due) for p in plans], due])
            ),
            "closed_on": period.dates(np.concatenate([told_closed, closed])),
        }
    )
