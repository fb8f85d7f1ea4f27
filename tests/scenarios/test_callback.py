"""What is not the platform's own message gets 4xx, never a traceback; health and figures are there to be read."""

import pytest
from flask.testing import FlaskClient

from tests.clocks import TestClock
from tests.scenarios.phone import Phone, posted, reading
from tests.wechat import CREDENTIALS, Push, document, signature, signed, text_message

BODIES = {
    "nothing": b"",
    "json": b'{"ToUserName": "a"}',
    "no xml": b"hello",
    "unsealed": text_message("a").encode(),
    "xxe": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>',
    "laughs": b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    "nul": b"<xml><Encrypt>\x00</Encrypt></xml>",
    "gbk": "<xml><Encrypt>核酸</Encrypt></xml>".encode("gbk"),
    "deep": b"<xml>" + b"<a>" * 2000 + b"</a>" * 2000 + b"</xml>",
    "not sealed with our key": document({"Encrypt": "AAAA"}).encode(),
}


def pushed(body: bytes, clock: TestClock) -> Push:
    """A post whose query is properly signed for whatever ciphertext it claims."""
    timestamp = str(int(clock().timestamp()))
    query = {
        "signature": signature(CREDENTIALS.token, timestamp, "7"),
        "msg_signature": signature(CREDENTIALS.token, timestamp, "7", "AAAA"),
        "timestamp": timestamp,
        "nonce": "7",
        "encrypt_type": "aes",
    }
    return Push(query, body)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_message_is_refused_with_a_reason(
    client: FlaskClient, clock: TestClock, name: str
) -> None:
    response = posted(client, pushed(BODIES[name], clock))

    assert 400 <= response.status_code < 500
    assert "Traceback" not in response.get_data(as_text=True)


def test_a_body_larger_than_any_message_is_refused(client: FlaskClient, clock: TestClock) -> None:
    assert posted(client, pushed(b"<xml>" + b"a" * 70_000, clock)).status_code == 413
    assert posted(client, pushed(b"<xml>" + b"a" * 2_000_000, clock)).status_code == 413


def test_a_wrong_signature_is_refused(client: FlaskClient, phone: Phone, clock: TestClock) -> None:
    push = signed(phone.text("你好"), at=clock())
    forged = Push({**push.query, "msg_signature": "0" * 40}, push.body)

    assert posted(client, forged).status_code == 403


def test_a_message_from_six_minutes_ago_is_refused(
    client: FlaskClient, phone: Phone, clock: TestClock
) -> None:
    push = signed(phone.text("你好"), at=clock())
    clock.advance(minutes=6)

    assert posted(client, push).status_code == 403


def test_a_used_nonce_does_not_carry_another_message(
    client: FlaskClient, phone: Phone, clock: TestClock
) -> None:
    first = posted(client, signed(phone.text("你好"), at=clock(), nonce="42"))
    second = posted(client, signed(phone.text("帮助"), at=clock(), nonce="42"))

    assert first.status_code == 200
    assert second.status_code == 403


def test_the_very_same_post_again_is_a_retry_and_gets_its_reply(
    client: FlaskClient, phone: Phone, clock: TestClock
) -> None:
    push = signed(phone.text("帮助"), at=clock(), nonce="43")

    assert reading(posted(client, push)) == reading(posted(client, push)) != ""


def test_the_platform_gets_its_echo_back_exactly(client: FlaskClient, clock: TestClock) -> None:
    timestamp = str(int(clock().timestamp()))
    query = {
        "signature": signature(CREDENTIALS.token, timestamp, "8"),
        "timestamp": timestamp,
        "nonce": "8",
        "echostr": "5927782489442352469",
    }

    right = client.get("/wechat", query_string=query)
    wrong = client.get("/wechat", query_string={**query, "signature": "0" * 40})

    assert right.get_data(as_text=True) == "5927782489442352469"
    assert right.content_type.startswith("text/plain")
    assert wrong.status_code == 403


def test_health_readiness_and_figures_are_told(client: FlaskClient, phone: Phone) -> None:
    phone.says("帮助")

    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").get_json() == {"database": True, "migrations": True, "model": True}
    figures = client.get("/metrics").get_data(as_text=True)
    assert 'dingxin_messages_total{kind="text"} 1.0' in figures
    assert 'dingxin_handled_total{handler="guide",way="passive"} 1.0' in figures


def test_an_unknown_address_is_simply_not_there(client: FlaskClient) -> None:
    assert client.get("/etc/passwd").status_code == 404
    assert client.put("/wechat").status_code == 405
