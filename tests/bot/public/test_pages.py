"""What every public page keeps to: caches may hold it, nothing runs in it, nothing comes from elsewhere, it is small."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.inbound import Desk
from bot.runtime import Runtime
from tests.bot.places import HEPING
from tests.bot.public.conftest import ADDRESS

PAGES = (
    "/p/",
    "/p/rumours",
    "/p/rumours/road",
    "/p/corrections",
    "/p/letter",
    "/p/guidance/wedding?area=621121000000",
    "/p/guidance/funeral",
    f"/p/communities/{HEPING.code}",
)
FILES = (
    "/p/style.css",
    "/p/sitemap.xml",
    "/robots.txt",
    f"/p/communities/{HEPING.code}/qr.svg",
    f"/p/communities/{HEPING.code}/qr.png",
)
LARGEST = 30_000
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//(?!dingxin\.example|example\.gov\.cn/notice)')


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_whoever_has_it_already_gets_no_body(reader: FlaskClient, path: str) -> None:
    first = reader.get(path)
    assert first.status_code == 200
    assert first.cache_control.public
    assert first.cache_control.max_age
    again = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_claims_page_says_when_it_changed(reader: FlaskClient) -> None:
    changed = reader.get("/p/rumours/wine").headers["Last-Modified"]
    assert reader.get("/p/rumours/wine", headers={"If-Modified-Since": changed}).status_code == 304


@pytest.mark.parametrize("path", [*PAGES, *FILES, "/p/nothing", "/p/rumours/withdrawn"])
def test_nothing_may_run_or_come_from_elsewhere(reader: FlaskClient, path: str) -> None:
    response = reader.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    if response.mimetype == "text/html":
        assert not ELSEWHERE.findall(response.text)
        assert not re.findall(r'<script(?! type="application/ld\+json")| style="| on\w+="', response.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_stylesheet_are_small(reader: FlaskClient, path: str) -> None:
    page, style = reader.get(path), reader.get("/p/style.css")
    assert len(page.data) + len(style.data) < LARGEST
    assert page.text.count('rel="stylesheet"') == 1
    assert '<html lang="zh-CN">' in page.text


def test_large_print_is_kept_from_page_to_page_and_left_again(reader: FlaskClient) -> None:
    page = reader.get("/p/rumours?topic=other&large=1").text
    assert '<body class="large">' in page
    assert 'href="/p/rumours/road?large=1"' in page
    assert 'class="size" href="/p/rumours?topic=other"' in page
    assert f'<link rel="canonical" href="{ADDRESS}/p/rumours">' in page
    assert "style.css?v=" in page.split("large")[0]


def test_search_engines_find_every_page_and_are_kept_from_the_rest(reader: FlaskClient) -> None:
    robots = reader.get("/robots.txt").text
    assert "Allow: /p/\nDisallow: /\n" in robots
    assert f"Sitemap: {ADDRESS}/p/sitemap.xml" in robots
    listed = re.findall(r"<loc>([^<]+)</loc>", reader.get("/p/sitemap.xml").text)
    assert f"{ADDRESS}/p/rumours/wine" in listed
    for address in listed:
        assert reader.get(address.removeprefix(ADDRESS)).status_code == 200, address


def test_in_the_whole_service_no_cookie_is_set_or_asked_for(runtime: Runtime) -> None:
    desk = Desk(runtime)
    response = create_app(runtime, desk).test_client().get("/p/rumours")
    desk.close()
    assert response.status_code == 200
    assert not {"Set-Cookie", "Vary"} & set(response.headers.keys())


def test_every_class_of_a_template_has_its_rule(reader: FlaskClient) -> None:
    style = reader.get("/p/style.css").text
    folder = Path(__file__).parents[3] / "bot/public/templates/public"
    plain = {
        name
        for template in folder.glob("*.html")
        for names in re.findall(r'class="([\w -]+)"', template.read_text("utf-8"))
        for name in names.split()
    }
    assert not {name for name in plain if f".{name}" not in style}
