"""One staff member at work: who, when, on which database. Every function of this package takes it first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.access import Permission, covers, may, prefix_of
from bot.errors import Forbidden, OutOfScope
from bot.runtime import Runtime
from bot.store import audit
from bot.store.areas import AreaTree
from bot.store.engine import Session
from bot.store.staff import StaffMember


@dataclass(frozen=True)
class Act:
    """`session` is the transaction the whole act happens in; whoever opened it commits. `withheld`: what a token of the
    member does not reach though the role does, and the scope that would; nothing for somebody who signed in.
    """

    session: Session
    runtime: Runtime
    member: StaffMember
    now: datetime
    withheld: Mapping[Permission, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the service's time zone."""
        return self.now.astimezone(self.runtime.settings.service.zone).date()

    @property
    def areas(self) -> AreaTree:
        """The area tree."""
        return self.runtime.places.get().tree

    def may(self, permission: Permission) -> bool:
        """Whether the member's role grants it, and nothing withholds it."""
        return may(self.member.role, permission) and permission not in self.withheld

    def require(self, permission: Permission) -> None:
        """Raises Forbidden when the role does not grant it, OutOfScope when the token does not reach it."""
        if not may(self.member.role, permission):
            raise Forbidden(f"{self.member.role} may not do this: {permission}")
        if permission in self.withheld:
            raise OutOfScope(self.withheld[permission])

    def covers(self, area_code: str | None) -> bool:
        """Whether the member may see what is of this area."""
        return covers(self.member.area_code, area_code)

    @property
    def area_prefix(self) -> str:
        """By what the codes of all the member may see begin; empty: no bounds."""
        return prefix_of(self.member.area_code) if self.member.area_code else ""

    def require_area(self, area_code: str | None) -> None:
        """Raises Forbidden for what lies outside the member's area."""
        if not self.covers(area_code):
            raise Forbidden("this lies outside the area of the account")

    def note(
        self, action: str, subject: str, *, reason: str = "", detail: Mapping[str, object] | None = None
    ) -> None:
        """Leave the trace: who did what to what, and why. No openid, no resident's words."""
        audit.record(
            self.session,
            at=self.now,
            actor=self.member.name,
            action=action,
            subject=subject,
            detail={**(detail or {}), **({"reason": reason} if reason else {})},
        )
