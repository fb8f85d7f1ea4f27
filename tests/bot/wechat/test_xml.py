"""XML that is an attack or an accident is refused in one way."""

import pytest

from bot.errors import BadPayload
from bot.wechat.xml import DEPTH, read, text

ENTITY = '<!DOCTYPE x [<!ENTITY e "boom">]><xml><Content>&e;</Content></xml>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>'


@pytest.mark.parametrize(
    "document",
    [
        "",
        "   ",
        "not xml",
        "<xml>",
        "<xml></xml>",
        "<xml/>",
        "<xml>text</xml>",
        "<other><a>1</a></other>",
        "<xml><a>1</a></xml><xml/>",
        "<xml><a>\0</a></xml>",
        "<xml><a><![CDATA[\x01]]></a></xml>",
        "<xml><a>&#0;</a></xml>",
        "<xml><a>&undefined;</a></xml>",
        '<?xml version="1.0" encoding="gbk"?',
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><a>1</a></xml>',
        ENTITY,
        EXTERNAL,
        LAUGHS,
        "<xml>" + "<a>" * DEPTH + "</a>" * DEPTH + "</xml>",
        "<a>" * 60_000,
    ],
)
def test_what_is_not_the_platforms_xml_is_refused(document: str) -> None:
    with pytest.raises(BadPayload, match="xml") as refused:
        read(document)
    assert refused.value.__context__ is None


def test_the_platforms_own_depth_is_taken() -> None:
    nested = "<a>" * (DEPTH - 1) + "x" + "</a>" * (DEPTH - 1)
    assert "a" in read(f"<xml>{nested}</xml>")


def test_many_children_side_by_side_are_not_depth() -> None:
    assert len(read("<xml>" + "<a>1</a>" * 1000 + "</xml>")["a"]) == 1000


def test_a_document_that_declares_another_encoding_is_read_as_the_text_it_is() -> None:
    assert text(read('<?xml version="1.0" encoding="gbk"?><xml><a>定西</a></xml>'), "a") == "定西"


def test_cdata_and_emoji_survive() -> None:
    assert text(read("<xml><a><![CDATA[<b>👨‍👩‍👧]]></a></xml>"), "a") == "<b>👨‍👩‍👧"
