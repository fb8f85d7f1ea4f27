"""What the audit trail's actions are called: what was acted on, and what was done. The trail itself keeps the plain words."""

import re
from collections.abc import Mapping

from bot.store.debunks import StoppedBy

THINGS: Mapping[str, str] = {
    "alert": "紧急情况",
    "alerts": "紧急情况",
    "appeal": "不同意见",
    "appeals": "不同意见",
    "area": "区划",
    "areas": "区划",
    "article": "知识条目",
    "articles": "知识条目",
    "audit": "留痕",
    "backup": "备份",
    "broadcast": "推送",
    "broadcasts": "推送",
    "claim": "传言",
    "claims": "传言",
    "deliveries": "投递记录",
    "grid_worker": "网格员",
    "grid_workers": "网格员",
    "groups": "群",
    "headcounts": "人数登记",
    "households": "户号",
    "models": "识别模型",
    "password": "密码",
    "question": "问题",
    "questions": "问题",
    "relay_tasks": "转发任务",
    "report": "线索",
    "reports": "线索",
    "role": "角色",
    "second_factor": "动态验证码",
    "sign_in": "登录",
    "staff": "账号",
    "token": "接口令牌",
}
DEEDS: Mapping[str, str] = {
    "access_reset": "重设密码和手机",
    "acknowledged": "接手",
    "added": "开户",
    "answer": "答复",
    "approve": "签发",
    "approved": "签发",
    "article": "写成条目",
    "asked": "提出申请",
    "assign": "交接",
    "assigned": "生效",
    "card": "取转发卡片",
    "changed": "更改",
    "close": "了结",
    "closed": "停用",
    "comment": "留言",
    "complete": "完成",
    "confirm": "确认归并",
    "correct": "发布更正",
    "create": "新建",
    "created": "新建",
    "debunk": "起草辟谣推送",
    "decide": "定性",
    "detach": "移出",
    "dismissed": "不采纳",
    "disputes_exported": "导出待核户",
    "disputes_viewed": "查看待核户",
    "draft": "起草",
    "drafted": "起草",
    "draft_correction": "写更正",
    "edit": "修改",
    "edited": "修改",
    "enter": "登记",
    "evidence": "加证据",
    "expire": "到期",
    "exported": "导出",
    "failed": "密码不对",
    "field_action": "记现场处置",
    "give": "交接",
    "granted": "批准",
    "halt": "叫停",
    "halted": "叫停",
    "imported": "导入",
    "locked": "连错锁定",
    "log": "登记要素",
    "merge": "合并",
    "move": "移动",
    "open": "开始",
    "publish": "发布",
    "record": "登记要素",
    "refused": "拒绝",
    "reject": "退回",
    "rejected": "退回",
    "rename": "改名",
    "reopen": "重新打开",
    "restore": "恢复旧版",
    "restored": "恢复",
    "restrict": "标记涉及个人",
    "revoked": "作废",
    "risk": "调整风险",
    "rolled_back": "退回上一版",
    "save": "保存",
    "send_back": "退回",
    "set_aside": "不属核查范围",
    "set_up": "启用",
    "split": "拆分",
    "submit": "提交",
    "submitted": "提交",
    "take_up": "开始核查",
    "trained": "重新学习",
    "triage": "分派",
    "unlocked": "解锁",
    "upheld": "采纳",
    "viewed": "查看",
    "withdraw": "撤下",
    "withdrawn": "撤下",
}
WHOLE: Mapping[str, str] = {
    # Of a draft too its page says so: one word for one thing.
    "broadcast.withdrawn": "推送：叫停",
    "grid_worker.dismissed": "网格员：办理离任",
    "purged": "按期删除",
    "sign_in": "登录",
    "sign_in.first": "第一次登录",
}


def spoken(action: str) -> str:
    """In Chinese, as far as there are words for it; else as the trail has it."""
    if action in WHOLE:
        return WHOLE[action]
    thing, _, deed = action.partition(".")
    return f"{THINGS[thing]}：{DEEDS[deed]}" if thing in THINGS and deed in DEEDS else action


# What a subject in the trail begins with, and what it is called; the rest of it is a number or a name.
SUBJECTS: Mapping[str, str] = {
    "alert": "紧急情况",
    "alerts": "紧急情况名单",
    "appeal": "不同意见",
    "appeals": "不同意见名单",
    "area": "区划",
    "article": "知识条目",
    "articles": "知识条目名单",
    "audit": "留痕",
    "broadcast": "推送",
    "broadcasts": "推送名单",
    "claim": "传言",
    "claims": "传言名单",
    "drive": "人数登记",
    "drives": "人数登记名单",
    "grid worker": "网格员",
    "grid workers": "网格员名单",
    "groups": "群名单",
    "headcounts": "人数登记",
    "question": "问题",
    "question group": "问题组",
    "questions": "问题名单",
    "relay tasks": "转发任务",
    "report": "线索",
    "reports": "线索名单",
    "retention": "按期删除",
    "staff": "账号",
    "suggestions": "待确认的归并",
    "token": "接口令牌",
    "tokens": "接口令牌名单",
}
DETAILS: Mapping[str, str] = {
    "area": "区划",
    "article": "条目",
    "broadcast": "推送",
    "claim": "传言",
    "days": "天数",
    "evidence": "证据",
    "fingerprint": "指纹",
    "from": "从",
    "harm": "危害",
    "held_back": "没有告知",
    "into": "并入",
    "kind": "种类",
    "name": "名称",
    "owner": "代表",
    "questions": "问题",
    "reason": "原因",
    "reports": "线索",
    "restricted": "涉及个人",
    "revision": "第几稿",
    "risk": "风险",
    "role": "角色",
    "rows": "行数",
    "scopes": "可以做",
    "snapshot": "快照",
    "to": "到",
    "version": "版本",
    "was": "原来",
}

# Those the service gives itself; whatever else stands there somebody has written.
REASONS: Mapping[str, str] = {
    StoppedBy.CORRECTED: "结论更正了",
    StoppedBy.WITHDRAWN: "结论撤下了",
    StoppedBy.RESTRICTED: "涉及个人",
    StoppedBy.OVER: "结论不再有效",
    "first password not used in time": "临时密码过期没用",
    "first password signs nothing": "临时密码不能签名",
    "resting": "连错锁定",
}

# A number that was typed without the blank before it.
NUMBER = re.compile(r"[0-9-]*")


def spoken_subject(subject: str) -> str:
    """What was acted on: 传言 20220714-3. What there are no words for stays as it is."""
    words = subject.split(" ")
    for length in (2, 1):
        known = SUBJECTS.get(" ".join(words[:length]))
        if known:
            return " ".join([known, *words[length:]])
    return subject


def plain_subject(said: str) -> str:
    """As the trail has it, of what somebody typed: both 传言 20220714-3 and claim 20220714-3 are found. 传言.toml is the name of
    a file that was imported.
    """
    for plain, known in sorted(SUBJECTS.items(), key=lambda pair: -len(pair[1])):
        after = said.removeprefix(known)
        rest = after.strip()
        if said.startswith(known) and (after[:1].isspace() or NUMBER.fullmatch(rest)):
            return f"{plain} {rest}" if rest else plain
    return said


def of_any_kind(said: str) -> tuple[str, ...]:
    """Each subject that a bare number or name may be, as the rows show it beside the word for its kind: 20220714-3."""
    return tuple(f"{begins} {said}" for begins in SUBJECTS) if said and plain_subject(said) == said else ()


def things() -> Mapping[str, str]:
    """By what actions begin, each word once: the trail is filtered by it."""
    by_word: dict[str, str] = {}
    for begins in sorted(THINGS, key=len, reverse=True):
        by_word[THINGS[begins]] = begins
    return {begins: word for word, begins in sorted(by_word.items())}
