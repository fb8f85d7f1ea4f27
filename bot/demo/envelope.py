"""The platform's side of safe mode: sign, encrypt and read back.

Written from the vendor's layout and not with the library Dingxin uses, so that one checks the other: AES-256-CBC,
key = base64(43 characters + "="), IV = its first 16 bytes, PKCS#7 to 32, plaintext = 16 random bytes, length of
the message as 4 bytes big-endian, message, app id. Source: "Message encryption" of the vendor's documentation.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
FILLER = 16


class BrokenEnvelopeError(Exception):
    """What came back is not what this account would have sealed."""


def signature(*parts: str) -> str:
    """SHA-1 over the parts in order of their characters; the platform fixed the algorithm, not we."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


class Envelope:
    """Seals and opens for one receiver: the app id, or the corp id for WeCom."""

    def __init__(
        self, *, token: str, encoding_aes_key: str, receiver: str, filler: Callable[[int], bytes]
    ) -> None:
        self._token = token
        self._key = base64.b64decode(encoding_aes_key + "=")
        self._receiver = receiver.encode()
        self._filler = filler

    def seal(self, message: str) -> str:
        """The message as base64 ciphertext."""
        body = message.encode()
        plain = self._filler(FILLER) + struct.pack(">I", len(body)) + body + self._receiver
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def sign(self, *, timestamp: str, nonce: str, sealed: str = "") -> str:
        """`signature` over token, time and nonce; with the ciphertext it is `msg_signature`."""
        return signature(self._token, timestamp, nonce, *([sealed] if sealed else []))

    def open(self, sealed: str, *, timestamp: str, nonce: str, signed: str) -> str:
        """The message inside, once its signature, padding, length and receiver are right."""
        expected = self.sign(timestamp=timestamp, nonce=nonce, sealed=sealed)
        if not sealed or not hmac.compare_digest(expected.encode(), signed.encode()):
            raise BrokenEnvelopeError("signature")
        plain = self._decrypted(sealed)
        (length,) = struct.unpack(">I", plain[FILLER : FILLER + 4])
        start = FILLER + 4
        if plain[start + length :] != self._receiver:
            raise BrokenEnvelopeError("receiver")
        try:
            return plain[start : start + length].decode()
        except UnicodeDecodeError:
            raise BrokenEnvelopeError("encoding") from None

    def _decrypted(self, sealed: str) -> bytes:
        try:
            secret = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher().decryptor()
            padded = decryptor.update(secret) + decryptor.finalize()
        except (binascii.Error, ValueError):
            raise BrokenEnvelopeError("ciphertext") from None
        pad = padded[-1] if padded else 0
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad or len(padded) - pad < FILLER + 4:
            raise BrokenEnvelopeError("padding")
        return padded[:-pad]

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
