"""A question: the answer with its source, a short choice, or an honest "I don't know" that a person will answer."""

import re
from collections.abc import Sequence
from datetime import date

from bot import answer_wording
from bot.conversation import Step
from bot.handlers.area_choice import counties, offer_areas
from bot.handlers.ceremony_words import seemly
from bot.handlers.context import Context
from bot.handlers.offices import cite, own_office, written
from bot.handlers.picking import numbered
from bot.messages import Inbound, Reply, Text
from bot.settings import Service
from bot.store import inquiries
from knowledge.answering import Answer, Choices, Unknown
from knowledge.article import Article, Category
from knowledge.fit import Candidate
from knowledge.intent import Intent
from knowledge.text import bare, normalise

NAME = "ask"

INTENTS = frozenset({Intent.QUESTION, Intent.RUMOUR, Intent.CUSTOMS, Intent.HEADCOUNT, Intent.COMMAND})
# Fewer letters ask nothing a person could answer either.
SAYS_SOMETHING = 3
# From this probability on what was asked is not said back. In between, one in eight of those to our own labelled questions is another one.
GOES_WITHOUT_SAYING = 0.95
# Of these nobody's town has rules of its own.
HOLDS_ANYWHERE = frozenset(
    {Category.VACCINATION, Category.MASK, Category.DISINFECTION, Category.MENTAL_HEALTH}
)
# Whoever is far away and asks about coming back asks for the rules here.
COMES_BACK = re.compile("[回返来]")


def matches(_message: Inbound, context: Context) -> bool:
    understanding = context.understanding
    answering = understanding.answering
    if isinstance(answering, Answer) or seemly(answering.offered, context.plain):
        return True
    return understanding.routing.intent in INTENTS and len(bare(context.plain)) >= SAYS_SOMETHING


def handle(_message: Inbound, context: Context) -> Reply:
    return Text(handle_question(context))


def handle_question(context: Context) -> str:
    """What is said to the context's words, taken as a question."""
    answering = context.understanding.answering
    match answering:
        case Answer(best=best):
            context.enter(Step.ASKED, question=context.words)
            return _where(best.article, context) + _understood(best, context) + answer(best.article, context)
        case Choices(offered=offered) if fitting := seemly(offered, context.plain):
            return offer(fitting, context)
        case Unknown(needs_area=True):
            choices = offer_areas(counties(context), context, then=context.words)
            return answer_wording.NEEDS_AREA.format(choices=choices)
        case Unknown(expired=expired):
            return _unknown(expired, context)
        case _:
            return _unknown(None, context)


def _where(article: Article, context: Context) -> str:
    """Whose rules these are, where that is not where one lives or lies beyond what we know; nothing of what holds for anybody."""
    if article.category in HOLDS_ANYWHERE:
        return ""
    if context.elsewhere:
        return answer_wording.ANSWERED_FOR.format(area=context.elsewhere.short_name)
    strange = sorted(name for name in context.whereabouts.away if not context.areas.find(name))
    if not strange or COMES_BACK.search(context.plain):
        return ""
    here = next((area.short_name for area in context.areas if area.parent_code is None), "")
    return answer_wording.NOT_FROM_HERE.format(here=here, place="、".join(strange))


def _understood(best: Candidate, context: Context) -> str:
    """Which question is answered, unless that goes without saying: whoever meant another one sees it at once."""
    said = bare(context.plain)
    if best.score >= GOES_WITHOUT_SAYING or any(bare(normalise(text)) == said for text in best.article.texts):
        return ""
    return answer_wording.UNDERSTOOD_AS.format(question=best.article.question)


def offer(candidates: Sequence[Candidate], context: Context) -> str:
    """Which of these was meant, if any."""
    enter_choice(candidates, context)
    questions = [one.article.question for one in candidates]
    if len(questions) == 1:
        return answer_wording.ONE_CHOICE.format(question=questions[0].rstrip("？?"))
    return answer_wording.CHOICES.format(choices=numbered(questions), none=len(questions) + 1)


def enter_choice(candidates: Sequence[Candidate], context: Context, *, by_number: bool = False) -> None:
    """One of them is picked from now on; only `by_number`, if nobody was asked whether it is meant."""
    ids = [one.article.id for one in candidates]
    context.enter(Step.CHOOSING_ANSWER, ids=ids, question=context.words, by_number=by_number)


def answer(article: Article, context: Context) -> str:
    """The answer, who says so, and as of when."""
    return told_answer(article, service=context.runtime.settings.service, today=context.today)


def told_answer(article: Article, *, service: Service, today: date) -> str:
    """Likewise, for whoever is told without having just asked."""
    source = cite(article.source, issuer=service.office)
    if article.validity.valid_to:
        source += answer_wording.SOURCE_VALID_TO.format(day=written(article.validity.valid_to))
    return answer_wording.ANSWER.format(answer=article.answer, source=source, day=written(today))


def keep(question: str, context: Context) -> int:
    """Keep a question for the staff; its number."""
    return inquiries.add_question(
        context.session,
        resident_id=context.resident.id,
        text=question,
        area_code=context.resident.community_code,
        now=context.now,
    )


def _unknown(expired: Article | None, context: Context) -> str:
    number = keep(context.words, context)
    context.enter(Step.ASKED, question=context.words)
    if expired:
        return answer_wording.EXPIRED.format(question=expired.question, number=number, **context.names)
    return answer_wording.UNKNOWN.format(number=number, community=own_office(context), **context.names)
