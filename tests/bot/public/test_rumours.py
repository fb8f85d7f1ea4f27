"""公开辟谣: only what is published, holds and speaks of nobody; in full, with its source, and told when it no longer stands."""

import json
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from bot.runtime import Runtime
from tests.bot.public.claims import EXPLANATION, a_row
from tests.bot.public.conftest import ADDRESS

PUBLIC = ("wine", "road")
HIDDEN = ("person", "open", "closed-unseen", "withdrawn", "expired")


@pytest.mark.parametrize(
    "path", ["/p/", "/p/rumours", "/p/sitemap.xml", "/p/rumours?q=病毒", "/p/corrections"]
)
def test_nothing_unpublished_expired_withdrawn_or_about_a_person_is_listed(
    reader: FlaskClient, path: str
) -> None:
    page = reader.get(path).text
    assert any(f"/p/rumours/{claim_id}" in page for claim_id in PUBLIC)
    assert not [claim_id for claim_id in HIDDEN if f"/p/rumours/{claim_id}" in page]
    assert "张某" not in page


@pytest.mark.parametrize("claim_id", ["person", "open", "closed-unseen", "never-was"])
def test_the_page_of_what_was_never_public_does_not_exist(reader: FlaskClient, claim_id: str) -> None:
    for path in (f"/p/rumours/{claim_id}", f"/p/rumours/{claim_id}/card.png"):
        response = reader.get(path)
        assert (response.status_code, "没有这一页" in response.text) == (404, True)
        assert "张某" not in response.text


@pytest.mark.parametrize(("claim_id", "word"), [("withdrawn", "已经撤下"), ("expired", "已过有效期")])
def test_what_no_longer_stands_says_so_under_its_old_address(
    reader: FlaskClient, claim_id: str, word: str
) -> None:
    for path in (f"/p/rumours/{claim_id}", f"/p/rumours/{claim_id}/card.png"):
        response = reader.get(path)
        assert (response.status_code, word in response.text) == (410, True)
        assert EXPLANATION[:12] not in response.text


def test_a_page_leads_with_the_verdict_and_the_fact_and_names_its_source(reader: FlaskClient) -> None:
    page = reader.get("/p/rumours/wine").text
    main = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])
    places = [
        main.index(words)
        for words in (
            "不实",
            "没有这回事，经市疾控中心核实",
            "喝白酒能杀死",
            "把旧消息改了日期",
            "市疾控中心（示例）《情况说明》",
        )
    ]
    assert places == sorted(places)
    assert "示例〔2022〕3号" in page
    assert 'href="https://example.gov.cn/notice"' in page
    assert "2022年7月14日" in page


def test_what_the_desk_wrote_in_parts_is_shown_in_them(reader: FlaskClient) -> None:
    main = re.sub(r"<[^>]+>", " ", reader.get("/p/rumours/road").text.split("<main", 1)[1])
    words = ("第2次说明：没有封路", "有人说要封路一个月", "修路的告示被当成", "记住一句： 路都通着")
    places = [main.index(part) for part in words]
    assert places == sorted(places)


def test_an_address_that_is_no_web_page_is_not_linked(runtime: Runtime, reader: FlaskClient) -> None:
    with runtime.database.transaction() as session:
        session.add(a_row("trap", "某地停水", now=runtime.clock(), source_url="javascript:alert(1)"))
    assert 'href="javascript:' not in reader.get("/p/rumours/trap").text


def test_markup_in_a_claim_stays_text(runtime: Runtime, reader: FlaskClient) -> None:
    text = "</script><script>alert(1)</script>停水"
    with runtime.database.transaction() as session:
        session.add(a_row("markup", text, now=runtime.clock(), explanation=text))
    for path in ("/p/rumours", "/p/rumours/markup"):
        assert "<script>" not in reader.get(path).text


def test_search_engines_get_a_claim_review_without_residents_wordings(reader: FlaskClient) -> None:
    page = reader.get("/p/rumours/wine").text
    review = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"{ADDRESS}/p/rumours/wine"
    assert review["claimReviewed"] == "喝白酒能杀死体内的病毒"
    assert review["datePublished"] == "2022-07-14"
    assert review["reviewRating"]["alternateName"] == "不实"
    assert review["reviewRating"]["ratingValue"] == 1
    assert "二姨" not in page


def test_a_shared_link_shows_verdict_fact_and_card(reader: FlaskClient) -> None:
    page = reader.get("/p/rumours/wine?large=1").text
    assert '<meta property="og:title" content="不实：喝白酒能杀死体内的病毒">' in page
    assert f'<meta property="og:url" content="{ADDRESS}/p/rumours/wine">' in page
    assert f'content="{ADDRESS}/p/rumours/wine/card.png"' in page


def test_the_text_to_pass_on_carries_the_finding_and_the_address(reader: FlaskClient) -> None:
    text = reader.get("/p/rumours/wine").text.split("<textarea")[1].split("</textarea>")[0]
    assert "【核实结果：不实】喝白酒能杀死体内的病毒" in text
    assert text.endswith(f"{ADDRESS}/p/rumours/wine")


def test_a_corrected_page_shows_what_was_said_before(reader: FlaskClient) -> None:
    page = reader.get("/p/rumours/road").text
    assert "第 2 版" in page
    assert "第 1 版" in page
    now, before = page.split("以前的版本")
    assert "第2次说明" in now
    assert "第一次把修路也说成了封路。" in now
    assert "第1次说明" not in now
    assert "第1次说明" in before
    corrected = reader.get("/p/corrections").text
    assert "/p/rumours/road" in corrected
    assert "<s>误导</s>" in corrected
    assert "/p/rumours/wine" not in corrected


def test_the_list_narrows_by_topic_and_by_place(reader: FlaskClient) -> None:
    assert "/p/rumours/road" not in reader.get("/p/rumours?topic=health_myth").text
    assert "/p/rumours/wine" in reader.get("/p/rumours?topic=health_myth").text
    in_village = reader.get("/p/rumours?area=621121100201").text
    elsewhere = reader.get("/p/rumours?area=621102000000").text
    assert ("/p/rumours/road" in in_village, "/p/rumours/wine" in in_village) == (True, True)
    assert ("/p/rumours/road" in elsewhere, "/p/rumours/wine" in elsewhere) == (False, True)


def test_a_search_finds_a_claim_in_other_words(reader: FlaskClient) -> None:
    found = reader.get("/p/rumours?q=白酒杀病毒").text
    assert "/p/rumours/wine" in found
    assert "没有查到" in reader.get("/p/rumours?q=xyz").text


def test_paging_shows_each_claim_once_newest_first(runtime: Runtime, reader: FlaskClient) -> None:
    now = runtime.clock()
    with runtime.database.transaction() as session:
        session.add_all(
            a_row(
                f"many-{number:02}", f"第{number}个说法", now=now, published_at=now - timedelta(hours=number)
            )
            for number in range(1, 46)
        )
    seen, path = [], "/p/rumours"
    while path:
        page = reader.get(path).text
        seen += re.findall(r'href="/p/rumours/([\w-]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 47
    assert [one for one in seen if one.startswith("many")] == [f"many-{number:02}" for number in range(1, 46)]


@pytest.mark.parametrize("query", ["topic=nonsense", "cursor=nonsense"])
def test_an_address_somebody_made_up_gets_a_plain_word(reader: FlaskClient, query: str) -> None:
    response = reader.get(f"/p/rumours?{query}")
    assert (response.status_code, "打不开这一页" in response.text) == (400, True)


def test_a_place_there_is_not_is_not_found(reader: FlaskClient) -> None:
    assert reader.get("/p/rumours?area=999999999999").status_code == 404
