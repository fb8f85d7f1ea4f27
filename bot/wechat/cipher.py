"""AES as the platform does it, through wechatpy."""

import re

from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.errors import BadPayload, BadSignature, ConfigError
from bot.wechat.credentials import Credentials
from bot.wechat.signature import Stamp
from bot.wechat.xml import UNREADABLE

# 32 bytes in base64 without its last sign.
KEY = re.compile(r"[0-9A-Za-z+/]{43}")


def cipher(credentials: Credentials) -> WeChatCrypto:
    """The cipher of one account.

    Raises ConfigError (the key cannot be one).
    """
    if not KEY.fullmatch(credentials.encoding_aes_key):
        raise ConfigError("encoding_aes_key: must be the 43 characters shown in the platform's console")
    return WeChatCrypto(credentials.token, credentials.encoding_aes_key, credentials.app_id)


def decrypt(sealed: str, stamp: Stamp, *, credentials: Credentials) -> str:
    """What was sealed for us. The signature over it must have been checked.

    Raises BadSignature (sealed for another account), BadPayload (it does not open).
    """
    opened: str | None = None
    reason = ""
    crypto = cipher(credentials)
    try:
        opened = crypto.decrypt_message({"Encrypt": sealed}, stamp.signature, stamp.timestamp, stamp.nonce)
    except InvalidAppIdException:
        reason = "app_id"
    except UNREADABLE:
        reason = "cipher"
    if opened is None:  # raised here, where no error that quotes the content is its context
        raise BadSignature(reason) if reason == "app_id" else BadPayload(reason)
    return opened


def encrypt(xml: str, *, credentials: Credentials, nonce: str, timestamp: int) -> str:
    """Seal and sign a reply: the envelope the platform expects back in safe mode."""
    return cipher(credentials).encrypt_message(xml, nonce, str(timestamp))
