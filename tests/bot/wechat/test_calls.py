"""What each call puts on the wire, what it makes of the answer, and what it refuses before anything is sent."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import responses

from bot.errors import OutcomeUnknown, PlatformRefused, PlatformUnavailable, RecipientUnreachable
from bot.wechat import follow_ups, mass, media, menu, notices, qrcodes, quota, tags, templates, users
from bot.wechat.client import PlatformClient
from bot.wechat.mass import Accepted, MassStatus
from bot.wechat.menu import Entry
from tests.bot.wechat.memory import BASE_URL
from tests.wechat import OPENID

OK: dict[str, object] = {"errcode": 0, "errmsg": "ok"}
Answer = Callable[[str, object], None]


@pytest.fixture
def answer(platform: responses.RequestsMock) -> Answer:
    """`answer(endpoint, body)`: what the platform says to the next call there, by either method."""

    def announce(endpoint: str, body: object) -> None:
        for method in (responses.GET, responses.POST):
            platform.upsert(method, f"{BASE_URL}/{endpoint}", json=body)

    return announce


def sent(platform: responses.RequestsMock) -> Any:
    return json.loads(platform.calls[-1].request.body or "{}")


class TestFollowUps:
    def test_the_text_goes_to_one_resident(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(follow_ups.SEND, OK)
        follow_ups.send_text(client, OPENID, text="已核实")
        assert sent(platform) == {"touser": OPENID, "msgtype": "text", "text": {"content": "已核实"}}

    @pytest.mark.parametrize("code", [45015, 45047])
    def test_a_closed_window_is_this_residents_own_matter(
        self, client: PlatformClient, answer: Answer, code: int
    ) -> None:
        answer(follow_ups.SEND, {"errcode": code})
        with pytest.raises(RecipientUnreachable):
            follow_ups.send_text(client, OPENID, text="x")

    @pytest.mark.parametrize(("text", "code"), [("", 44004), (" \n", 44004), ("字" * 683, 45002)])
    def test_a_text_the_platform_would_refuse_is_not_sent(
        self, platform: responses.RequestsMock, client: PlatformClient, text: str, code: int
    ) -> None:
        with pytest.raises(PlatformRefused, match=str(code)):
            follow_ups.send_text(client, OPENID, text=text)
        assert not platform.calls


def test_half_a_character_goes_out_as_a_question_mark(
    platform: responses.RequestsMock, client: PlatformClient, answer: Answer
) -> None:
    answer(follow_ups.SEND, OK)
    follow_ups.send_text(client, OPENID, text="好\ud83d")
    assert sent(platform)["text"] == {"content": "好?"}


class TestMass:
    PEOPLE = ("oA", "oB")

    def send(self, client: PlatformClient) -> Accepted:
        return mass.send_text(client, self.PEOPLE, text="倡议", client_msg_id="abc")

    def test_it_is_accepted_under_a_number(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(mass.SEND, {**OK, "msg_id": 34182})
        assert self.send(client) == Accepted("34182")
        assert sent(platform) == {
            "touser": ["oA", "oB"],
            "msgtype": "text",
            "text": {"content": "倡议"},
            "clientmsgid": "abc",
        }

    def test_what_the_platform_has_already_is_accepted_too(
        self, client: PlatformClient, answer: Answer
    ) -> None:
        answer(mass.SEND, {"errcode": 45065, "errmsg": "clientmsgid exist", "msg_id": 34182})
        assert self.send(client) == Accepted("34182", repeated=True)

    def test_busy_may_be_tried_again_under_the_same_client_id(
        self, client: PlatformClient, answer: Answer
    ) -> None:
        answer(mass.SEND, {"errcode": -1, "errmsg": "busy rid: 637a1b2c-0f"})
        with pytest.raises(PlatformUnavailable) as raised:
            self.send(client)
        assert (raised.value.code, raised.value.rid) == (-1, "637a1b2c-0f")
        assert raised.value.__context__ is None

    def test_a_lost_answer_stays_in_doubt(
        self, platform: responses.RequestsMock, client: PlatformClient
    ) -> None:
        platform.post(f"{BASE_URL}/{mass.SEND}", body="<html>")
        with pytest.raises(OutcomeUnknown):
            self.send(client)

    @pytest.mark.parametrize(
        ("people", "text", "client_msg_id", "code"),
        [
            (("oA",), "x", "abc", 40032),
            ((), "x", "abc", 40032),
            (("oA",) * 10_001, "x", "abc", 40032),
            (PEOPLE, "", "abc", 44004),
            (PEOPLE, "字" * 683, "abc", 45002),
            (PEOPLE, "x", "", 45067),
            (PEOPLE, "x", "a" * 33, 45067),
        ],
    )
    def test_what_the_platform_would_refuse_is_not_sent(
        self,
        platform: responses.RequestsMock,
        client: PlatformClient,
        people: tuple[str, ...],
        text: str,
        client_msg_id: str,
        code: int,
    ) -> None:
        with pytest.raises(PlatformRefused, match=str(code)):
            mass.send_text(client, people, text=text, client_msg_id=client_msg_id)
        assert not platform.calls

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"msg_id": 1, "msg_status": "SEND_SUCCESS"}, MassStatus.SENT),
            ({"msg_id": 1, "msg_status": "SENDING"}, MassStatus.SENDING),
            ({"msg_id": 1, "msg_status": "SEND_FAIL"}, MassStatus.FAILED),
            ({"msg_id": 1, "msg_status": "DELETE"}, MassStatus.DELETED),
            ({"msg_id": 1, "msg_status": "NEW_WORD"}, MassStatus.UNKNOWN),
            ({"errcode": 40059, "errmsg": "invalid msg_id"}, MassStatus.UNKNOWN),
        ],
    )
    def test_its_status_can_be_asked(
        self, client: PlatformClient, answer: Answer, body: dict[str, object], status: MassStatus
    ) -> None:
        answer(mass.STATUS, body)
        assert mass.status(client, "34182") is status


def test_a_template_message_fills_its_values(
    platform: responses.RequestsMock, client: PlatformClient, answer: Answer
) -> None:
    answer(templates.SEND, {**OK, "msgid": 200228332})
    values = {"first": "登记已收到"}
    accepted = templates.send(client, OPENID, template_id="T1", values=values, client_msg_id="c1")
    assert accepted == Accepted("200228332")
    assert sent(platform)["data"] == {"first": {"value": "登记已收到"}}
    assert sent(platform)["client_msg_id"] == "c1"


def test_a_notice_fills_its_values(
    platform: responses.RequestsMock, client: PlatformClient, answer: Answer
) -> None:
    answer(notices.SEND, OK)
    notices.send(client, OPENID, template_id="T1", values={"thing1": "通知"})
    assert sent(platform) == {
        "touser": OPENID,
        "template_id": "T1",
        "page": "",
        "data": {"thing1": {"value": "通知"}},
    }


def test_a_declined_notice_is_this_residents_own_matter(client: PlatformClient, answer: Answer) -> None:
    answer(notices.SEND, {"errcode": 43101})
    with pytest.raises(RecipientUnreachable):
        notices.send(client, OPENID, template_id="T1", values={})


class TestTags:
    def test_one_is_made(self, client: PlatformClient, answer: Answer) -> None:
        answer(tags.CREATE, {"tag": {"id": 134, "name": "安定区"}})
        assert tags.create(client, "安定区") == tags.Tag(134, "安定区")

    def test_all_are_listed(self, client: PlatformClient, answer: Answer) -> None:
        answer(tags.LIST, {"tags": [{"id": 134, "name": "安定区", "count": 7}]})
        assert tags.every(client) == (tags.Tag(134, "安定区", 7),)

    def test_one_is_deleted(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(tags.DELETE, OK)
        tags.delete(client, 134)
        assert sent(platform) == {"tag": {"id": 134}}

    def test_followers_get_and_lose_one(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        for change, endpoint in ((tags.put_on, tags.PUT_ON), (tags.take_off, tags.TAKE_OFF)):
            answer(endpoint, OK)
            change(client, 134, openids=["oA"])
            assert sent(platform) == {"tagid": 134, "openid_list": ["oA"]}

    @pytest.mark.parametrize("count", [0, 51])
    def test_a_batch_is_one_to_fifty(self, client: PlatformClient, count: int) -> None:
        with pytest.raises(PlatformRefused, match="40032"):
            tags.put_on(client, 134, openids=["oA"] * count)


class TestQrcodes:
    def test_one_that_ends(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(qrcodes.CREATE, {"ticket": "t", "url": "http://weixin.qq.com/q/1", "expire_seconds": 60})
        made = qrcodes.create_scene(client, "scene", ttl=timedelta(minutes=1))
        assert made == qrcodes.SceneCode("http://weixin.qq.com/q/1", "t", timedelta(minutes=1))
        assert sent(platform) == {
            "action_name": "QR_STR_SCENE",
            "expire_seconds": 60,
            "action_info": {"scene": {"scene_str": "scene"}},
        }

    def test_one_that_stays(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(qrcodes.CREATE, {"ticket": "t", "url": "u"})
        assert qrcodes.create_scene(client, "scene", ttl=None).lasts is None
        assert sent(platform)["action_name"] == "QR_LIMIT_STR_SCENE"

    @pytest.mark.parametrize(
        ("scene", "ttl"),
        [
            ("", None),
            ("s" * 65, None),
            ("s", timedelta(days=31)),
            ("s", timedelta(0)),
            ("s", timedelta(seconds=-1)),
        ],
    )
    def test_what_the_platform_would_refuse_is_not_asked(
        self, client: PlatformClient, scene: str, ttl: timedelta | None
    ) -> None:
        with pytest.raises(PlatformRefused, match="40035"):
            qrcodes.create_scene(client, scene, ttl=ttl)


class TestMedia:
    URL = f"{BASE_URL}/{media.DOWNLOAD}"

    def test_a_picture_is_fetched(self, platform: responses.RequestsMock, client: PlatformClient) -> None:
        platform.get(self.URL, body=b"\x89PNG", content_type="image/png")
        fetched = media.download(client, "m1", limit=4)
        assert (fetched.content, fetched.content_type) == (b"\x89PNG", "image/png")
        assert "media_id=m1" in str(platform.calls[-1].request.url)

    def test_one_over_the_limit_is_refused(
        self, platform: responses.RequestsMock, client: PlatformClient
    ) -> None:
        platform.get(self.URL, body=b"x" * 5, content_type="image/png")
        with pytest.raises(PlatformRefused):
            media.download(client, "m1", limit=4)

    @pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "text/plain"])
    @pytest.mark.parametrize("body", ['{"errcode": 40007}', '{"video_url": "http://elsewhere.test/"}'])
    def test_words_instead_of_a_file_are_refused(
        self, platform: responses.RequestsMock, client: PlatformClient, content_type: str, body: str
    ) -> None:
        platform.get(self.URL, body=body, content_type=content_type)
        with pytest.raises(PlatformRefused):
            media.download(client, "m1", limit=1000)

    def test_a_broken_gateway_is_no_picture(
        self, platform: responses.RequestsMock, client: PlatformClient
    ) -> None:
        platform.get(self.URL, status=502, body=b"x", content_type="image/png")
        with pytest.raises(PlatformUnavailable):
            media.download(client, "m1", limit=1000)

    def test_a_picture_is_handed_in(self, platform: responses.RequestsMock, client: PlatformClient) -> None:
        platform.post(f"{BASE_URL}/{media.UPLOAD}", json={"type": "image", "media_id": "m2"})
        media_id = media.upload_image(client, "a.png", content=b"\x89PNG", content_type="image/png")
        request = platform.calls[-1].request
        assert media_id == "m2"
        assert "type=image" in str(request.url)
        assert b'name="media"; filename="a.png"' in (request.body or b"")
        assert request.headers["Content-Type"].startswith("multipart/form-data; boundary=")


class TestUsers:
    def test_a_follower_is_looked_up(self, client: PlatformClient, answer: Answer) -> None:
        told = {"subscribe": 1, "subscribe_time": 1668902400, "tagid_list": [2, "x"], "qr_scene_str": "v7"}
        answer(users.INFO, told)
        followed = datetime(2022, 11, 20, tzinfo=UTC)
        assert users.look_up(client, OPENID) == users.Follower(
            following=True, followed_at=followed, tag_ids=(2,), scene="v7"
        )

    def test_who_does_not_follow_is_told_apart(self, client: PlatformClient, answer: Answer) -> None:
        answer(users.INFO, {"subscribe": 0, "openid": OPENID})
        assert users.look_up(client, OPENID) == users.Follower(following=False, followed_at=None)

    def test_followers_come_by_pages(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(users.LIST, {"total": 2, "data": {"openid": ["oA", "oB"]}, "next_openid": "oB"})
        page = users.page(client)
        assert (page.openids, page.total, page.after) == (("oA", "oB"), 2, "oB")
        assert "oA" not in repr(page)
        answer(users.LIST, {"total": 2, "count": 0, "next_openid": "oB"})
        assert users.page(client, after=page.after) == users.Page((), 2, "")
        assert "next_openid=oB" in str(platform.calls[-1].request.url)


class TestMenu:
    def test_it_is_installed(
        self, platform: responses.RequestsMock, client: PlatformClient, answer: Answer
    ) -> None:
        answer(menu.CREATE, OK)
        below = (Entry("问一问", key="ask"), Entry("公开辟谣", url="https://example.cn/p/"))
        menu.install(client, (Entry("服务", entries=below), Entry("帮助", key="help")))
        assert sent(platform)["button"] == [
            {
                "name": "服务",
                "sub_button": [
                    {"name": "问一问", "type": "click", "key": "ask"},
                    {"name": "公开辟谣", "type": "view", "url": "https://example.cn/p/"},
                ],
            },
            {"name": "帮助", "type": "click", "key": "help"},
        ]

    @pytest.mark.parametrize(
        "entries",
        [
            (),
            (Entry("a", key="a"),) * 4,
            (Entry("nothing"),),
            (Entry("both", key="a", url="b"),),
            (Entry("six", entries=(Entry("a", key="a"),) * 6),),
            (Entry("deep", entries=(Entry("b", entries=(Entry("c", key="c"),)),)),),
        ],
    )
    def test_one_the_platform_would_refuse_is_not_sent(
        self, client: PlatformClient, entries: tuple[Entry, ...]
    ) -> None:
        with pytest.raises(PlatformRefused, match="40035"):
            menu.install(client, entries)


def test_a_quota_is_looked_up(
    platform: responses.RequestsMock, client: PlatformClient, answer: Answer
) -> None:
    answer(quota.LOOK_UP, {**OK, "quota": {"daily_limit": 100, "used": 3, "remain": 97}})
    assert quota.look_up(client, mass.SEND) == quota.Quota(100, 3, 97)
    assert sent(platform) == {"cgi_path": "/cgi-bin/message/mass/send"}


def test_the_counts_are_started_anew(
    platform: responses.RequestsMock, client: PlatformClient, answer: Answer
) -> None:
    answer(quota.CLEAR, OK)
    quota.clear(client, "wx1")
    assert sent(platform) == {"appid": "wx1"}


def test_an_answer_of_another_shape_is_empty_not_an_error(client: PlatformClient, answer: Answer) -> None:
    odd = {"tags": "none", "tag": [], "quota": 1, "data": {"openid": {}}, "total": "9", "ticket": None}
    for endpoint in (tags.LIST, tags.CREATE, quota.LOOK_UP, users.LIST, qrcodes.CREATE):
        answer(endpoint, odd)
    assert tags.every(client) == ()
    assert tags.create(client, "n") == tags.Tag(0, "n")
    assert quota.look_up(client, "x") == quota.Quota(0, 0, 0)
    assert users.page(client) == users.Page((), 0, "")
    assert qrcodes.create_scene(client, "s", ttl=None) == qrcodes.SceneCode("", "", None)
