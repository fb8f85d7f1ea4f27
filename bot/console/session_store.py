"""Flask's session, kept on the server. The cookie is a random id: strict, not for scripts, only sent to the console.

Whoever signs in gets a new id, so that an id somebody else knew before is worth nothing after.
"""

import json
import secrets
from datetime import datetime, timedelta

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from bot.runtime import Runtime
from bot.store import staff_sessions
from bot.store.staff import StaffMember
from bot.store.staff_sessions import Kept

COOKIE = "dingxin_console"
PATH = "/console/"
STAFF = "staff_id"
# Whose password was right, while the code of the phone is owed.
WAITING = "waiting_for_code"
# How often every browser had been signed out when this one was let in.
ROUND = "sessions_ended"
ID_BYTES = 32


class ConsoleSession(dict[str, object], SessionMixin):
    """What belongs to one browser. `id` is empty until there is something to keep."""

    def __init__(self, session_id: str = "", data: dict[str, object] | None = None) -> None:
        super().__init__(data or {})
        self.id = session_id
        self.ended = ""
        self._before = self._written()

    @property
    def is_changed(self) -> bool:
        """Whether anything is different from what was loaded."""
        return self._written() != self._before or bool(self.ended)

    def _written(self) -> str:
        return json.dumps(self, sort_keys=True)

    def begin(self, member: StaffMember, now: datetime) -> None:
        """Signed in, under a new id."""
        self.ended, self.id = self.id, ""
        self.clear()
        self[STAFF], self[ROUND] = member.id, member.sessions_ended
        self["signed_in_at"] = now.isoformat()

    def end(self) -> None:
        """Signed out."""
        self.ended, self.id = self.id, ""
        self.clear()


class ServerSessions(SessionInterface):
    """Loads and saves them in transactions of their own, around the request's."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._lasts = timedelta(minutes=runtime.settings.console.session_minutes)
        self._secure = runtime.settings.service.public_url.startswith("https://")

    def open_session(self, app: Flask, request: Request) -> ConsoleSession:
        """The browser's session; an empty one when it sent no id, or one that has ended."""
        del app
        session_id = request.cookies.get(COOKIE, "")
        if not session_id or not request.path.startswith(PATH):
            return ConsoleSession()
        with self._runtime.database.reading() as session:
            data = staff_sessions.load(session, session_id, now=self._runtime.clock())
        return ConsoleSession(session_id, data) if data is not None else ConsoleSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed; note now and then that it is in use."""
        del app
        if not isinstance(session, ConsoleSession):
            return
        if session.is_changed or (session.id and self._is_stale(session.id)):
            self._write(session)
        else:
            return
        if session.id:
            response.set_cookie(
                COOKIE, session.id, httponly=True, samesite="Strict", secure=self._secure, path=PATH
            )
        else:
            response.delete_cookie(COOKIE, path=PATH)

    def _is_stale(self, session_id: str) -> bool:
        with self._runtime.database.reading() as database:
            now = self._runtime.clock()
            return staff_sessions.needs_refreshing(database, session_id, now=now, lasts=self._lasts)

    def _write(self, session: ConsoleSession) -> None:
        with self._runtime.database.transaction() as database:
            if session.ended:
                staff_sessions.end(database, session.ended)
            if not session:
                return
            # Half signed in counts: whoever changes a password ends what was begun with the old one.
            staff_id = session.get(STAFF, session.get(WAITING))
            kept = Kept(session, staff_id if isinstance(staff_id, int) else None, self._lasts)
            now = self._runtime.clock()
            if not session.id:
                session.id = secrets.token_urlsafe(ID_BYTES)
                staff_sessions.begin(database, session.id, kept, now=now)
            elif not staff_sessions.save(database, session.id, kept, now=now):
                session.id = ""
