"""A verdict names its public page, and where it holds: at once, afterwards, and when somebody asks how far it is."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bot.access import Role
from bot.office import claims
from bot.runtime import Runtime
from bot.settings import Settings
from bot.store.outbox import BODY
from bot.store.tables import DeliveryRow, ReportRow
from bot.wechat.limits import TEXT_LIMIT
from knowledge.article import Scope, Validity
from knowledge.verdict_text import Explanation
from tests.bot.office.acting import acting
from tests.bot.office.claims import FINDING, edition, published
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.phone import Phone
from tests.scenarios.test_response_loop import RUMOUR, open_claim, sent, the_worker_works
from tests.settings import settings_for

ADDRESS = "https://dingxin.example.gov.cn"
HERE, ELSEWHERE = "621121100201", "621102001003"


@pytest.fixture
def settings(loaded: Loaded, tmp_path: Path) -> Settings:
    """A service of which somebody has said where browsers reach it."""
    shutil.copyfile(loaded.path, tmp_path / "dingxin.sqlite3")
    return settings_for(tmp_path, service={"public_url": ADDRESS})


@pytest.fixture
def asker(phone: Phone, runtime: Runtime) -> Phone:
    """Somebody who asked about what nobody has looked into yet."""
    phone.follows(scene=phone.scene_of(runtime, HERE))
    phone.says(RUMOUR)
    the_worker_works(runtime)
    return phone


def test_the_answer_afterwards_and_the_answer_at_once_name_the_page(
    asker: Phone, new_phone: Callable[[str], Phone], runtime: Runtime, client: FlaskClient
) -> None:
    claim_id = open_claim(runtime).id
    published(runtime, claim_id)
    the_worker_works(runtime)

    path = f"/p/rumours/{claim_id}"
    [(_, body)] = sent(runtime)
    late = new_phone("late")
    late.follows()
    for told in (body, late.says(RUMOUR)):
        assert f"公开页面：{ADDRESS}{path}\n" in told
    with runtime.database.reading() as session:
        number = session.scalars(select(ReportRow.number).order_by(ReportRow.number)).first()
    assert f"{ADDRESS}{path}" in asker.says(f"进度 {number}")
    assert client.get(path).status_code == 200


def test_who_looks_again_after_a_verdict_has_expired_is_not_sent_to_a_page_that_is_gone(
    asker: Phone, runtime: Runtime, client: FlaskClient, clock: TestClock
) -> None:
    claim_id = open_claim(runtime).id
    last = clock.now.date() + timedelta(days=1)
    published(runtime, claim_id, replace(FINDING, validity=Validity(valid_to=last)))
    the_worker_works(runtime)
    with runtime.database.reading() as session:
        number = session.scalars(select(ReportRow.number).order_by(ReportRow.number)).first()
    assert f"{ADDRESS}/p/rumours/{claim_id}" in asker.says(f"进度 {number}")

    clock.advance(days=3)

    told = asker.says(f"进度 {number}")
    assert "【不实】" in told
    assert "/p/rumours" not in told
    assert client.get(f"/p/rumours/{claim_id}").status_code == 410


def test_a_claim_about_a_private_person_has_no_page_to_name(
    asker: Phone, new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    claim_id = open_claim(runtime).id
    with acting(runtime, Role.REVIEWER) as act:
        claims.restrict(act, claim_id, edition(runtime, claim_id), restricted=True, reason="说到个人")
    published(runtime, claim_id)
    the_worker_works(runtime)

    [(_, body)] = sent(runtime)
    late = new_phone("late")
    late.follows()
    for told in (body, late.says(RUMOUR)):
        assert "【不实】" in told
        assert "/p/rumours" not in told
    assert asker


def test_the_address_of_a_long_verdict_stays_whole_in_one_part(asker: Phone, runtime: Runtime) -> None:
    claim_id = open_claim(runtime).id
    long = Explanation("事实。" * 190, "说法。" * 190, "误导。" * 190, "再说。" * 190)
    published(runtime, claim_id, replace(FINDING, explanation=long))
    the_worker_works(runtime)

    with runtime.database.reading() as session:
        parts = [runtime.vault.open(row.body_sealed, BODY) for row in session.scalars(select(DeliveryRow))]
    assert len(parts) > 1
    assert all(len(part.encode()) <= TEXT_LIMIT for part in parts)
    assert sum(f"{ADDRESS}/p/rumours/{claim_id}" in part for part in parts) == 1
    assert asker


def test_who_asked_elsewhere_is_told_a_countys_verdict_and_that_it_is_one(
    asker: Phone, new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    other = new_phone("other")
    other.follows(scene=other.scene_of(runtime, ELSEWHERE))
    other.says(RUMOUR)
    the_worker_works(runtime)
    published(runtime, open_claim(runtime).id, replace(FINDING, scope=Scope("621121000000")))
    the_worker_works(runtime)

    told = sent(runtime)
    assert len(told) == 2
    # In the verdict and in the text to pass on, which may go anywhere.
    assert all(body.count("只适用于通渭县") == 2 for _, body in told)
    assert "只适用于通渭县" in asker.says(RUMOUR)


def test_a_verdict_that_holds_everywhere_names_no_place(asker: Phone, runtime: Runtime) -> None:
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)

    assert "只适用于" not in sent(runtime)[0][1]
    assert asker
