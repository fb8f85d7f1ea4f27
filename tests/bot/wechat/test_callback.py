"""What is let in through the official account's callback, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import BadPayload, BadSignature, ConfigError, PayloadTooLarge
from bot.messages import Inbound, Kind
from bot.wechat.callback import BODY_LIMIT, open_envelope, verify_url
from bot.wechat.credentials import Credentials, Mode
from tests.wechat import (
    CREDENTIALS,
    NOW,
    OPENID,
    Push,
    document,
    seal_bytes,
    signature,
    signed,
    text_message,
)


def receive(push: Push, *, mode: Mode = Mode.SAFE, credentials: Credentials = CREDENTIALS) -> Inbound:
    return open_envelope(
        push.body, push.content_type, push.query, credentials=credentials, mode=mode, now=NOW
    )


def sealed_as(framed: bytes) -> Push:
    """A push whose signature is right and whose sealed part is `framed`."""
    sealed = seal_bytes(framed)
    push = signed(text_message("hi"))
    signed_over = signature(CREDENTIALS.token, push.query["timestamp"], push.query["nonce"], sealed)
    return Push(
        push.query | {"msg_signature": signed_over}, f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()
    )


def test_a_sealed_message_is_opened() -> None:
    inbound = receive(signed(text_message("去医院要核酸吗")))
    assert (inbound.kind, inbound.text, inbound.openid) == (Kind.TEXT, "去医院要核酸吗", OPENID)


def test_a_plain_message_is_opened_in_plain_mode() -> None:
    push = signed(text_message("你好"), mode=Mode.PLAIN)
    assert receive(push, mode=Mode.PLAIN).text == "你好"


def test_in_compatible_mode_only_the_sealed_part_counts() -> None:
    push = signed(text_message("真"))
    forged = push.body.replace(b"<xml>", b"<xml><Content>forged</Content><MsgType>text</MsgType>")
    assert receive(replace(push, body=forged)).text == "真"


@pytest.mark.parametrize("mode", list(Mode))
def test_a_body_over_the_limit_is_refused_before_anything_else(mode: Mode) -> None:
    push = Push({}, b"<" * (BODY_LIMIT + 1))
    with pytest.raises(PayloadTooLarge):
        receive(push, mode=mode)


@pytest.mark.parametrize(
    "push",
    [
        Push({}, b'{"MsgType":"text"}'),
        Push({}, b'  [{"MsgType":"text"}]'),
        Push({}, b"<xml/>", "application/json"),
    ],
)
def test_a_json_body_is_named_as_such(push: Push) -> None:
    with pytest.raises(BadPayload, match="json_body"):
        receive(push)


@pytest.mark.parametrize("body", ["<xml><a>定西</a></xml>".encode("gbk"), b"\xff\xfe<\0x\0", b"\xed\xa0\x80"])
def test_a_body_in_another_encoding_is_named_as_such(body: bytes) -> None:
    with pytest.raises(BadPayload, match="encoding"):
        receive(Push({}, body))


def test_a_plain_body_is_refused_in_safe_mode() -> None:
    with pytest.raises(BadSignature, match="downgrade"):
        receive(signed(text_message("hi"), mode=Mode.PLAIN))


def test_a_plain_body_that_claims_to_be_sealed_is_refused() -> None:
    push = signed(text_message("hi"))
    with pytest.raises(BadSignature, match="downgrade"):
        receive(replace(push, body=text_message("hi").encode()))


def test_a_sealed_body_that_does_not_say_so_is_refused() -> None:
    push = signed(text_message("hi"))
    del push.query["encrypt_type"]
    with pytest.raises(BadSignature, match="downgrade"):
        receive(push)


def test_a_sealed_body_is_refused_in_plain_mode() -> None:
    push = signed(text_message("hi"))
    del push.query["encrypt_type"]
    with pytest.raises(BadPayload, match="sealed_in_plain_mode"):
        receive(push, mode=Mode.PLAIN)


def test_a_query_that_says_sealed_is_refused_in_plain_mode() -> None:
    push = signed(text_message("hi"), mode=Mode.PLAIN)
    with pytest.raises(BadPayload, match="sealed_in_plain_mode"):
        receive(replace(push, query=push.query | {"encrypt_type": "aes"}), mode=Mode.PLAIN)


def test_a_query_that_says_raw_is_plain() -> None:
    push = signed(text_message("hi"), mode=Mode.PLAIN)
    raw = replace(push, query=push.query | {"encrypt_type": "raw"})
    assert receive(raw, mode=Mode.PLAIN).text == "hi"


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("missing", ["timestamp", "nonce", "signature"])
def test_each_part_of_the_signature_is_needed(mode: Mode, missing: str) -> None:
    push = signed(text_message("hi"), mode=mode)
    query = dict(push.query)
    del query["msg_signature" if missing == "signature" and mode is Mode.SAFE else missing]
    with pytest.raises(BadSignature, match="malformed_signature"):
        receive(replace(push, query=query), mode=mode)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("msg_signature", "0" * 39),
        ("msg_signature", "A" * 40),
        ("msg_signature", "é" * 40),
        ("timestamp", "12"),
        ("timestamp", "１６６８９０２４００"),
        ("nonce", ""),
        ("nonce", "a b"),
        ("nonce", "9" * 65),
    ],
)
def test_a_malformed_part_of_the_signature_is_refused(name: str, value: str) -> None:
    push = signed(text_message("hi"))
    with pytest.raises(BadSignature, match="malformed_signature"):
        receive(replace(push, query=push.query | {name: value}))


@pytest.mark.parametrize("mode", list(Mode))
def test_another_token_signs_nothing_for_us(mode: Mode) -> None:
    push = signed(text_message("hi"), credentials=replace(CREDENTIALS, token="other"), mode=mode)
    with pytest.raises(BadSignature, match=r"^signature$"):
        receive(push, mode=mode)


def test_a_digit_moved_from_the_nonce_to_the_timestamp_is_refused() -> None:
    push = signed(text_message("hi"), mode=Mode.PLAIN)
    moved = push.query | {"timestamp": push.query["timestamp"] + "1", "nonce": push.query["nonce"][1:]}
    with pytest.raises(BadSignature):
        receive(replace(push, query=moved), mode=Mode.PLAIN)


def test_a_changed_body_is_refused_in_safe_mode() -> None:
    push, other = signed(text_message("hi")), signed(text_message("hi"))
    with pytest.raises(BadSignature, match=r"^signature$"):
        receive(replace(push, body=other.body))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("seconds", [-301, 301, -86_400 * 365, 86_400 * 365])
def test_outside_the_window_it_is_refused_either_way(mode: Mode, seconds: int) -> None:
    push = signed(text_message("hi"), at=NOW + timedelta(seconds=seconds), mode=mode)
    with pytest.raises(BadSignature, match="timestamp"):
        receive(push, mode=mode)


@pytest.mark.parametrize("seconds", [-300, -15, 300])
def test_within_the_window_a_retry_is_taken(seconds: int) -> None:
    assert receive(signed(text_message("hi"), at=NOW + timedelta(seconds=seconds))).text == "hi"


@pytest.mark.parametrize("mode", list(Mode))
def test_without_a_token_nothing_is_trusted(mode: Mode) -> None:
    nobody = replace(CREDENTIALS, token="")
    with pytest.raises(BadSignature, match="no_token"):
        receive(signed(text_message("hi"), credentials=nobody, mode=mode), credentials=nobody, mode=mode)


def test_a_message_sealed_for_another_account_is_refused() -> None:
    push = signed(text_message("hi"), credentials=replace(CREDENTIALS, app_id="wxother"))
    with pytest.raises(BadSignature, match="app_id"):
        receive(push)


@pytest.mark.parametrize("key", ["", "short", "?" * 43])
def test_safe_mode_without_a_proper_key_names_the_setting(key: str) -> None:
    push = signed(text_message("hi"))
    with pytest.raises(ConfigError, match="encoding_aes_key"):
        receive(push, credentials=replace(CREDENTIALS, encoding_aes_key=key))


@pytest.mark.parametrize(
    "framed",
    [b"", b"x" * 16, b"x" * 16 + b"\0\0", b"x" * 16 + b"\xff\xff\xff\xff<xml>", b"\xff" * 64],
)
def test_a_signed_frame_that_is_none_is_refused(framed: bytes) -> None:
    with pytest.raises((BadPayload, BadSignature)):
        receive(sealed_as(framed))


def test_sealed_bytes_that_are_no_text_are_refused() -> None:
    framed = b"x" * 16 + b"\0\0\0\x02\xff\xfe" + CREDENTIALS.app_id.encode()
    with pytest.raises(BadPayload, match="cipher"):
        receive(sealed_as(framed))


@pytest.mark.parametrize("sealed", ["AAAA", "A", "=", "中文", "AAAAAAAAAAAAAAAAAAAAAA=="])
def test_a_signed_value_that_is_no_cipher_text_is_refused(sealed: str) -> None:
    push = signed(text_message("hi"))
    over = signature(CREDENTIALS.token, push.query["timestamp"], push.query["nonce"], sealed)
    body = document({"Encrypt": sealed}).encode()
    with pytest.raises((BadPayload, BadSignature)):
        receive(Push(push.query | {"msg_signature": over}, body))


def test_no_refusal_carries_what_was_written() -> None:
    framed = b"x" * 16 + b"\0\0\0\x02\xff\xfe" + CREDENTIALS.app_id.encode()
    with pytest.raises(BadPayload) as refused:
        receive(sealed_as(framed))
    assert (refused.value.__cause__, refused.value.__context__) == (None, None)


class TestVerifyUrl:
    def query(self, *, token: str = CREDENTIALS.token, echo: str = "5927782489442352469") -> dict[str, str]:
        timestamp = str(int(NOW.timestamp()))
        return {
            "signature": signature(token, timestamp, "99"),
            "timestamp": timestamp,
            "nonce": "99",
            "echostr": echo,
        }

    def test_the_echo_comes_back_exactly(self) -> None:
        assert verify_url(self.query(), token=CREDENTIALS.token, now=NOW) == "5927782489442352469"

    def test_another_token_is_refused(self) -> None:
        with pytest.raises(BadSignature, match="signature"):
            verify_url(self.query(token="other"), token=CREDENTIALS.token, now=NOW)

    def test_an_empty_token_is_refused(self) -> None:
        with pytest.raises(BadSignature, match="no_token"):
            verify_url(self.query(token=""), token="", now=NOW)

    def test_absent_parameters_are_refused(self) -> None:
        with pytest.raises(BadSignature, match="malformed_signature"):
            verify_url({}, token="", now=NOW)

    def test_an_old_request_is_refused(self) -> None:
        with pytest.raises(BadSignature, match="timestamp"):
            verify_url(self.query(), token=CREDENTIALS.token, now=NOW + timedelta(minutes=6))

    @pytest.mark.parametrize("echo", ["", "<script>", "a\nb", "9" * 257])
    def test_an_echo_the_platform_would_not_send_is_refused(self, echo: str) -> None:
        with pytest.raises(BadPayload, match="echostr"):
            verify_url(self.query(echo=echo), token=CREDENTIALS.token, now=NOW)
