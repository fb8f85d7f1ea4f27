"""Whom to turn to near one's home, and how a source and a day are written."""

from datetime import date

from bot import answer_wording
from bot.handlers.context import Context
from knowledge.article import Source


def own_office(context: Context) -> str:
    """The office of the resident's community, as far as we know which."""
    community = context.community
    return (
        answer_wording.OFFICE_OF.format(community=community.short_name)
        if community
        else answer_wording.OWN_OFFICE
    )


def cite(source: Source | None, *, issuer: str) -> str:
    """Who says so, in one line: issuer, title, number."""
    if source is None:
        return issuer
    title = f"《{source.title}》" if source.title else ""
    number = f"（{source.document_number}）" if source.document_number else ""
    return f"{source.issuer}{title}{number}"


def written(day: date) -> str:
    """A date as people here write it."""
    return f"{day.year}年{day.month}月{day.day}日"
