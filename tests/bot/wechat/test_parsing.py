"""Every message and event type of the platform, as it becomes ours."""

from datetime import UTC, datetime

import pytest

from bot.errors import BadPayload
from bot.messages import Inbound, Kind
from bot.wechat.parsing import parse
from bot.wechat.xml import read
from tests.wechat import ACCOUNT, NOW, OPENID, Markup, document, event, follow_event, message, text_message

HEAD = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": "1668902400", "MsgType": "text"}


def parsed(xml: str) -> Inbound:
    return parse(read(xml))


MESSAGES = [
    ("text", {"Content": " 要不要核酸 "}, Kind.TEXT, "要不要核酸", ()),
    ("image", {"PicUrl": "http://x/1"}, Kind.IMAGE, "", (("pic_url", "http://x/1"),)),
    ("voice", {"Format": "amr", "Recognition": "几点开门"}, Kind.VOICE, "几点开门", (("format", "amr"),)),
    ("voice", {"Format": "amr"}, Kind.VOICE, "", (("format", "amr"),)),
    ("video", {"ThumbMediaId": "t"}, Kind.VIDEO, "", (("thumb_media_id", "t"),)),
    ("shortvideo", {"ThumbMediaId": "t"}, Kind.SHORT_VIDEO, "", (("thumb_media_id", "t"),)),
    (
        "location",
        {"Location_X": "35.58", "Location_Y": "104.62", "Scale": "20", "Label": "安定区"},
        Kind.PLACE,
        "安定区",
        (("x", "35.58"), ("y", "104.62"), ("scale", "20")),
    ),
    (
        "link",
        {"Title": "封城了", "Description": "快看", "Url": "http://x"},
        Kind.LINK,
        "封城了\n快看",
        (("url", "http://x"),),
    ),
    ("link", {"Title": "封城了", "Url": "http://x"}, Kind.LINK, "封城了", (("url", "http://x"),)),
    (
        "file",
        {"Title": "a.doc", "FileTotalLen": "9"},
        Kind.FILE,
        "",
        (("name", "a.doc"), ("size", "9")),
    ),
    ("hologram", {}, Kind.UNSUPPORTED, "", (("type", "hologram"),)),
]


@pytest.mark.parametrize(("kind", "fields", "expected", "text", "details"), MESSAGES)
def test_each_message_type_is_read(
    kind: str, fields: dict[str, str], expected: Kind, text: str, details: tuple[tuple[str, str], ...]
) -> None:
    inbound = parsed(message(kind, {**fields, "MediaId": "media", "MsgId": "77"}))
    assert (inbound.kind, inbound.text, inbound.details) == (expected, text, details)
    assert (inbound.openid, inbound.account, inbound.created_at) == (OPENID, ACCOUNT, NOW)
    assert (inbound.media_id, inbound.dedup_key) == ("media", "msg:77")


LIST = "<List><TemplateId>T1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>"
OTHER_LIST = LIST.replace("T1", "T2").replace("accept", "reject")
SENT = "<List><TemplateId>T1</TemplateId><MsgID>5</MsgID><ErrorStatus>success</ErrorStatus></List>"
MASS = {
    "MsgID": "1",
    "Status": "send success",
    "TotalCount": "9",
    "FilterCount": "8",
    "SentCount": "7",
    "ErrorCount": "1",
}
MASS_DETAILS = (
    ("msg_id", "1"),
    ("status", "send success"),
    ("total", "9"),
    ("filter", "8"),
    ("sent", "7"),
    ("error", "1"),
)
EVENTS = [
    ("subscribe", {"EventKey": ""}, Kind.FOLLOW, "", ()),
    ("subscribe", {"EventKey": "qrscene_village7", "Ticket": "t"}, Kind.FOLLOW, "village7", ()),
    ("subscribe", {"EventKey": "last_trade_no_1"}, Kind.FOLLOW, "", ()),
    ("unsubscribe", {"EventKey": ""}, Kind.UNFOLLOW, "", ()),
    ("SCAN", {"EventKey": "village7", "Ticket": "t"}, Kind.SCAN, "village7", ()),
    ("CLICK", {"EventKey": "headcount"}, Kind.MENU, "headcount", ()),
    ("VIEW", {"EventKey": "http://x", "MenuId": "1"}, Kind.MENU_LINK, "http://x", ()),
    (
        "LOCATION",
        {"Latitude": "35.5", "Longitude": "104.6", "Precision": "60"},
        Kind.POSITION,
        "",
        (("latitude", "35.5"), ("longitude", "104.6"), ("precision", "60")),
    ),
    ("MASSSENDJOBFINISH", MASS, Kind.MASS_RESULT, "", MASS_DETAILS),
    (
        "TEMPLATESENDJOBFINISH",
        {"MsgID": "2", "Status": "failed:user block"},
        Kind.TEMPLATE_RESULT,
        "",
        (("msg_id", "2"), ("status", "failed:user block")),
    ),
    (
        "subscribe_msg_popup_event",
        {"SubscribeMsgPopupEvent": Markup(LIST)},
        Kind.SUBSCRIPTION,
        "popup",
        (("T1", "accept"),),
    ),
    (
        "subscribe_msg_popup_event",
        {"SubscribeMsgPopupEvent": Markup(LIST + OTHER_LIST)},
        Kind.SUBSCRIPTION,
        "popup",
        (("T1", "accept"), ("T2", "reject")),
    ),
    (
        "subscribe_msg_change_event",
        {"SubscribeMsgChangeEvent": Markup(LIST.replace("accept", "reject"))},
        Kind.SUBSCRIPTION,
        "change",
        (("T1", "reject"),),
    ),
    (
        "subscribe_msg_sent_event",
        {"SubscribeMsgSentEvent": Markup(SENT)},
        Kind.SUBSCRIPTION,
        "sent",
        (("T1", "success"), ("msg_id", "5")),
    ),
    ("subscribe_msg_sent_event", {"SubscribeMsgSentEvent": ""}, Kind.SUBSCRIPTION, "sent", ()),
    ("PUBLISHJOBFINISH", {"EventKey": "k"}, Kind.OTHER_EVENT, "k", (("event", "publishjobfinish"),)),
    (
        "change_external_chat",
        {"ChangeType": "update", "UpdateDetail": "add_member", "ChatId": "wr1"},
        Kind.OTHER_EVENT,
        "",
        (
            ("event", "change_external_chat"),
            ("change", "update"),
            ("update", "add_member"),
            ("chat_id", "wr1"),
        ),
    ),
    ("", {}, Kind.OTHER_EVENT, "", (("event", ""),)),
]


@pytest.mark.parametrize(("name", "fields", "kind", "key", "details"), EVENTS)
def test_each_event_is_read(
    name: str, fields: dict[str, str], kind: Kind, key: str, details: tuple[tuple[str, str], ...]
) -> None:
    inbound = parsed(event(name, fields))
    assert (inbound.kind, inbound.event_key, inbound.details) == (kind, key, details)
    assert inbound.dedup_key.startswith("evt:")
    assert OPENID not in inbound.dedup_key


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<Content/>",
        "<Content>  </Content>",
        "<Content>a</Content><Content>b</Content>",
        "<Content><b>a</b></Content>",
        '<Content lang="zh">a</Content>',
    ],
)
def test_content_that_is_no_string_is_unsupported(content: str) -> None:
    inbound = parsed(text_message("x").replace("<Content>x</Content>", content))
    assert (inbound.kind, inbound.text) == (Kind.UNSUPPORTED, "")


def test_an_answer_to_a_menu_message_keeps_its_number() -> None:
    xml = message("text", {"Content": "满意", "MsgId": "1", "bizmsgmenuid": "101"})
    assert parsed(xml).menu_id == "101"


def test_the_time_is_aware_and_utc() -> None:
    created = parsed(text_message("x")).created_at
    assert (created, created.tzinfo) == (datetime(2022, 11, 20, 2, tzinfo=UTC), UTC)


@pytest.mark.parametrize("name", ["FromUserName", "ToUserName", "CreateTime", "MsgType"])
@pytest.mark.parametrize("value", ["", " ", Markup("<nested>x</nested>")])
def test_who_to_whom_when_and_what_are_needed(name: str, value: str) -> None:
    with pytest.raises(BadPayload, match="fields"):
        parsed(document({**HEAD, name: value}))


@pytest.mark.parametrize("name", ["FromUserName", "ToUserName", "CreateTime", "MsgType"])
def test_each_of_them_once(name: str) -> None:
    twice = document(HEAD).replace("</xml>", f"<{name}>again</{name}></xml>")
    with pytest.raises(BadPayload, match="fields"):
        parsed(twice)


@pytest.mark.parametrize("name", ["FromUserName", "ToUserName", "CreateTime"])
@pytest.mark.parametrize("value", ["a b", "定西", "]]>", "x" * 65])
def test_names_and_times_have_the_platforms_form(name: str, value: str) -> None:
    with pytest.raises(BadPayload, match="fields"):
        parsed(document({**HEAD, name: value}))


@pytest.mark.parametrize("number", ["abc", "-1", "1" * 21])
def test_a_message_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(BadPayload, match="msg_id"):
        parsed(message("text", {"Content": "x", "MsgId": number}))


def test_a_message_without_a_number_is_told_apart_like_an_event() -> None:
    assert parsed(message("text", {"Content": "x"})).dedup_key.startswith("evt:")


def test_two_events_of_one_person_in_one_second_have_two_keys() -> None:
    same_second = [
        follow_event(),
        follow_event(scene="village7"),
        event("LOCATION", {"Latitude": "1"}),
        event("LOCATION", {"Latitude": "2"}),
        event("CLICK", {"EventKey": "a"}),
        event("VIEW", {"EventKey": "a"}),
        event("CLICK", {"EventKey": "b"}),
        follow_event(openid="oOther"),
    ]
    assert len({parsed(xml).dedup_key for xml in same_second}) == len(same_second)


def test_the_same_event_again_has_the_same_key() -> None:
    assert parsed(follow_event(scene="v")).dedup_key == parsed(follow_event(scene="v")).dedup_key


def test_neither_person_nor_words_show_in_a_repr() -> None:
    shown = repr(parsed(text_message("我家有人发烧")))
    assert OPENID not in shown
    assert "发烧" not in shown
