"""What somebody typed into a form that was refused, by the labels of the form, so that it can be copied from the page of the error.

Only what is named here is shown: a choice, an edition or a token is a machine's word and nothing that was typed.
"""

from collections.abc import Mapping

from flask import request

from bot.console.claim_words import LOG_FIELDS
from bot.console.labels import CHANNELS
from bot.unprintable import printable

LONGEST_SHOWN = 20_000
# What a field is called, whichever form it stands in.
LABELS: Mapping[str, str] = {
    "question": "问题",
    "text": "文字",
    "phrasings": "其他问法",
    "answer": "答复",
    "fact": "事实",
    "claim": "传的是什么",
    "why": "为什么误导人",
    "fact_again": "再说一遍事实",
    "issuer": "发布机构",
    "title": "标题",
    "document_number": "文号",
    "url": "网址",
    "issued_on": "发布日期",
    "pasted": "粘贴的原文",
    "at": "发送的日期和时间",
    "clock": "几点发",
    "cron": "cron 写法",
    "valid_from": "从哪天起有效",
    "valid_to": "有效到",
    "expires_on": "有效至",
    "place": "哪个地方",
    "what": "现场处置",
    "sentence": "居民的话",
    "verified_with": "与哪个单位核实",
    "owner": "代表哪个账号",
    "days": "用多少天",
    "note": "说明",
    "reason": "原因",
    **{channel.value: label for channel, label in CHANNELS.items()},
    **LOG_FIELDS,
}
# What it is called there, or where alone it is typed.
OF_FORMS: Mapping[str, Mapping[str, str]] = {
    "articles_comment": {"text": "留言"},
    "articles_give": {"name": "同事的账号名"},
    "broadcasts_draft": {"text": "正文"},
    "claims_assign": {"name": "同事的姓名"},
    "claims_comment": {"text": "留言"},
    "claims_enter": {"text": "原话"},
    "claims_merge": {"into": "另一条的编号"},
    "claims_move": {"into": "移到哪一条", "text": "另立时的说法"},
    "claims_save_finding": {"text": "说法", "phrasings": "其他说法"},
    "questions_answer": {"text": "答复"},
    "questions_answer_by": {"article": "已有知识的编号"},
    "questions_move": {"into": "移到哪一组", "text": "另立时怎么称呼"},
    "questions_rename": {"text": "换个说法"},
    "staff_add": {"name": "姓名"},
    "tokens_create": {"name": "给哪个系统用"},
}


def typed(endpoint: str) -> dict[str, str]:
    """Label by label, in the order in which the form has them; `endpoint` without the blueprint's name."""
    labels = {**LABELS, **OF_FORMS.get(endpoint, {})}
    return {
        labels[name]: printable(value[:LONGEST_SHOWN])
        for name, value in request.form.items()
        if name in labels and value.strip()
    }
