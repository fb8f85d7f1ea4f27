"""The question that came along with a rumour is not lost: answered if it is sure, offered if it is likely."""

from bot import claim_wording
from bot.handlers.ask import answer, enter_choice, offer
from bot.handlers.context import Context
from bot.handlers.picking import numbered
from knowledge.answering import Answer
from knowledge.cues import load_cues
from knowledge.rumours import Suspected
from knowledge.text import normalise

# How probable an article must be to be named below a rumour that nobody has checked; how many are.
RELATED, MOST_RELATED = 0.4, 2


def told_beside(context: Context) -> str:
    """What is added to the reply to a rumour; nothing if nothing else was asked."""
    asked = context.understanding.beside
    if asked is None:
        return _related(context)
    if isinstance(asked, Answer):
        article = asked.best.article
        return claim_wording.BESIDE_ANSWERED.format(
            question=article.question, answer=answer(article, context)
        )
    if context.waits:  # one choice at a time
        return claim_wording.BESIDE_LATER
    return claim_wording.BESIDE_OFFERED.format(choices=offer(asked.offered, context))


def _related(context: Context) -> str:
    """What is officially answered about the very matter of a rumour that nobody has checked; nobody says that it is the same."""
    if not isinstance(context.understanding.rumour, Suspected):
        return ""
    answering = context.understanding.answering
    if isinstance(answering, Answer) and _doubts(context.plain) and _doubts(answering.best.article.question):
        article = answering.best.article
        return claim_wording.DOUBTED_TOO.format(question=article.question, answer=answer(article, context))
    if context.waits:
        return ""
    likely = [one for one in answering.offered if one.score >= RELATED][:MOST_RELATED]
    if not likely:
        return ""
    enter_choice(likely, context, by_number=True)
    return claim_wording.RELATED.format(choices=numbered([one.article.question for one in likely]))


def _doubts(said: str) -> bool:
    """Whether it asks if something is true: an article that asks the same answers the doubt itself ("is it a fraud?")."""
    return "asks_truth" in load_cues().found_in(normalise(said))
