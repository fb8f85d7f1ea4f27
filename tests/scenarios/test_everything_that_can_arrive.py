"""Every message and event of the platform gets a kind word or a proper silence; danger is answered at once."""

import pytest
from sqlalchemy import func, select

from bot.messages import Work
from bot.runtime import Runtime
from bot.store.tables import AlertRow, DeliveryRow, QuestionRow, ReportRow
from tests.scenarios.phone import Phone

SILENT_EVENTS = {
    "LOCATION": {"Latitude": "35.2", "Longitude": "105.2", "Precision": "60"},
    "VIEW": {"EventKey": "http://example.com/"},
    "TEMPLATESENDJOBFINISH": {"MsgID": "200163836", "Status": "success"},
    "MASSSENDJOBFINISH": {"MsgID": "1000001625", "Status": "send success", "TotalCount": "2"},
    "PUBLISHJOBFINISH": {"EventKey": ""},
    "something_new": {"EventKey": ""},
}
KIND_WORDS = {
    "video": ({"MediaId": "m", "ThumbMediaId": "t"}, "视频我看不了"),
    "shortvideo": ({"MediaId": "m", "ThumbMediaId": "t"}, "视频我看不了"),
    "location": (
        {"Location_X": "35.2", "Location_Y": "105.2", "Scale": "15", "Label": "平襄镇"},
        "我的社区",
    ),
    "file": ({"Title": "a.doc", "FileKey": "k", "FileTotalLen": "9"}, "文件我打不开"),
    "voice": ({"MediaId": "m", "Format": "amr", "Recognition": ""}, "没听清"),
    "link": ({"Title": "", "Description": "", "Url": "http://example.com/"}, "链接我打不开"),
    "image": ({"PicUrl": "http://example.com/p", "MediaId": "m"}, "图片我还看不了"),
    "sticker": ({"MediaId": "m"}, "看不懂"),
}
DANGERS = {
    "self_harm": ("活着没意思，我不想活了", "12356"),
    "medical": ("我爸胸口疼得喘不上气", "120"),
    "violence": ("他拿刀要砍我，快救救我", "110"),
    "fire": ("家里着火了", "119"),
}


@pytest.mark.parametrize("name", SILENT_EVENTS)
def test_what_nobody_said_is_answered_with_silence(phone: Phone, name: str) -> None:
    assert phone.happens(name, SILENT_EVENTS[name]) == ""


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_what_cannot_be_read_gets_a_plain_word_on_what_to_send_instead(phone: Phone, kind: str) -> None:
    fields, word = KIND_WORDS[kind]

    assert word in phone.shows(kind, fields)


def test_empty_and_blank_texts_get_a_kind_word(phone: Phone) -> None:
    assert "没收到文字" in phone.says("") or "看不懂" in phone.says("")
    assert phone.says("   ")
    assert phone.says("。。。")
    assert phone.says("😀")


def test_a_menu_click_does_what_its_words_would(phone: Phone) -> None:
    assert phone.clicks("帮助") == phone.says("帮助")


@pytest.mark.parametrize("kind", DANGERS)
def test_danger_to_life_is_answered_at_once_and_put_before_a_person(
    villager: Phone, runtime: Runtime, asked_for: list[Work], kind: str
) -> None:
    words, number = DANGERS[kind]

    reply = villager.says(words)

    assert number in reply
    assert Work.DELIVERIES in asked_for
    with runtime.database.reading() as session:
        assert session.scalar(select(AlertRow.kind)) == kind
        assert session.scalar(select(func.count()).select_from(DeliveryRow)) == 1
        assert session.scalar(select(func.count()).select_from(ReportRow)) == 0
        assert session.scalar(select(func.count()).select_from(QuestionRow)) == 0


def test_laughing_oneself_to_death_alerts_nobody(phone: Phone, runtime: Runtime) -> None:
    phone.says("笑死我了")

    with runtime.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AlertRow)) == 0


@pytest.mark.parametrize(
    "words", ["]]><MsgType>news</MsgType>", "看<xml>&lol;", "a" * 600, "核" * 600], ids=range(4)
)
def test_no_text_breaks_the_reply_or_comes_back_raw(phone: Phone, words: str) -> None:
    response = phone.posts(phone.text(words))

    assert response.status_code == 200
    assert "]]><MsgType>" not in response.get_data(as_text=True)


def test_a_traditional_character_command_in_full_width_works(phone: Phone) -> None:
    assert "我能做这些" in phone.says("　幫助　")
