"""Articles on the desk: something to write, and the whole way to the public by two people."""

from dataclasses import replace
from datetime import date

from bot.access import Role
from bot.office import article_steps as steps
from bot.runtime import Runtime
from bot.store.article_files import ArticleFile, find_file
from bot.store.article_versions import find_version
from knowledge.article import Article, Category, Source
from tests.bot.office.acting import acting

SOURCE = Source(
    "县疾控中心（示例）", title="示例通知", url="https://example.org/1", issued_on=date(2022, 7, 12)
)
ARTICLE = Article(
    id="new",
    question="村里的浴池几点开门",
    answer="每天早上八点到晚上八点，进门要登记。",
    phrasings=("浴池开着没", "澡堂子几时开"),
    source=SOURCE,
    category=Category.OTHER,
)


def saying(answer: str) -> Article:
    """The same with another answer."""
    return replace(ARTICLE, answer=answer)


def as_it_stands(runtime: Runtime, article_id: str) -> ArticleFile:
    with runtime.database.reading() as session:
        return find_file(session, article_id)


def edition(runtime: Runtime, article_id: str) -> int:
    return as_it_stands(runtime, article_id).edition


def seen(runtime: Runtime, article_id: str) -> str:
    """The fingerprint of what is being written."""
    with runtime.database.reading() as session:
        file = find_file(session, article_id)
        waiting = find_version(session, article_id, file.version + 1)
        return waiting.pending.fingerprint if waiting else ""


def drafted(runtime: Runtime, article: Article = ARTICLE) -> str:
    """A new draft of an editor's; its id."""
    with acting(runtime, Role.EDITOR) as act:
        return steps.create(act, article).id


def rewritten(runtime: Runtime, article_id: str, article: Article) -> None:
    with acting(runtime, Role.EDITOR) as act:
        steps.edit(act, article_id, edition(runtime, article_id), article)


def submitted(runtime: Runtime, article_id: str) -> None:
    with acting(runtime, Role.EDITOR) as act:
        steps.submit(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


def published(runtime: Runtime, article: Article = ARTICLE) -> str:
    """Written and handed over by an editor, published by a reviewer; its id."""
    article_id = drafted(runtime, article)
    approved(runtime, article_id)
    return article_id


def approved(runtime: Runtime, article_id: str) -> ArticleFile:
    """What an editor has written, handed over and published by a reviewer."""
    submitted(runtime, article_id)
    with acting(runtime, Role.REVIEWER) as act:
        return steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))
