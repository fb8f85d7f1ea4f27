"""Our encryption against the library Dingxin uses: each reads the other, neither accepts what was touched."""

import base64
from random import Random

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.demo.envelope import BrokenEnvelopeError, Envelope
from tests.bot.demo.callers import AES_KEY, APP_ID, TOKEN

SENTENCES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=400)
TIME, NONCE = "1764000000", "42"


def make_envelope(receiver: str = APP_ID, token: str = TOKEN) -> Envelope:
    filler = Random(7).randbytes  # noqa: S311  # repeatable filling
    return Envelope(token=token, encoding_aes_key=AES_KEY, receiver=receiver, filler=filler)


def theirs() -> WeChatCrypto:
    return WeChatCrypto(TOKEN, AES_KEY, APP_ID)


def open_with(envelope: Envelope, sealed: str) -> str:
    signed = make_envelope().sign(timestamp=TIME, nonce=NONCE, sealed=sealed)
    return envelope.open(sealed, timestamp=TIME, nonce=NONCE, signed=signed)


@given(SENTENCES)
def test_their_library_opens_what_we_seal(message: str) -> None:
    envelope = make_envelope()
    sealed = envelope.seal(message)
    signed = envelope.sign(timestamp=TIME, nonce=NONCE, sealed=sealed)

    assert theirs().decrypt_message({"Encrypt": sealed}, signed, TIME, NONCE) == message


@given(SENTENCES)
def test_we_open_what_their_library_seals(message: str) -> None:
    reply = xmltodict.parse(theirs().encrypt_message(message, NONCE, TIME))["xml"]

    opened = make_envelope().open(
        reply["Encrypt"], timestamp=reply["TimeStamp"], nonce=reply["Nonce"], signed=reply["MsgSignature"]
    )

    assert opened == message


def test_their_library_accepts_our_plain_signature() -> None:
    check_signature(TOKEN, make_envelope().sign(timestamp=TIME, nonce=NONCE), TIME, NONCE)


def test_a_wrong_signature_is_refused() -> None:
    sealed = make_envelope().seal("一句话")

    with pytest.raises(BrokenEnvelopeError, match="signature"):
        make_envelope().open(sealed, timestamp=TIME, nonce="43", signed="0" * 40)


def test_a_message_for_another_account_is_refused() -> None:
    sealed = make_envelope(receiver="wxsomebodyelse").seal("一句话")

    with pytest.raises(BrokenEnvelopeError, match="receiver"):
        open_with(make_envelope(), sealed)


@pytest.mark.parametrize(
    "sealed", ["%%%", base64.b64encode(b"short").decode(), base64.b64encode(bytes(64)).decode()]
)
def test_signed_nonsense_is_refused_and_does_not_crash(sealed: str) -> None:
    with pytest.raises(BrokenEnvelopeError):
        open_with(make_envelope(), sealed)


@given(st.binary(max_size=96))
def test_no_ciphertext_crashes_the_reader(noise: bytes) -> None:
    with pytest.raises(BrokenEnvelopeError):
        open_with(make_envelope(), base64.b64encode(noise).decode())
