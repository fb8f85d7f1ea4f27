"""Who signs for a step: a staff member who gets in as in the console, with a role that allows it. What they do is the office's."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import click

from bot.access import GRANTED, Permission
from bot.commands.entry import Entry
from bot.errors import Conflict
from bot.live import Late
from bot.loading import library_loader
from bot.metrics import Metrics
from bot.office import sign_in as door
from bot.office.act import Act
from bot.office.sign_in import Refusal
from bot.runtime import Runtime, load_places
from bot.store import revisions, staff
from bot.store.engine import Session
from bot.store.staff import StaffMember
from broadcasts.bodies import sample_letters
from knowledge.library import Library
from knowledge.text import build_segmenter

Command = TypeVar("Command", bound=Callable[..., object])

# Whether the name is wrong, the password is, or the account rests is not told: else one could find out who works here.
NOT_LET_IN = "name or password is wrong; after several wrong ones in a row the account rests for a while"
PASSWORD_REFUSED: Mapping[Refusal, str] = {
    Refusal.WRONG: NOT_LET_IN,
    Refusal.RESTING: NOT_LET_IN,
    Refusal.TOO_LATE: "this first password was not used in time; have an administrator reset it",
    Refusal.FIRST: "this is a first password; choose a password of your own in the console first",
}
CODE_REFUSED: Mapping[Refusal, str] = {
    Refusal.WRONG: "the code is wrong or has been used; wait for the next one",
    Refusal.RESTING: "too many wrong ones in a row; the account rests for a while",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """As it was typed. `code`: what the telephone shows, where it was given."""

    name: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)


def signed_option(command: Command) -> Command:
    """--by NAME and a password, asked for without showing it; and the telephone's code, asked for where the account needs it."""
    command = click.option(
        "--code",
        help="The six digits the telephone shows, for an account that has one; in a terminal they are asked for.",
    )(command)
    command = click.option(
        "--password",
        prompt=True,
        hide_input=True,
        envvar="DINGXIN_STAFF_PASSWORD",
        help="Asked for when not given; also from $DINGXIN_STAFF_PASSWORD.",
    )(command)
    return click.option("--by", "name", required=True, help="Name of the staff member who does this.")(
        command
    )


@contextmanager
def signed(entry: Entry, signature: Signature, *, needs: Permission) -> Iterator[Act]:
    """What the staff member does who signs with this right: all of it or nothing. That they were let in, or not, is kept and
    counted all the same. Raises Conflict when they are not, or the role does not allow it.
    """
    runtime = _runtime(entry)
    member, now = _let_in(runtime, signature), entry.clock()
    with entry.database.transaction() as session:
        yield Act(session, runtime, _as_they_are(session, member, needs), now)


def _let_in(runtime: Runtime, signature: Signature) -> StaffMember:
    """Through the console's two doors, each in a transaction of its own: nobody waits while somebody types."""
    with runtime.database.transaction() as session:
        found = door.check_signature(
            session, runtime, signature.name, signature.password, now=runtime.clock()
        )
    if isinstance(found, Refusal):
        raise Conflict(PASSWORD_REFUSED[found])
    if not found.has_second_factor:
        return found
    code = (signature.code or _asked()).replace(" ", "")
    with runtime.database.transaction() as session:
        passed = door.check_code(
            session, runtime, found.id, code, sessions_ended=found.sessions_ended, now=runtime.clock()
        )
    if isinstance(passed, Refusal):
        raise Conflict(CODE_REFUSED[passed])
    return passed


def _asked() -> str:
    if not sys.stdin.isatty():
        raise Conflict("this account signs with the code of a telephone, too: give it with --code")
    return str(click.prompt("Code", err=True))


def _as_they_are(session: Session, member: StaffMember, needs: Permission) -> StaffMember:
    """Somebody may have closed or changed the account since it was let in."""
    current = staff.get_staff(session, member.id)
    if current is None or current.disabled_at is not None or current.sessions_ended != member.sessions_ended:
        raise Conflict("the account was changed meanwhile; sign once more")
    if current.role not in GRANTED[needs]:
        roles = ", ".join(sorted(role.value for role in GRANTED[needs]))
        raise Conflict(f"{current.name} is {current.role.value}; this takes one of: {roles}")
    return current


def _runtime(entry: Entry) -> Runtime:
    """What the office works with. No worker is asked for anything: each looks for work within seconds."""
    return Runtime(
        settings=entry.settings,
        database=entry.database,
        vault=entry.vault,
        clock=entry.clock,
        library=Late(entry.database, revisions.KNOWLEDGE, lambda session: _library(session, entry)),
        places=Late(entry.database, revisions.AREAS, lambda session: load_places(session, entry.vault)),
        letters=sample_letters(day=entry.today),
        metrics=Metrics(),
        enqueue=lambda _work: None,
    )


def _library(session: Session, entry: Entry) -> Library:
    return library_loader(build_segmenter(), entry.settings.service.data_dir)(session)
