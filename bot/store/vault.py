"""Seals what must not lie open in the database: openids, received messages, replies, platform tokens.

One 32-byte key in the configuration; two keys derived from it (HKDF): one seals (AES-256-GCM, a fresh nonce each time,
bound to its purpose), one makes the keyed hash by which an openid is looked up. Without the key a copy of the database
names nobody.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import ConfigError

NONCE_BYTES = 12


class Vault:
    """Seals and opens short texts, and hashes openids; holds the derived keys and nothing else."""

    def __init__(self, key: bytes) -> None:
        self._seal = AESGCM(_derive(key, b"dingxin seal"))
        self._hash_key = _derive(key, b"dingxin look-up")

    def seal(self, text: str, purpose: str) -> bytes:
        """Encrypted `text`; it opens only for the same `purpose`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """The text again; ConfigError when the key is not the one it was sealed with."""
        try:
            opened = self._seal.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except InvalidTag:
            raise ConfigError(
                "[privacy] encryption_key: is not the key this database was sealed with; restore the right one"
            ) from None
        return opened.decode()

    def digest(self, text: str) -> str:
        """Keyed hash (hex) for looking something up without storing it in clear."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
