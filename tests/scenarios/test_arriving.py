"""Following, scanning a community's code, moving, leaving."""

from collections.abc import Callable

from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.tables import ResidentRow
from tests.scenarios.phone import Phone

VILLAGE, OTHER = "621121100201", "621102001003"


def community(runtime: Runtime) -> str | None:
    with runtime.database.reading() as session:
        return session.scalar(select(ResidentRow.community_code))


def test_a_follower_is_welcomed_in_at_most_120_characters(phone: Phone, runtime: Runtime) -> None:
    plain = phone.follows()
    scanned = phone.follows(scene=phone.scene_of(runtime, VILLAGE))

    assert "您好" in plain
    assert len(plain) <= 120
    assert "城关村" in scanned
    assert len(scanned) <= 120


def test_scanning_a_communitys_code_binds_to_it(phone: Phone, runtime: Runtime) -> None:
    phone.follows(scene=phone.scene_of(runtime, VILLAGE))

    assert community(runtime) == VILLAGE


def test_scanning_another_communitys_code_asks_before_moving(phone: Phone, runtime: Runtime) -> None:
    phone.follows(scene=phone.scene_of(runtime, VILLAGE))

    asked = phone.scans(phone.scene_of(runtime, OTHER))
    before = community(runtime)
    moved = phone.says("１")

    assert "要改成" in asked
    assert before == VILLAGE
    assert "北街社区" in moved
    assert community(runtime) == OTHER


def test_a_move_that_is_refused_changes_nothing(phone: Phone, runtime: Runtime) -> None:
    phone.follows(scene=phone.scene_of(runtime, VILLAGE))
    phone.scans(phone.scene_of(runtime, OTHER))

    kept = phone.says("不改")

    assert "城关村" in kept
    assert community(runtime) == VILLAGE


def test_a_made_up_code_binds_nobody(phone: Phone, runtime: Runtime) -> None:
    reply = phone.follows(scene=VILLAGE)

    assert "您好" in reply
    assert community(runtime) is None


def test_a_community_is_chosen_from_county_to_village(phone: Phone, runtime: Runtime) -> None:
    counties = phone.says("我的社区")
    townships = phone.says("2")
    villages = phone.says("平襄镇")
    bound = phone.says("城关")

    assert "安定区" in counties
    assert "平襄镇" in townships
    assert "城关村" in villages
    assert "记下了" in bound
    assert community(runtime) == VILLAGE


def test_a_name_that_many_villages_have_is_asked_about(phone: Phone, runtime: Runtime) -> None:
    phone.says("我的社区")

    asked = phone.says("城关村")
    bound = phone.says("1")

    assert "不止一个" in asked
    assert "通渭县平襄镇城关村" in asked
    assert "记下了" in bound
    assert community(runtime) is not None


def test_a_place_can_be_named_in_a_sentence(phone: Phone, runtime: Runtime) -> None:
    bound = phone.says("我住在平襄镇城关村")

    assert "记下了" in bound
    assert community(runtime) == VILLAGE


def test_whoever_leaves_gets_no_reply_and_nothing_more(phone: Phone, runtime: Runtime) -> None:
    phone.follows()

    reply = phone.happens("unsubscribe", {"EventKey": ""})

    assert reply == ""
    with runtime.database.reading() as session:
        assert session.scalar(select(ResidentRow.followed_at)) is None


def test_people_are_kept_apart(new_phone: Callable[[str], Phone]) -> None:
    first, second = new_phone("a"), new_phone("b")

    first.says("我的社区")
    answer = second.says("1")

    assert "安定区" not in answer
    assert "平襄镇" not in answer
