"""The letter and the guidance as they hold in a place today; a community's page with its code."""

from datetime import timedelta

from flask.testing import FlaskClient

from tests.bot.places import ANDING, HEPING, OTHER_HEPING, TONGWEI
from tests.clocks import TestClock


def test_a_letter_without_a_place_offers_the_counties(reader: FlaskClient) -> None:
    page = reader.get("/p/letter").text
    assert "社区疫情防控倡议书" in page
    for county in (TONGWEI, ANDING):
        assert f'href="/p/letter?area={county.code}"' in page


def test_the_guidance_is_that_of_the_places_risk(reader: FlaskClient) -> None:
    high = reader.get(f"/p/guidance/wedding?area={TONGWEI.code}").text
    low = reader.get(f"/p/guidance/wedding?area={ANDING.code}").text
    assert "红事缓办提示（高风险区）" in high
    assert "（高风险区）" not in low
    assert "通渭县要办喜事的人家" in high
    assert "安定区要办喜事的人家" in low


def test_a_villages_guidance_is_addressed_to_it(reader: FlaskClient) -> None:
    page = reader.get(f"/p/guidance/funeral?area={HEPING.code}").text
    assert "通渭县平襄镇和平村的居民" in page
    assert "{" not in page.split("<main")[1]


def test_what_no_longer_holds_is_not_shown(reader: FlaskClient, clock: TestClock) -> None:
    clock.now += timedelta(days=90)
    for path in ("/p/letter", "/p/guidance/wedding", "/p/guidance/funeral"):
        page = reader.get(path).text
        assert "现在没有正在执行的" in page
        assert "规定的几条" not in page


def test_a_place_or_ceremony_there_is_not_is_not_found(reader: FlaskClient) -> None:
    for path in (
        "/p/letter?area=1",
        "/p/guidance/birthday",
        "/p/communities/621121000000",
        "/p/communities/x",
    ):
        assert reader.get(path).status_code == 404


def test_a_community_says_whom_to_turn_to_and_leads_to_its_own_guidance(reader: FlaskClient) -> None:
    page = reader.get(f"/p/communities/{OTHER_HEPING.code}").text
    assert "通渭县马营镇和平村" in page
    assert "和平村办公室" in page
    assert "中风险区" in page
    assert f'href="/p/guidance/wedding?area={OTHER_HEPING.code}"' in page


def test_a_communitys_code_comes_as_drawing_and_as_picture(reader: FlaskClient) -> None:
    drawing = reader.get(f"/p/communities/{HEPING.code}/qr.svg")
    picture = reader.get(f"/p/communities/{HEPING.code}/qr.png")
    assert drawing.data.startswith(b"<?xml")
    assert picture.data.startswith(b"\x89PNG")
    assert reader.get("/p/communities/621121000000/qr.png").status_code == 404
