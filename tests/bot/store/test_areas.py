from dataclasses import replace

import pytest

from bot.imports.areas import read_areas
from bot.store.areas import Area, AreaTree, Risk, load_tree, replace_or_add
from bot.store.engine import Database
from bot.store.revisions import AREAS as REVISION
from bot.store.revisions import KNOWLEDGE, revision
from tests.bot import places
from tests.bot.places import TREE


def test_a_path_runs_from_the_prefecture_down() -> None:
    assert TREE.path(places.HEPING.code) == (
        places.PREFECTURE.code,
        places.TONGWEI.code,
        places.PINGXIANG.code,
        places.HEPING.code,
    )


def test_an_unknown_code_has_no_path_and_no_area() -> None:
    assert TREE.path("999999999999") == ()
    assert TREE.get("999999999999") is None
    assert TREE.children("999999999999") == ()
    assert TREE.communities_under("999999999999") == ()
    assert TREE.risk_of("999999999999") is None


def test_children_stand_right_below() -> None:
    assert TREE.children(places.TONGWEI.code) == (places.PINGXIANG, places.MAYING)
    assert TREE.children(places.HEPING.code) == ()


def test_communities_under_an_area_are_all_its_villages_and_neighbourhoods() -> None:
    assert set(TREE.communities_under(places.TONGWEI.code)) == {
        places.HEPING,
        places.XINCUN,
        places.OTHER_HEPING,
    }
    assert len(TREE.communities_under(places.PREFECTURE.code)) == len(TREE.communities()) == 5


def test_a_community_lies_under_itself() -> None:
    assert TREE.communities_under(places.BEIJIE.code) == (places.BEIJIE,)


@pytest.mark.parametrize(
    ("area", "risk"),
    [
        (places.HEPING, Risk.HIGH),
        (places.OTHER_HEPING, Risk.MEDIUM),
        (places.PINGAN, Risk.MEDIUM),
        (places.BEIJIE, Risk.LOW),
        (places.PREFECTURE, None),
    ],
)
def test_the_nearest_risk_above_holds(area: Area, risk: Risk | None) -> None:
    assert TREE.risk_of(area.code) is risk


@pytest.mark.parametrize("name", ["通渭", "通渭县", " 通渭县 "])
def test_a_county_is_found_with_and_without_its_ending(name: str) -> None:
    assert TREE.find(name) == (places.TONGWEI,)


@pytest.mark.parametrize("name", ["北街", "北街社区", "北街居委会", "北街社区居委会", "北街社区居民委员会"])
def test_a_neighbourhood_is_found_however_people_write_it(name: str) -> None:
    assert TREE.find(name) == (places.BEIJIE,)


@pytest.mark.parametrize("name", ["新村", "新村村", "新村村委会", "新村村民委员会", "新村村村民委员会"])
def test_a_village_whose_name_ends_in_village_is_found_too(name: str) -> None:
    assert TREE.find(name) == (places.XINCUN,)


@pytest.mark.parametrize("name", ["中华路", "中华路街道", "中华路街道办", "中华路办事处"])
def test_a_street_is_found_however_people_write_it(name: str) -> None:
    assert TREE.find(name) == (places.ZHONGHUALU,)


def test_a_name_that_two_villages_share_finds_both() -> None:
    assert set(TREE.find("和平村")) == {places.HEPING, places.OTHER_HEPING}


def test_within_a_township_the_name_is_its_own() -> None:
    assert TREE.find("和平", within=places.MAYING.code) == (places.OTHER_HEPING,)
    assert TREE.find("和平", within=places.ANDING.code) == ()


def test_an_area_does_not_lie_within_itself() -> None:
    assert TREE.find("马营镇", within=places.MAYING.code) == ()


def test_an_unknown_name_finds_nothing() -> None:
    assert TREE.find("蓬莱") == TREE.find("") == ()


def test_a_full_name_is_what_people_write_on_an_envelope() -> None:
    assert TREE.full_name(places.HEPING.code) == "通渭县平襄镇和平村"
    assert TREE.full_name(places.XINCUN.code) == "通渭县平襄镇新村村"
    assert TREE.full_name(places.BEIJIE.code) == "安定区中华路街道北街社区"
    assert TREE.full_name(places.PINGAN.code) == "安定区中华路街道平安居委会"
    assert TREE.full_name(places.PREFECTURE.code) == "定西市"


def test_the_whole_prefecture_has_a_different_full_name_for_every_area() -> None:
    tree = AreaTree(read_areas(places.DINGXI_CSV, stored=AreaTree(())))
    assert len(tree) == 2117
    assert len({tree.full_name(area.code) for area in tree}) == 2117


def test_every_area_of_the_prefecture_is_found_by_its_own_names() -> None:
    tree = AreaTree(read_areas(places.DINGXI_CSV, stored=AreaTree(())))
    for area in tree:
        assert area in tree.find(area.name)
        assert area in tree.find(area.short_name)


def test_what_was_stored_is_loaded_again(database: Database) -> None:
    with database.transaction() as session:
        changes = replace_or_add(session, reversed(places.AREAS))
    with database.reading() as session:
        assert set(load_tree(session)) == set(places.AREAS)
    assert (changes.added, changes.changed, changes.unchanged) == (11, 0, 0)


def test_storing_the_same_again_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
        before = revision(session, REVISION)
        changes = replace_or_add(session, places.AREAS)
        assert not changes.any
        assert changes.unchanged == 11
        assert revision(session, REVISION) == before == 1


def test_a_changed_area_is_replaced_and_all_processes_hear_of_it(database: Database) -> None:
    safer = Area(places.TONGWEI.code, "通渭县", places.TONGWEI.kind, places.PREFECTURE.code, Risk.LOW)
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
        changes = replace_or_add(session, [safer])
        assert (changes.added, changes.changed) == (0, 1)
        assert load_tree(session).risk_of(places.HEPING.code) is Risk.LOW
        assert revision(session, REVISION) == 2


def test_whatever_holds_the_knowledge_hears_of_new_names_and_of_changed_ones_only(database: Database) -> None:
    safer = replace(places.TONGWEI, risk=Risk.LOW)
    heard = []
    for areas in (places.AREAS, places.AREAS, [safer], [replace(safer, name="通渭新区")]):
        with database.transaction() as session:
            replace_or_add(session, areas)
        with database.reading() as session:
            heard.append(revision(session, KNOWLEDGE))

    assert heard == [1, 1, 1, 2]
