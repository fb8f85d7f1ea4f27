"""Whatever is posted: a message or a typed refusal, never anything else; whatever is cut, nothing is lost."""

import contextlib
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RequestRejected
from bot.messages import Inbound
from bot.wechat.callback import open_envelope, verify_url
from bot.wechat.credentials import Mode
from bot.wechat.parsing import parse
from bot.wechat.rendering import render
from bot.wechat.splitting import split_text
from bot.wechat.xml import read
from tests.wechat import (
    CREDENTIALS,
    NOW,
    Markup,
    document,
    opened,
    seal_bytes,
    signature,
    signed,
    text_message,
)

WRITABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
NAMES = st.sampled_from(
    [
        "ToUserName",
        "FromUserName",
        "CreateTime",
        "MsgType",
        "Content",
        "MsgId",
        "Event",
        "EventKey",
        "Encrypt",
    ]
)
SAID = st.text("，。！？；\n“”0123456789.%aZé👨👩‍🏽️🇨🇳字一二百 ", max_size=300)


def received(body: bytes, query: dict[str, str], mode: Mode) -> Inbound | None:
    with contextlib.suppress(RequestRejected):
        return open_envelope(body, "text/xml", query, credentials=CREDENTIALS, mode=mode, now=NOW)
    return None


@given(body=st.binary(max_size=300), query=st.dictionaries(NAMES, st.text()), mode=st.sampled_from(Mode))
def test_any_bytes_are_a_typed_refusal(body: bytes, query: dict[str, str], mode: Mode) -> None:
    assert received(body, query, mode) is None


@given(
    body=st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda said: said.encode(errors="replace"))
    )
)
def test_any_signed_plain_body_is_a_message_or_a_typed_refusal(body: bytes) -> None:
    query = signed(text_message("x"), mode=Mode.PLAIN).query
    assert isinstance(received(body, query, Mode.PLAIN), Inbound | None)


@given(framed=st.binary(max_size=200))
def test_any_signed_sealed_frame_is_a_message_or_a_typed_refusal(framed: bytes) -> None:
    sealed = seal_bytes(framed)
    query = signed(text_message("x")).query
    query["msg_signature"] = signature(CREDENTIALS.token, query["timestamp"], query["nonce"], sealed)
    assert isinstance(received(document({"Encrypt": sealed}).encode(), query, Mode.SAFE), Inbound | None)


@given(
    fields=st.lists(
        st.tuples(NAMES, st.one_of(WRITABLE, st.just(Markup("<a>1</a>")), st.just("1668902400"))), max_size=12
    )
)
def test_any_fields_are_a_message_or_a_typed_refusal(fields: list[tuple[str, str]]) -> None:
    xml = "<xml>" + "".join(document({name: value})[5:-6] for name, value in fields) + "</xml>"
    push = signed(xml)
    assert isinstance(received(push.body, push.query, Mode.SAFE), Inbound | None)


@given(query=st.dictionaries(st.sampled_from(["signature", "timestamp", "nonce", "echostr"]), st.text()))
def test_any_query_is_refused_as_a_verification(query: dict[str, str]) -> None:
    with contextlib.suppress(RequestRejected):
        verify_url(query, token=CREDENTIALS.token, now=NOW)
        raise AssertionError(query)


@given(content=WRITABLE, seconds=st.integers(-300, 300))
def test_what_was_written_arrives(content: str, seconds: int) -> None:
    push = signed(text_message(content), at=NOW + timedelta(seconds=seconds))
    inbound = received(push.body, push.query, Mode.SAFE)
    assert inbound is not None
    assert inbound.text == content.strip()


@given(body=WRITABLE.filter(bool))
def test_what_is_answered_arrives(body: str) -> None:
    inbound = parse(read(text_message("x")))
    reply = render(body, inbound, credentials=CREDENTIALS, mode=Mode.SAFE, now=NOW, nonce="1")
    assert opened(reply)["Content"] == body


@given(body=SAID, limit=st.integers(4, 60))
def test_the_parts_fit_and_joined_are_the_text(body: str, limit: int) -> None:
    parts = split_text(body, limit=limit)
    assert "".join(parts) == body
    assert all(0 < len(part.encode()) <= limit for part in parts)


@given(body=st.text("，。字。！", max_size=200), limit=st.integers(30, 60))
def test_where_sentences_fit_each_part_but_the_last_ends_one(body: str, limit: int) -> None:
    sentences = split_text(body.replace("字", "字。"), limit=limit)
    assert all(part[-1] in "。！，" for part in sentences[:-1])


@given(numbers=st.lists(st.integers(0, 10**8), min_size=1, max_size=30), limit=st.integers(12, 60))
def test_no_number_is_cut(numbers: list[int], limit: int) -> None:
    body = "人".join(str(number) for number in numbers)
    parts = split_text(body, limit=limit)
    assert [int(word) for part in parts for word in part.split("人") if word] == numbers
