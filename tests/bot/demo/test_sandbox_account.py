"""Tags, people, codes, media and menu."""

import io

from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api, Callback, told
from tests.clocks import TestClock


def test_tags_are_made_carried_listed_and_taken_away(api: Api, wang: str) -> None:
    number = api.post("tags/create", {"tag": {"name": "示例村"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"tagid": number, "openid_list": [wang]})

    assert api.post("tags/getidlist", {"openid": wang})["tagid_list"] == [number]
    assert api.get("tags/get")["tags"] == [{"id": number, "name": "示例村", "count": 1}]
    assert api.post("user/tag/get", {"tagid": number})["data"]["openid"] == [wang]
    api.post("tags/members/batchuntagging", {"tagid": number, "openid_list": [wang]})
    assert api.post("tags/getidlist", {"openid": wang})["tagid_list"] == []
    assert api.post("tags/delete", {"tag": {"id": number}})["errcode"] == 0
    assert api.get("tags/get")["tags"] == []


def test_tag_names_and_reserved_numbers_are_guarded(api: Api) -> None:
    api.post("tags/create", {"tag": {"name": "示例村"}})

    assert api.post("tags/create", {"tag": {"name": "示例村"}})["errcode"] == 45157
    assert api.post("tags/create", {"tag": {"name": "字" * 11}})["errcode"] == 45158
    assert api.post("tags/delete", {"tag": {"id": 2}})["errcode"] == 45058
    assert api.post("tags/delete", {"tag": {"id": 999}})["errcode"] == 45159


def test_there_are_a_hundred_tags_and_no_more(api: Api) -> None:
    for index in range(100):
        assert "tag" in api.post("tags/create", {"tag": {"name": f"村{index}"}})

    assert api.post("tags/create", {"tag": {"name": "第一百零一"}})["errcode"] == 45056


def test_fifty_in_a_batch_and_twenty_on_a_person(api: Api, wang: str) -> None:
    numbers = [api.post("tags/create", {"tag": {"name": f"村{index}"}})["tag"]["id"] for index in range(21)]
    codes = [
        api.post("tags/members/batchtagging", {"tagid": number, "openid_list": [wang]})["errcode"]
        for number in numbers
    ]
    too_many = api.post("tags/members/batchtagging", {"tagid": numbers[0], "openid_list": [wang] * 51})

    assert codes == [0] * 20 + [45059]
    assert too_many["errcode"] == 40032


def test_leaving_takes_a_person_s_tags_away(api: Api, sandbox: Sandbox, wang: str) -> None:
    number = api.post("tags/create", {"tag": {"name": "示例村"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"tagid": number, "openid_list": [wang]})
    sandbox.handset.unfollow(wang).result(5)

    assert api.post("tags/getidlist", {"openid": wang})["tagid_list"] == []


def test_a_follower_has_neither_name_nor_picture(api: Api, sandbox: Sandbox, wang: str) -> None:
    api.post("user/info/updateremark", {"openid": wang, "remark": "三组"})
    told = api.get("user/info", openid=wang)
    sandbox.handset.unfollow(wang).result(5)

    assert (told["subscribe"], told["remark"]) == (1, "三组")
    assert not {"nickname", "headimgurl"} & set(told)
    assert api.get("user/info", openid=wang) == {"subscribe": 0, "openid": wang}
    assert api.get("user/info", openid="nobody")["errcode"] == 40003


def test_followers_are_listed_page_by_page(api: Api, everyone: list[str]) -> None:
    whole = api.get("user/get")
    rest = api.get("user/get", next_openid=everyone[1])
    end = api.get("user/get", next_openid=everyone[-1])

    assert whole["data"]["openid"] == everyone
    assert whole["next_openid"] == everyone[-1]
    assert rest["data"]["openid"] == everyone[2:]
    assert (end["count"], end["next_openid"]) == (0, "")


def test_a_hundred_people_may_be_asked_about_at_once(api: Api, wang: str) -> None:
    asked = {"user_list": [{"openid": wang, "lang": "zh_CN"}]}

    assert api.post("user/info/batchget", asked)["user_info_list"][0]["openid"] == wang
    assert api.post("user/info/batchget", {"user_list": asked["user_list"] * 101})["errcode"] == 40032


def test_a_code_is_made_shown_and_expires(api: Api, clock: TestClock) -> None:
    made = api.post(
        "qrcode/create",
        {
            "expire_seconds": 600,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": "c-1"}},
        },
    )
    shown = api.client.get("/cgi-bin/showqrcode", query_string={"ticket": made["ticket"]})
    clock.advance(seconds=600)

    assert made["expire_seconds"] == 600
    assert shown.mimetype == "image/png"
    assert shown.data.startswith(b"\x89PNG")
    assert api.get("showqrcode", ticket=made["ticket"])["errcode"] == 40053


def test_a_permanent_code_takes_small_numbers_or_short_words(api: Api) -> None:
    def make(action: str, **scene: object) -> dict[str, object]:
        return api.post("qrcode/create", {"action_name": action, "action_info": {"scene": scene}})

    assert "expire_seconds" not in make("QR_LIMIT_STR_SCENE", scene_str="c-1")
    assert make("QR_LIMIT_SCENE", scene_id=100_001)["errcode"] == 40053
    assert make("QR_LIMIT_STR_SCENE", scene_str="x" * 65)["errcode"] == 40053
    assert make("QR_NONSENSE", scene_id=1)["errcode"] == 40053


def test_scanning_a_made_code_carries_its_ticket(
    api: Api, sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    made = api.post(
        "qrcode/create", {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "c-1"}}}
    )
    sandbox.handset.scan(wang, "c-1").result(5)

    assert callback.messages()[-1]["Ticket"] == made["ticket"]


def test_a_picture_from_a_phone_can_be_fetched_for_three_days(
    api: Api, sandbox: Sandbox, callback: Callback, wang: str, clock: TestClock
) -> None:
    sandbox.handset.image(wang, b"\x89PNG picture", "image/png").result(5)
    media_id = callback.messages()[-1]["MediaId"]
    query = {"access_token": api.token(), "media_id": media_id}
    fetched = api.client.get("/cgi-bin/media/get", query_string=query)
    clock.advance(days=3)

    assert (fetched.data, fetched.mimetype) == (b"\x89PNG picture", "image/png")
    assert api.get("media/get", media_id=media_id)["errcode"] == 40007


def test_uploaded_media_can_be_sent(api: Api, sandbox: Sandbox, wang: str) -> None:
    stored = told(
        api.client.post(
            "/cgi-bin/media/upload",
            query_string={"access_token": api.token(), "type": "image"},
            data={"media": (io.BytesIO(b"picture"), "a.png", "image/png")},
        )
    )
    sandbox.handset.text(wang, "问一句").result(5)
    sent = api.post(
        "message/custom/send", {"touser": wang, "msgtype": "image", "image": {"media_id": stored["media_id"]}}
    )

    assert sent["errcode"] == 0
    assert sandbox.platform.chats.of("resident-1")[-1].content.media_id == stored["media_id"]
    assert api.post("media/upload", {})["errcode"] == 41005


def test_the_menu_is_three_wide_and_five_deep(api: Api) -> None:
    entry = {"type": "click", "name": "一", "key": "K"}

    assert api.get("menu/get")["errcode"] == 46003
    assert api.post("menu/create", {"button": [entry] * 4})["errcode"] == 40016
    deep = {"name": "多", "sub_button": [entry] * 6}
    assert api.post("menu/create", {"button": [deep]})["errcode"] == 40023
    assert api.post("menu/create", {"button": [entry]})["errcode"] == 0
    assert api.get("menu/get")["menu"]["button"] == [entry]
    assert api.get("menu/delete")["errcode"] == 0
    assert api.get("menu/get")["errcode"] == 46003


def test_calls_that_make_no_sense_get_the_platform_s_numbers(api: Api) -> None:
    broken = api.client.post(
        "/cgi-bin/tags/create", query_string={"access_token": api.token()}, data=b"{not json"
    )

    assert told(broken)["errcode"] == 47001
    assert api.post("tags/create", {"tag": "text"})["errcode"] == 47001
    assert api.get("tags/create")["errcode"] == 43002
    assert api.post("no/such/api", {})["errcode"] == 50001
