"""Two people say where the same report or question belongs: what one has said the other does not undo unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.access import Role
from bot.runtime import Runtime
from bot.store import belonging, inquiries, question_groups, residents
from bot.store.engine import Database
from bot.store.questions import sort_into
from knowledge.grouping import Fit
from tests.bot.console.conftest import Browser
from tests.bot.console.test_at_once import Press, at_once, how_often, new_browser, one_of_them, signed_in
from tests.bot.office.hearing import HERE, a_claim
from tests.bot.offices import an_office
from tests.bot.store.people import put_report
from tests.clocks import TestClock

__all__ = ["new_browser", "signed_in"]

SignedIn = Callable[..., Browser]
IT_IS, IT_IS_NOT = "it is", "it is not"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(database, tmp_path, clock)


@pytest.fixture
def report(runtime: Runtime) -> dict[str, dict[str, object]]:
    """What is posted about a report that is suggested for a claim."""
    claim_id = a_claim(runtime, "claim-1")
    with runtime.database.transaction() as session:
        number = put_report(session, "听说水库投毒", area_code=HERE, now=runtime.clock())
        assert belonging.suggest(session, number, claim_id, probability=0.62)
    return {IT_IS: {"number": number, "into": claim_id}, IT_IS_NOT: {"number": number}}


@pytest.fixture
def question(runtime: Runtime) -> dict[str, dict[str, object]]:
    """What is posted about a question that is suggested for a group."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        asker = residents.recognise(session, "oAsks0000000000000000000001", vault=runtime.vault, now=now).id
        first, number = (
            inquiries.add_question(session, resident_id=asker, text="浴池几点开", area_code=HERE, now=now)
            for _ in range(2)
        )
        group_id = question_groups.open_group(session, text="浴池几点开门", asked_at=now)
        assert sort_into(session, first, group_id, fit=Fit.SURE)
        assert sort_into(session, number, group_id, fit=Fit.SUGGESTED)
    return {IT_IS: {"number": number, "into": group_id}, IT_IS_NOT: {"number": number}}


@pytest.mark.parametrize("second", [IT_IS, IT_IS_NOT])
@pytest.mark.parametrize("first", [IT_IS, IT_IS_NOT])
def test_of_two_who_say_where_a_report_belongs_one_is_told_that_it_has_been_said(
    database: Database,
    runtime: Runtime,
    signed_in: SignedIn,
    report: dict[str, dict[str, object]],
    first: str,
    second: str,
) -> None:
    presses = [
        Press(signed_in(Role.REVIEWER, name=name), "/console/claims/suggestions", report[said])
        for name, said in (("甲", first), ("乙", second))
    ]

    assert one_of_them(at_once(database, "reports", *presses)).status_code == 409
    assert how_often(runtime, "report.move") == 1


@pytest.mark.parametrize("second", [IT_IS, IT_IS_NOT])
@pytest.mark.parametrize("first", [IT_IS, IT_IS_NOT])
def test_of_two_who_say_where_a_question_belongs_one_is_told_that_it_has_been_said(
    database: Database,
    runtime: Runtime,
    signed_in: SignedIn,
    question: dict[str, dict[str, object]],
    first: str,
    second: str,
) -> None:
    presses = [
        Press(signed_in(Role.EDITOR, name=name), "/console/questions/suggestions", question[said])
        for name, said in (("甲", first), ("乙", second))
    ]

    assert one_of_them(at_once(database, "questions", *presses)).status_code == 409
    assert how_often(runtime, "questions.move") == 1
