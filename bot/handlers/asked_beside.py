"""The question that came along with a rumour is not lost: answered if it is sure, offered if it is likely."""

from bot import claim_wording
from bot.handlers.ask import answer, offer
from bot.handlers.context import Context
from knowledge.answering import Answer


def told_beside(context: Context) -> str:
    """What is added to the reply to a rumour; nothing if nothing else was asked."""
    asked = context.understanding.beside
    if asked is None:
        return ""
    if isinstance(asked, Answer):
        article = asked.best.article
        return claim_wording.BESIDE_ANSWERED.format(question=article.question, answer=answer(article, context))
    if context.waits:  # one choice at a time
        return claim_wording.BESIDE_LATER
    return claim_wording.BESIDE_OFFERED.format(choices=offer(asked.offered, context))
