"""What the program's words are called on the staff's pages. Words that stand in one page only stand in its template."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import wording
from bot.access import Role
from broadcasts.broadcast import Status
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus
from knowledge.article import Category
from knowledge.claim import Topic, Verdict
from knowledge.crisis import CrisisKind
from knowledge.review import Step, WorkState
from knowledge.risk import Harm, Risk, Spread

ROLES: Mapping[Role, str] = {
    Role.EDITOR: "编辑",
    Role.REVIEWER: "审核员",
    Role.APPROVER: "签发人",
    Role.AREA_LEAD: "区县负责人",
    Role.AUDITOR: "监督员",
    Role.ADMINISTRATOR: "管理员",
}

WORK_STATES: Mapping[WorkState, str] = {
    WorkState.NEW: "新线索",
    WorkState.TRIAGED: "已分派",
    WorkState.IN_REVIEW: "核查中",
    WorkState.DRAFTED: "待签发",
    WorkState.APPROVED: "已签发",
    WorkState.PUBLISHED: "已发布",
    WorkState.CORRECTED: "已更正",
    WorkState.CLOSED: "已了结",
    WorkState.MERGED: "已合并",
    WorkState.OUT_OF_SCOPE: "不属核查范围",
}

STEPS: Mapping[Step, str] = {
    Step.TRIAGE: "分派",
    Step.TAKE_UP: "开始核查",
    Step.DRAFT: "写核实结论",
    Step.SEND_BACK: "退回",
    Step.APPROVE: "签发",
    Step.PUBLISH: "发布",
    Step.DRAFT_CORRECTION: "写更正",
    Step.CORRECT: "发布更正",
    Step.CLOSE: "了结",
    Step.REOPEN: "重新打开",
    Step.MERGE: "并入另一条",
    Step.SET_ASIDE: "不属核查范围",
}

# In the words residents read.
VERDICTS: Mapping[Verdict, str] = {verdict: wording.VERDICTS[verdict] for verdict in Verdict}

RISKS: Mapping[Risk, str] = {Risk.CRITICAL: "紧急", Risk.HIGH: "高", Risk.MEDIUM: "中", Risk.LOW: "低"}

HARMS: Mapping[Harm, str] = {
    Harm.MINOR: "轻：造成误解",
    Harm.MODERATE: "中：做错事、花冤枉钱、聚集混乱",
    Harm.MAJOR: "重：危害健康、引起恐慌、抢购、伤害他人或地方名誉",
}

SPREADS: Mapping[Spread, str] = {
    Spread.ONE: "一条线索",
    Spread.SEVERAL: "多条，同一乡镇",
    Spread.WIDE: "多个乡镇，或正在增多",
}

TOPICS: Mapping[Topic, str] = {
    Topic.HEALTH_MYTH: "健康误区",
    Topic.LOCK_DOWN: "封控管理",
    Topic.FOOD_AND_PRICES: "物资与物价",
    Topic.SCAM: "诈骗",
    Topic.MEDICINE_RUN: "药品抢购",
    Topic.ACCUSATION: "指向他人",
    Topic.TESTING: "核酸检测",
    Topic.VACCINATION: "疫苗接种",
    Topic.TRAVEL: "出行",
    Topic.SCHOOL: "学校",
    Topic.OTHER: "其他",
}

CATEGORIES: Mapping[Category, str] = {
    Category.TESTING: "核酸检测",
    Category.TRAVEL: "出行返乡",
    Category.ISOLATION: "隔离",
    Category.CLOSED_AREA: "封控区",
    Category.LOW_RISK_AREA: "低风险区",
    Category.DELIVERY: "快递外卖",
    Category.NURSING_HOME: "养老机构",
    Category.CHILD_WELFARE: "儿童福利",
    Category.RELIEF_STATION: "救助站",
    Category.FUNERAL_PARLOUR: "殡仪馆",
    Category.WEDDING: "婚事",
    Category.FUNERAL: "丧事",
    Category.BANQUET: "宴席",
    Category.SCHOOL: "学校",
    Category.MEDICINE: "买药就医",
    Category.VACCINATION: "疫苗接种",
    Category.MASK: "口罩",
    Category.DISINFECTION: "消毒",
    Category.HARDSHIP: "困难救助",
    Category.MENTAL_HEALTH: "心理",
    Category.CONTACT: "联系方式",
    Category.OTHER: "其他",
}

CRISES: Mapping[CrisisKind, str] = {
    CrisisKind.SELF_HARM: "可能自伤",
    CrisisKind.MEDICAL: "急病",
    CrisisKind.VIOLENCE: "暴力伤害",
    CrisisKind.FIRE: "火情",
    CrisisKind.UNCLEAR: "可能有危险",
}

BROADCAST_STATUSES: Mapping[Status, str] = {
    Status.DRAFT: "草稿",
    Status.SUBMITTED: "待签发",
    Status.APPROVED: "已签发",
    Status.SENDING: "发送中",
    Status.COMPLETED: "已完成",
    Status.REJECTED: "已退回",
    Status.HALTED: "已叫停",
    Status.EXPIRED: "已过期",
}

CHANNELS: Mapping[Channel, str] = {
    Channel.OFFICIAL_ACCOUNT: "公众号",
    Channel.WECOM_CUSTOMER_GROUP: "企业微信居民群",
    Channel.WECOM_WEBHOOK: "企业微信工作群",
    Channel.RELAY: "网格员转发",
}

DELIVERY_STATUSES: Mapping[DeliveryStatus, str] = {
    DeliveryStatus.PENDING: "待发",
    DeliveryStatus.WAITING: "等对方来信时送达",
    DeliveryStatus.CLAIMED: "正在发",
    DeliveryStatus.ACCEPTED: "平台已受理",
    DeliveryStatus.DELIVERED: "已送达",
    DeliveryStatus.FAILED: "失败",
    DeliveryStatus.SKIPPED: "跳过",
    DeliveryStatus.UNKNOWN: "结果不明",
    DeliveryStatus.CANCELLED: "已撤回",
}


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """A time as people here read it; nothing for none."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
