"""What questions, groups of them and their fit are called on the staff's pages."""

from collections.abc import Mapping

from bot.store.inquiries import QuestionState
from bot.store.question_groups import GroupState
from bot.store.questions import CONFIRMED
from knowledge.grouping import Fit

GROUP_STATES: Mapping[GroupState, str] = {
    GroupState.OPEN: "待答",
    GroupState.WRITTEN: "正在写知识",
    GroupState.TELLING: "正在告知",
    GroupState.ANSWERED: "已答",
    GroupState.CLOSED: "已办结",
}
QUESTION_STATES: Mapping[QuestionState, str] = {
    QuestionState.OPEN: "待答",
    QuestionState.ANSWERED: "已答",
    QuestionState.CLOSED: "已办结",
}
FITS: Mapping[str, str] = {
    Fit.SURE: "自动归并",
    Fit.NEW: "第一个问",
    Fit.SUGGESTED: "待确认",
    CONFIRMED: "人工确认",
}
