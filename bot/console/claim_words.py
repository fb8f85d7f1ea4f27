"""What the rumour desk's own words are called on its pages."""

from collections.abc import Mapping

from bot.store.appeals import AppealState
from bot.store.claim_actions import ActionKind
from bot.store.inquiries import IntakeChannel, ReportState
from knowledge.approval import Pending
from knowledge.review import WorkState
from knowledge.rumour_log import Feedback, SourceType

ACTIONS: Mapping[ActionKind, str] = {
    ActionKind.PUBLISHED: "发布结论",
    ActionKind.CORRECTED: "发布更正",
    ActionKind.WITHDRAWN: "撤回",
    ActionKind.HOLDING: "告知提问者下次查看时间",
    ActionKind.CARD: "转发卡片",
    ActionKind.BROADCAST: "起草推送",
    ActionKind.FIELD: "现场处置",
}
CHANNELS: Mapping[IntakeChannel, str] = {
    IntakeChannel.CHAT: "公众号文字",
    IntakeChannel.VOICE: "公众号语音",
    IntakeChannel.SCREENSHOT: "截图",
    IntakeChannel.LINK: "链接",
    IntakeChannel.GRID_WORKER: "网格员登记",
    IntakeChannel.STAFF: "工作人员登记",
}
REPORT_STATES: Mapping[ReportState, str] = {
    ReportState.NEW: "等结果",
    ReportState.ANSWERED: "当场答复",
    ReportState.DECIDED: "已告知",
    ReportState.CLOSED: "已办结",
}
# In the place of a text that speaks of somebody.
PRIVATE = "（涉及个人）"
FITS: Mapping[str, str] = {"sure": "自动归并", "suggested": "待确认", "new": "首条", "confirmed": "人工确认"}
APPEAL_STATES: Mapping[AppealState, str] = {
    AppealState.OPEN: "待复核",
    AppealState.UPHELD: "意见成立",
    AppealState.DISMISSED: "结论不变",
}
SOURCE_TYPES: Mapping[SourceType, str] = {
    SourceType.FRIEND: "亲友",
    SourceType.GROUP: "群里",
    SourceType.OFFICIAL_LOOKING: "像官方的消息",
    SourceType.UNKNOWN: "不清楚",
}
FEEDBACK: Mapping[Feedback, str] = {
    Feedback.QUESTION: "疑问",
    Feedback.REQUEST: "建议、请求",
    Feedback.BELIEF: "传言、看法、见闻",
    Feedback.COMPLAINT: "投诉",
    Feedback.THANKS: "感谢",
    Feedback.SENSITIVE: "敏感",
}
# Fields of the rumour log that are words of one's own.
LOG_FIELDS: Mapping[str, str] = {
    "date_heard": "听到的日期",
    "exact_wording": "原话（保留方言）",
    "dialect": "方言",
    "source_type": "从哪类人处听来（不记姓名）",
    "feedback": "类型",
    "why_believed": "为什么有人信",
    "likelihood": "可能性",
    "response_what": "怎么回应",
    "response_who": "谁来回应",
    "response_start": "开始",
    "response_weeks": "周数",
    "response_completed": "完成",
    "response_outcome": "效果",
    "trend_after": "之后的走势",
}
# Who must act next, for those who cannot. Administrators may do what reviewers do.
WAITS_FOR: Mapping[WorkState, str] = {
    WorkState.NEW: "等审核员评定风险",
    WorkState.TRIAGED: "等审核员接手核查",
    WorkState.IN_REVIEW: "等审核员写核实结论",
    WorkState.DRAFTED: "等审核员交给签发人",
    WorkState.APPROVED: "等审核员发布",
    WorkState.PUBLISHED: "结论已经公开",
    WorkState.CORRECTED: "结论已经公开",
    WorkState.CLOSED: "已经了结，现在没有要办的",
    WorkState.MERGED: "已并入另一条，请到那一条去办",
    WorkState.OUT_OF_SCOPE: "不属核查范围，现在没有要办的",
}


def waits_for(state: WorkState, pending: Pending | None) -> str:
    """Whose turn it is; `pending`: how far what is being written has come."""
    if pending is None:
        return WAITS_FOR[state]
    if pending.approved_by:
        return WAITS_FOR[WorkState.APPROVED]
    return "等签发人签发" if pending.submitted_by else WAITS_FOR[WorkState.DRAFTED]


# What a form's fault is called; faults come from the office by the name of the field.
FAULTS: Mapping[str, str] = {
    "reason": "请写明原因，会留痕。",
    "name": "没有这位可以核查的同事。",
    "text": "请写几个字再提交。",
    "what": "请写明做了什么。",
    "into": "不能并入自己，请填另一条的编号。",
    "numbers": "请先勾选线索，一次最多 200 条。",
    "answer": "请写答复，最多 600 字。",
    "file": "只收 5 MB 以内的 PDF、PNG、JPEG、网页或文本。",
    "issuer": "请写明发布机构。",
    "area_code": "没有这个地方。",
}
