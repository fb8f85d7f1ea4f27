"""What keeps an article from being put down, and from being handed over: all of it is named at once, by field."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Unacceptable
from bot.office import article_steps as steps
from bot.runtime import Runtime
from bot.store.engine import Database
from knowledge.article import Article, Scope, Validity
from tests.bot.office.acting import acting
from tests.bot.office.articles import ARTICLE, SOURCE, drafted, published, seen
from tests.bot.offices import an_office
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


@pytest.mark.parametrize(
    ("article", "field"),
    [
        (replace(ARTICLE, source=None), "issuer"),
        (replace(ARTICLE, source=replace(ARTICLE.source, title="")), "title"),
        (replace(ARTICLE, source=replace(ARTICLE.source, issued_on=None)), "issued_on"),
        (replace(ARTICLE, source=replace(ARTICLE.source, url="")), "url"),
        (replace(ARTICLE, validity=Validity(None, date(2022, 7, 14))), "valid_to"),
    ],
)
def test_what_lacks_its_source_or_is_over_by_then_is_not_handed_over(
    runtime: Runtime, clock: TestClock, article: Article, field: str
) -> None:
    article_id = drafted(runtime, article)
    clock.advance(days=1)

    with acting(runtime, Role.EDITOR) as act, pytest.raises(Unacceptable) as refused:
        steps.submit(act, article_id, 0, seen=seen(runtime, article_id))
    assert field in refused.value.faults


@pytest.mark.parametrize(
    ("article", "field"),
    [
        (replace(ARTICLE, question=" "), "question"),
        (replace(ARTICLE, answer="长" * 2_001), "answer"),
        (replace(ARTICLE, answer="\0"), "answer"),
        (replace(ARTICLE, source=replace(ARTICLE.source, issuer="")), "issuer"),
        (replace(ARTICLE, source=replace(ARTICLE.source, url="x" * 1_001)), "url"),
        (replace(ARTICLE, scope=Scope("999999999999")), "area_code"),
        (replace(ARTICLE, source=replace(SOURCE, issued_on=date(2022, 7, 15))), "issued_on"),
        (replace(ARTICLE, validity=Validity(None, date(2022, 7, 13))), "valid_to"),
        (replace(ARTICLE, validity=Validity(date(2020, 11, 1), date(2020, 12, 1))), "valid_to"),
    ],
)
def test_what_could_not_be_kept_is_not_even_a_draft(runtime: Runtime, article: Article, field: str) -> None:
    with acting(runtime, Role.EDITOR) as act, pytest.raises(Unacceptable) as refused:
        steps.create(act, article)
    assert field in refused.value.faults


def test_all_that_keeps_an_article_from_being_handed_over_is_named_at_once(
    runtime: Runtime, clock: TestClock
) -> None:
    today = Validity(None, date(2022, 7, 14))
    article_id = drafted(runtime, replace(ARTICLE, source=None, validity=today))
    clock.advance(days=1)

    with acting(runtime, Role.EDITOR) as act, pytest.raises(Unacceptable) as refused:
        steps.submit(act, article_id, 0, seen=seen(runtime, article_id))
    assert list(refused.value.faults) == ["issuer", "title", "issued_on", "url", "valid_to"]


def test_a_source_of_today_and_a_rule_that_ends_today_are_taken(runtime: Runtime) -> None:
    today = date(2022, 7, 14)
    last = replace(ARTICLE, source=replace(SOURCE, issued_on=today), validity=Validity(None, today))
    assert published(runtime, last)
