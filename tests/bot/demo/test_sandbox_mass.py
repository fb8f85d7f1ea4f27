from collections.abc import Callable

from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api, Callback, texts
from tests.clocks import TestClock


def test_an_accepted_job_reaches_the_phones_and_its_counts_come_back_as_an_event(
    api: Api, sandbox: Sandbox, callback: Callback, everyone: list[str]
) -> None:
    answer = api.mass(everyone, "letter-1", "倡议书")

    assert sandbox.settle()
    assert texts(sandbox, "resident-2") == ["倡议书"]
    event = callback.messages()[-1]
    assert (event["Event"], event["MsgID"], event["Status"]) == (
        "MASSSENDJOBFINISH",
        str(answer["msg_id"]),
        "send success",
    )
    assert (event["TotalCount"], event["FilterCount"], event["SentCount"], event["ErrorCount"]) == (
        "4",
        "4",
        "4",
        "0",
    )
    assert "MsgId" not in event


def test_a_job_says_that_it_is_sending_until_it_is_done(
    api: Api, sandbox: Sandbox, everyone: list[str]
) -> None:
    waiting: list[Callable[[], None]] = []
    sandbox.platform.defer = waiting.append
    number = api.mass(everyone, "letter-1")["msg_id"]
    before = api.post("message/mass/get", {"msg_id": str(number)})

    waiting[0]()

    after = api.post("message/mass/get", {"msg_id": number})
    assert (before["msg_status"], after["msg_status"]) == ("SENDING", "SEND_SUCCESS")
    assert sandbox.settle()


def test_a_client_id_seen_within_a_day_gives_45065_and_the_first_number(
    api: Api, sandbox: Sandbox, everyone: list[str], clock: TestClock
) -> None:
    first = api.mass(everyone, "letter-1", "一")
    second = api.mass(everyone, "letter-1", "二")
    clock.advance(hours=24)
    third = api.mass(everyone, "letter-1", "三")

    assert sandbox.settle()
    assert (second["errcode"], second["msg_id"]) == (45065, first["msg_id"])
    assert third["errcode"] == 0
    assert texts(sandbox, "resident-1") == ["一", "三"]


def test_without_a_client_id_the_same_words_to_the_same_people_are_a_repeat(
    api: Api, sandbox: Sandbox, everyone: list[str]
) -> None:
    codes = [
        api.mass(everyone, "", "一")["errcode"],
        api.mass(everyone, "", "一")["errcode"],
        api.mass(everyone[:2], "", "一")["errcode"],
    ]

    assert sandbox.settle()
    assert codes == [0, 45065, 0]


def test_a_fifth_message_in_a_month_is_dropped_without_a_word(
    api: Api, sandbox: Sandbox, callback: Callback, everyone: list[str], clock: TestClock
) -> None:
    codes = [api.mass(everyone, f"letter-{index}", f"第{index}封")["errcode"] for index in range(5)]
    assert sandbox.settle()
    reached = texts(sandbox, "resident-1")
    last = callback.messages()[-1]
    clock.advance(days=8)
    api.mass(everyone, "december", "十二月")
    assert sandbox.settle()

    assert codes == [0] * 5
    assert reached == ["第0封", "第1封", "第2封", "第3封"]
    assert (last["TotalCount"], last["SentCount"], last["Status"]) == ("4", "0", "send fail")
    assert texts(sandbox, "resident-1")[-1] == "十二月"


def test_a_list_needs_two_and_takes_ten_thousand(api: Api, sandbox: Sandbox, wang: str) -> None:
    assert api.mass([wang], "one")["errcode"] == 40130
    assert api.mass([wang] * 10_001, "many")["errcode"] == 40032
    assert api.mass([wang, "nonsense"], "odd")["errcode"] == 40003
    assert api.mass([wang, wang], "two")["errcode"] == 0
    assert sandbox.settle()
    assert len(texts(sandbox, "resident-1")) == 1


def test_people_who_left_are_filtered_out(
    api: Api, sandbox: Sandbox, callback: Callback, wang: str, everyone: list[str]
) -> None:
    sandbox.handset.unfollow(wang).result(5)
    api.mass(everyone, "letter-1", "倡议书")

    assert sandbox.settle()
    assert "倡议书" not in texts(sandbox, "resident-1")
    assert callback.messages()[-1]["SentCount"] == "3"


def test_a_tag_s_carriers_or_everybody_can_be_addressed(api: Api, sandbox: Sandbox, wang: str) -> None:
    tag = api.post("tags/create", {"tag": {"name": "示例村"}})["tag"]["id"]
    api.post("tags/members/batchtagging", {"tagid": tag, "openid_list": [wang]})
    text = {"msgtype": "text", "text": {"content": "只给村里"}}
    some = api.post("message/mass/sendall", {"filter": {"is_to_all": False, "tag_id": tag}, **text})
    all_of = api.post("message/mass/sendall", {"filter": {"is_to_all": True}, **text})
    unknown = api.post("message/mass/sendall", {"filter": {"tag_id": 999}, **text})

    assert sandbox.settle()
    assert (some["errcode"], all_of["errcode"], unknown["errcode"]) == (0, 0, 45159)
    assert len(texts(sandbox, "resident-1")) == 2
    assert len(texts(sandbox, "resident-2")) == 1


def test_client_ids_are_measured_and_unknown_numbers_refused(api: Api, everyone: list[str]) -> None:
    assert api.mass(everyone, "x" * 65)["errcode"] == 45067
    assert api.post("message/mass/get", {"msg_id": 1})["errcode"] == 40059


def test_text_once_sent_cannot_be_taken_back(api: Api, sandbox: Sandbox, everyone: list[str]) -> None:
    number = api.mass(everyone, "letter-1")["msg_id"]

    assert sandbox.settle()
    assert api.post("message/mass/delete", {"msg_id": number})["errcode"] != 0


def test_a_day_s_mass_calls_and_a_minute_s_are_limited(
    api: Api, sandbox: Sandbox, everyone: list[str], clock: TestClock
) -> None:
    codes = [api.mass(everyone, f"job-{index}")["errcode"] for index in range(62)]
    clock.advance(minutes=1)
    codes += [api.mass(everyone, f"job-{index}")["errcode"] for index in range(62, 101)]

    assert sandbox.settle()
    assert codes[59:62] == [0, 45011, 45011]
    assert codes[99:] == [0, 45028]


def test_a_preview_reaches_one_person(api: Api, sandbox: Sandbox, wang: str) -> None:
    body = {"touser": wang, "msgtype": "text", "text": {"content": "先看看"}}

    assert api.post("message/mass/preview", body)["errcode"] == 0
    assert sandbox.platform.chats.of("resident-1")[-1].channel == "群发预览"
