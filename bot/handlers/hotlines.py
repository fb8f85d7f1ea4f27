"""A public hotline's number, alone or with 是什么电话: what the knowledge base says it is for."""

import re

from bot import wording
from bot.handlers.ask import answer
from bot.handlers.context import Context
from bot.messages import Inbound, Reply, Text
from knowledge.article import Article, Category

NAME = "hotlines"

# Nationwide, and no emergency: 110, 119 and 120 are danger's.
HOTLINES = frozenset(
    {
        "12345",
        "12320",
        "12356",
        "12315",
        "12333",
        "12348",
        "12349",
        "12355",
        "12338",
        "12328",
        "12318",
        "12122",
        "12366",
        "12393",
        "95598",
    }
)
ASKED = re.compile(
    r"(?:打|拨打?)?(?P<number>\d{5})(?:电话|热线)?(?:(?:[是管]|能)?(?:干|做|管)?(?:什么|啥|哪里|哪儿|哪个|谁)的?(?:电话|号码|热线|部门|事|用)?的?[呀啊呢]?)?"
)


def matches(_message: Inbound, context: Context) -> bool:
    return _number(context) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    number = _number(context) or ""
    named = [article for article in _articles(context) if number in article.answer]
    if not named:
        return Text(wording.HOTLINE_NUMBER.format(number=number, **context.names))
    # The one that tells the hotlines apart says best what one of them is for.
    return Text(answer(max(named, key=_hotlines_in), context))


def _number(context: Context) -> str | None:
    asked = ASKED.fullmatch(context.plain)
    return asked["number"] if asked and asked["number"] in HOTLINES else None


def _articles(context: Context) -> list[Article]:
    """About whom to call, as they hold for this resident today."""
    return [
        article
        for article in context.runtime.library.get().articles.values()
        if article.category is Category.CONTACT
        and article.validity.holds_on(context.today)
        and article.scope.covers(context.area_path)
    ]


def _hotlines_in(article: Article) -> int:
    return sum(number in article.answer for number in HOTLINES)
