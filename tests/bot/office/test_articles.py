"""The knowledge desk: what is public changes only by a second person's yes to exactly these bytes."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Conflict, Forbidden, NotFound, Stale, Unacceptable
from bot.office import article_steps as steps
from bot.office import articles
from bot.runtime import Runtime
from bot.store.article_files import ArticleFile
from bot.store.article_lists import Sought
from bot.store.articles import all_articles, knowledge_revision, upsert_articles
from bot.store.engine import Database
from bot.store.pages import Wanted
from bot.store.tables import ArticleVersionRow
from knowledge.article import Article, Scope
from knowledge.article_life import ArticleState
from tests.bot.office.acting import acting, trail
from tests.bot.office.articles import (
    ARTICLE,
    approved,
    as_it_stands,
    drafted,
    edition,
    published,
    rewritten,
    saying,
    seen,
    submitted,
)
from tests.bot.offices import an_office
from tests.bot.places import ANDING, HEPING, PREFECTURE, TONGWEI
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


def public(runtime: Runtime, article_id: str) -> Article | None:
    with runtime.database.reading() as session:
        return {one.id: one for one in all_articles(session)}.get(article_id)


def revision(runtime: Runtime) -> int:
    with runtime.database.reading() as session:
        return knowledge_revision(session)


def test_a_draft_is_public_to_nobody(runtime: Runtime) -> None:
    before = revision(runtime)
    article_id = drafted(runtime)
    submitted(runtime, article_id)

    assert as_it_stands(runtime, article_id).state is ArticleState.IN_REVIEW
    assert public(runtime, article_id) is None
    assert revision(runtime) == before


def test_a_second_person_publishes_what_an_editor_handed_over(runtime: Runtime) -> None:
    before = revision(runtime)
    article_id = published(runtime)

    file = as_it_stands(runtime, article_id)
    assert (file.state, file.version, file.owner) == (ArticleState.PUBLISHED, 1, "editor")
    assert public(runtime, article_id) == replace(ARTICLE, id=article_id)
    assert revision(runtime) > before
    actions = [event.action for event in trail(runtime, f"article {article_id}")]
    assert sorted(actions) == ["article.create", "article.publish", "article.submit"]


def test_an_author_cannot_publish_their_own_article(runtime: Runtime) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        article_id = steps.create(act, ARTICLE).id
    submitted(runtime, article_id)

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Conflict, match="a second person must"):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))
    assert public(runtime, article_id) is None


def test_whoever_handed_it_over_cannot_publish_it_either(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    with acting(runtime, Role.REVIEWER) as act:
        steps.submit(act, article_id, 0, seen=seen(runtime, article_id))

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Conflict, match="a second person must"):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


def test_an_editor_publishes_nothing(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    submitted(runtime, article_id)

    with acting(runtime, Role.EDITOR, name="another editor") as act, pytest.raises(Forbidden):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


def test_other_bytes_than_were_read_are_not_published(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    read = seen(runtime, article_id)
    rewritten(runtime, article_id, saying("改了。"))
    submitted(runtime, article_id)

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Stale):
        steps.publish(act, article_id, edition(runtime, article_id), seen=read)


def test_a_row_changed_behind_our_back_is_not_published(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    submitted(runtime, article_id)
    with runtime.database.transaction() as session:
        row = session.query(ArticleVersionRow).one()
        row.content = {**row.content, "answer": "不用登记。"}

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Stale, match="not what was written"):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


def test_what_is_public_stays_while_its_next_version_is_written(runtime: Runtime) -> None:
    article_id = published(runtime)
    rewritten(runtime, article_id, saying("改到九点。"))
    submitted(runtime, article_id)
    told = public(runtime, article_id)

    approved_file = articles_published_by_reviewer(runtime, article_id)

    assert told == replace(ARTICLE, id=article_id)
    assert approved_file.version == 2
    assert public(runtime, article_id) == replace(ARTICLE, id=article_id, answer="改到九点。")


def articles_published_by_reviewer(runtime: Runtime, article_id: str) -> ArticleFile:
    with acting(runtime, Role.REVIEWER) as act:
        return steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


@pytest.mark.parametrize("step", ["edit", "submit", "withdraw", "give"])
def test_a_form_opened_before_somebody_elses_change_is_refused(runtime: Runtime, step: str) -> None:
    article_id = drafted(runtime)
    read = seen(runtime, article_id)
    rewritten(runtime, article_id, saying("先改了。"))
    work = {
        "edit": lambda act: steps.edit(act, article_id, 0, saying("后改的。")),
        "submit": lambda act: steps.submit(act, article_id, 0, seen=read),
        "withdraw": lambda act: steps.withdraw(act, article_id, 0, reason="不要了"),
        "give": lambda act: articles.give(act, article_id, 0, name="editor"),
    }[step]

    with acting(runtime, Role.EDITOR, name="late editor") as act, pytest.raises(Stale):
        work(act)
    assert as_it_stands(runtime, article_id).shown.answer == "先改了。"


def test_a_draft_is_sent_back_with_a_reason_and_handed_over_again(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    submitted(runtime, article_id)
    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Unacceptable):
        steps.send_back(act, article_id, edition(runtime, article_id), reason=" ")
    with acting(runtime, Role.REVIEWER) as act:
        steps.send_back(act, article_id, edition(runtime, article_id), reason="电话不对")

    with acting(runtime, Role.EDITOR) as act:
        record = articles.show(act, article_id)
    assert record.file.state is ArticleState.DRAFT
    assert record.waiting is not None
    assert record.waiting.note == "电话不对"
    assert approved(runtime, article_id).state is ArticleState.PUBLISHED


def test_an_earlier_version_comes_back_by_the_same_way(runtime: Runtime) -> None:
    article_id = published(runtime)
    rewritten(runtime, article_id, saying("改到九点。"))
    approved(runtime, article_id)
    with acting(runtime, Role.APPROVER) as act:
        steps.restore(act, article_id, edition(runtime, article_id), number=1)
    in_between = public(runtime, article_id)
    submitted(runtime, article_id)

    with acting(runtime, Role.APPROVER) as act, pytest.raises(Conflict):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))
    articles_published_by_reviewer(runtime, article_id)

    assert in_between is not None
    assert in_between.answer == "改到九点。"
    assert public(runtime, article_id) == replace(ARTICLE, id=article_id)
    assert as_it_stands(runtime, article_id).version == 3


def test_whose_words_come_back_by_a_restore_cannot_publish_them(runtime: Runtime) -> None:
    with acting(runtime, Role.APPROVER) as act:
        article_id = steps.create(act, ARTICLE).id
    approved(runtime, article_id)
    rewritten(runtime, article_id, saying("改到九点。"))
    approved(runtime, article_id)
    with acting(runtime, Role.EDITOR) as act:
        steps.restore(act, article_id, edition(runtime, article_id), number=1)
    submitted(runtime, article_id)

    with acting(runtime, Role.APPROVER) as act, pytest.raises(Conflict, match="a second person must"):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))
    assert articles_published_by_reviewer(runtime, article_id).version == 3


def test_a_version_there_is_not_is_not_restored(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    with acting(runtime, Role.EDITOR) as act, pytest.raises(NotFound):
        steps.restore(act, article_id, 0, number=7)


def test_what_is_public_is_withdrawn_by_one_who_may_approve_and_with_a_reason(runtime: Runtime) -> None:
    article_id = published(runtime)
    before = revision(runtime)
    with acting(runtime, Role.EDITOR) as act, pytest.raises(Forbidden):
        steps.withdraw(act, article_id, edition(runtime, article_id), reason="错了")
    with acting(runtime, Role.REVIEWER) as act:
        steps.withdraw(act, article_id, edition(runtime, article_id), reason="错了")

    assert public(runtime, article_id) is None
    assert revision(runtime) > before
    (event,) = [one for one in trail(runtime, f"article {article_id}") if one.action == "article.withdraw"]
    assert event.detail["reason"] == "错了"


def test_a_withdrawn_article_is_public_again_only_by_two_people(runtime: Runtime) -> None:
    article_id = published(runtime)
    with acting(runtime, Role.REVIEWER) as act:
        steps.withdraw(act, article_id, edition(runtime, article_id), reason="错了")
    rewritten(runtime, article_id, saying("对的。"))
    assert public(runtime, article_id) is None

    approved(runtime, article_id)

    assert public(runtime, article_id) == replace(ARTICLE, id=article_id, answer="对的。")


def test_giving_up_a_draft_leaves_what_is_public(runtime: Runtime) -> None:
    article_id = published(runtime)
    rewritten(runtime, article_id, saying("改到九点。"))
    with acting(runtime, Role.EDITOR) as act:
        steps.drop(act, article_id, edition(runtime, article_id), reason="不改了")

    assert seen(runtime, article_id) == ""
    assert public(runtime, article_id) == replace(ARTICLE, id=article_id)


def test_an_import_leaves_what_the_desk_is_writing_alone(runtime: Runtime, clock: TestClock) -> None:
    article_id = published(runtime)
    told = replace(ARTICLE, id=article_id)
    rewritten(runtime, article_id, saying("改到九点。"))

    with runtime.database.transaction() as session:
        assert not upsert_articles(session, [told], now=clock()).any
    with runtime.database.transaction() as session, pytest.raises(Conflict, match=article_id):
        upsert_articles(session, [replace(told, answer="导入的。")], now=clock())
    assert public(runtime, article_id) == told


def test_two_drafts_of_one_day_have_ids_of_their_own(runtime: Runtime) -> None:
    assert (drafted(runtime), drafted(runtime)) == ("other-20220714", "other-20220714-2")


def here_and_there(runtime: Runtime) -> dict[str, str]:
    """Article ids by where they hold."""
    places = {"everywhere": "", "county": TONGWEI.code, "village": HEPING.code, "other": ANDING.code}
    return {
        name: published(runtime, replace(ARTICLE, question=f"{name}几点开门", scope=Scope(code)))
        for name, code in places.items()
    }


def test_somebody_bound_to_a_county_reads_what_holds_there(runtime: Runtime) -> None:
    ids = here_and_there(runtime)
    with acting(runtime, Role.AREA_LEAD, area_code=TONGWEI.code) as act:
        listed = {one.file.id for one in articles.list_articles(act, Sought(), Wanted()).items}
        with pytest.raises(NotFound):
            articles.show(act, ids["other"])
        elsewhere = articles.list_articles(act, Sought(within=ANDING.code[:6]), Wanted()).items
    assert ids["other"] not in {one.file.id for one in elsewhere}
    assert listed == {ids["everywhere"], ids["county"], ids["village"]}


@pytest.mark.parametrize("scope", ["", PREFECTURE.code, ANDING.code])
def test_somebody_bound_to_a_county_writes_for_it_alone(runtime: Runtime, scope: str) -> None:
    ids = here_and_there(runtime)
    with acting(runtime, Role.EDITOR, name="county", area_code=TONGWEI.code) as act:
        with pytest.raises(Forbidden):
            steps.create(act, replace(ARTICLE, scope=Scope(scope)))
        with pytest.raises(Forbidden):
            steps.edit(
                act,
                ids["county"],
                edition(runtime, ids["county"]),
                replace(ARTICLE, scope=Scope(scope)),
            )
        with pytest.raises(Forbidden):
            steps.edit(act, ids["everywhere"], edition(runtime, ids["everywhere"]), ARTICLE)
        steps.edit(
            act,
            ids["village"],
            edition(runtime, ids["village"]),
            replace(ARTICLE, scope=Scope(TONGWEI.code)),
        )


def test_an_article_moved_to_another_county_meanwhile_is_not_published_by_this_one(runtime: Runtime) -> None:
    article_id = published(runtime, replace(ARTICLE, scope=Scope(TONGWEI.code)))
    rewritten(runtime, article_id, replace(ARTICLE, scope=Scope(ANDING.code)))
    submitted(runtime, article_id)
    with (
        acting(runtime, Role.REVIEWER, name="county", area_code=TONGWEI.code) as act,
        pytest.raises(Forbidden),
    ):
        steps.publish(act, article_id, edition(runtime, article_id), seen=seen(runtime, article_id))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.AREA_LEAD])
def test_who_only_reads_writes_nothing(runtime: Runtime, role: Role) -> None:
    article_id = published(runtime)
    area_code = TONGWEI.code if role is Role.AREA_LEAD else None
    with acting(runtime, role, area_code=area_code) as act:
        record = articles.show(act, article_id)
        for work in (
            lambda: steps.create(act, ARTICLE),
            lambda: steps.edit(act, article_id, record.file.edition, ARTICLE),
            lambda: steps.withdraw(act, article_id, record.file.edition, reason="x"),
            lambda: steps.restore(act, article_id, record.file.edition, number=1),
            lambda: articles.comment(act, article_id, text="x"),
        ):
            with pytest.raises(Forbidden):
                work()


def test_an_owner_is_a_colleague_who_writes_articles(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    with acting(runtime, Role.AUDITOR):
        pass
    with acting(runtime, Role.REVIEWER) as act:
        for nobody in ("nobody", "auditor"):
            with pytest.raises(Unacceptable):
                articles.give(act, article_id, 0, name=nobody)
        articles.give(act, article_id, 0, name="reviewer")
    assert as_it_stands(runtime, article_id).owner == "reviewer"


def test_remarks_are_kept_for_colleagues_and_make_no_form_stale(runtime: Runtime) -> None:
    article_id = drafted(runtime)
    with acting(runtime, Role.EDITOR) as act:
        articles.comment(act, article_id, text="电话要再核对")
        record = articles.show(act, article_id)
    assert [remark.text for remark in record.comments] == ["电话要再核对"]
    assert record.file.edition == 0
