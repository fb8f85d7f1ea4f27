"""One request of a signed-in staff member: who they are, and what views need to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import flash, render_template, session

from bot.access import needs_second_factor
from bot.console.session_store import ROUND, STAFF, ConsoleSession
from bot.office.act import Act
from bot.store.engine import Session
from bot.store.staff import StaffMember, get_staff


@dataclass(frozen=True)
class Visit:
    """`act` is what office functions take; forms and addresses are Flask's own `request`."""

    act: Act

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """A page in the console's layout."""
        return render_template(template, **context, act=self.act, member=self.act.member)

    def say(self, sentence: str, kind: str = "success") -> None:
        """A line above the next page: success, warning or danger."""
        flash(sentence, kind)


def browser_session() -> ConsoleSession:
    """What belongs to this browser."""
    return cast("ConsoleSession", session._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001 - Flask's proxy


def recognise(database: Session) -> StaffMember | None:
    """The staff member this browser is signed in as; None for nobody, somebody whose account was closed, or whose browsers
    were all signed out since.
    """
    staff_id = session.get(STAFF)
    member = get_staff(database, staff_id) if isinstance(staff_id, int) else None
    if member is None or member.disabled_at is not None or session.get(ROUND) != member.sessions_ended:
        return None
    return member


def owes(member: StaffMember) -> str | None:
    """What must be done before anything else: "password" or "second_factor"; None: nothing."""
    if member.password_changed_at is None:
        return "password"
    if needs_second_factor(member.role) and not member.has_second_factor:
        return "second_factor"
    return None
