"""What is let in through WeCom's callback."""

from dataclasses import replace

import pytest

from bot.errors import BadPayload, BadSignature, PayloadTooLarge
from bot.messages import Inbound, Kind
from bot.wechat.credentials import Mode
from bot.wecom.callback import open_envelope, verify_url
from tests.wechat import CREDENTIALS, NOW, Push, event, seal, signature, signed, text_message

CORP = replace(CREDENTIALS, app_id="ww0123456789abcdef")


def receive(push: Push) -> Inbound:
    return open_envelope(push.body, push.content_type, push.query, credentials=CORP, now=NOW)


def pushed(xml: str) -> Push:
    """WeCom sends neither `signature` nor `encrypt_type`."""
    push = signed(xml, credentials=CORP)
    query = {name: push.query[name] for name in ("msg_signature", "timestamp", "nonce")}
    return replace(push, query=query)


def asked(sealed: str, *, token: str = CORP.token) -> dict[str, str]:
    timestamp = str(int(NOW.timestamp()))
    return {
        "msg_signature": signature(token, timestamp, "7", sealed),
        "timestamp": timestamp,
        "nonce": "7",
        "echostr": sealed,
    }


def test_a_message_is_opened() -> None:
    assert receive(pushed(text_message("收到"))).text == "收到"


def test_a_change_of_a_customer_group_is_told() -> None:
    changed = event("change_external_chat", {"ChatId": "wr1", "ChangeType": "dismiss"})
    inbound = receive(pushed(changed))
    assert inbound.kind is Kind.OTHER_EVENT
    assert dict(inbound.details) == {"event": "change_external_chat", "change": "dismiss", "chat_id": "wr1"}


def test_changes_of_two_groups_in_one_second_have_two_keys() -> None:
    first, second = (
        receive(pushed(event("change_external_chat", {"ChatId": chat, "ChangeType": "update"})))
        for chat in ("wr1", "wr2")
    )
    assert first.dedup_key != second.dedup_key


def test_a_plain_body_is_refused() -> None:
    with pytest.raises(BadSignature, match="downgrade"):
        receive(signed(text_message("x"), credentials=CORP, mode=Mode.PLAIN))


def test_a_message_for_another_corp_is_refused() -> None:
    with pytest.raises(BadSignature, match="app_id"):
        receive(signed(text_message("x")))


def test_a_body_over_the_limit_is_refused() -> None:
    with pytest.raises(PayloadTooLarge):
        receive(Push({}, b" " * 70_000))


def test_the_echo_comes_back_in_clear() -> None:
    assert verify_url(asked(seal("1616140317555161061", credentials=CORP)), credentials=CORP, now=NOW) == (
        "1616140317555161061"
    )


@pytest.mark.parametrize("sealed", ["", "AAAA", "中文", seal("", credentials=CORP)], ids=range(4))
def test_an_echo_that_does_not_open_is_refused(sealed: str) -> None:
    with pytest.raises(BadPayload):
        verify_url(asked(sealed), credentials=CORP, now=NOW)


def test_an_echo_for_another_corp_is_refused() -> None:
    with pytest.raises(BadSignature, match="app_id"):
        verify_url(asked(seal("1")), credentials=CORP, now=NOW)


def test_an_echo_signed_by_another_is_refused() -> None:
    with pytest.raises(BadSignature, match="signature"):
        verify_url(asked(seal("1", credentials=CORP), token="other"), credentials=CORP, now=NOW)
