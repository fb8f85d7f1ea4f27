"""The second factor: six digits from a phone that change every half minute (TOTP, RFC 6238). The secret lies sealed.

A code opens once: the step of the clock it belongs to is remembered, and neither it nor an earlier one opens again.
"""

from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from bot.store.tables import StaffRow
from bot.store.vault import Vault

PURPOSE = "second factor"
STEP_SECONDS = 30
# Phones' clocks are not ours: one step early or late will do (RFC 6238, 5.2).
DRIFT = (-1, 0, 1)


def new_secret() -> str:
    """For a phone to hold; of no effect until `confirm`."""
    return pyotp.random_base32()


def confirm(session: Session, staff_id: int, secret: str, code: str, *, vault: Vault, now: datetime) -> bool:
    """Take the new secret into use, when the phone shows its code."""
    step = _step_of(secret, code, now)
    if step is None:
        return False
    row = session.get_one(StaffRow, staff_id)
    row.totp_sealed, row.totp_confirmed_at, row.totp_last_step = vault.seal(secret, PURPOSE), now, step
    session.flush()
    return True


def check(session: Session, staff_id: int, code: str, *, vault: Vault, now: datetime) -> bool:
    """Whether the code is right, and has not been used: of two who bring it at the same moment the second waits here."""
    row = session.get_one(StaffRow, staff_id, populate_existing=True, with_for_update={"key_share": True})
    if row.totp_sealed is None:
        return False
    step = _step_of(vault.open(row.totp_sealed, PURPOSE), code, now)
    if step is None or step <= row.totp_last_step:
        return False
    row.totp_last_step = step
    session.flush()
    return True


def remove(session: Session, staff_id: int) -> None:
    """The phone is lost: an administrator takes the factor away, and a new one must be set up."""
    row = session.get_one(StaffRow, staff_id)
    row.totp_sealed, row.totp_confirmed_at = None, None
    session.flush()


def code_at(secret: str, now: datetime) -> str:
    """What a phone with this secret shows."""
    return pyotp.TOTP(secret).at(int(now.timestamp()))


def address(secret: str, *, name: str, issuer: str) -> str:
    """What the QR code to scan says."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    steps = (current + drift for drift in DRIFT)
    return next(
        (step for step in steps if pyotp.utils.strings_equal(code, totp.at(step * STEP_SECONDS))), None
    )
