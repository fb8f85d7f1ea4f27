"""Mass sends: accepted at once, carried out later, four a person and calendar month."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.demo.platform.account import Limits
from bot.demo.platform.chats import Content
from bot.demo.platform.followers import Follower
from bot.demo.platform.quota import month_of
from bot.demo.platform.refusal import PlatformError

EXISTS, LONG_ID, NO_SUCH_MESSAGE = 45065, 45067, 40059


class JobStatus(StrEnum):
    SENDING = "SENDING"
    DONE = "SEND_SUCCESS"
    DELETED = "DELETE"


@dataclass(slots=True)
class MassJob:
    """`audience` are the openids as given; `total` what the platform counts before it filters."""

    number: int
    client_id: str
    content: Content
    audience: tuple[str, ...] = field(repr=False)
    accepted_at: datetime
    status: JobStatus = JobStatus.SENDING
    total: int = 0
    sent: int = 0


class MassJobs:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_number: dict[int, MassJob] = {}

    def accept(
        self, number: int, client_id: str, *, content: Content, audience: tuple[str, ...], at: datetime
    ) -> MassJob:
        """Take a job, unless this client id was seen in the last day: then 45065 and the earlier number."""
        if len(client_id.encode()) > self._limits.client_id_bytes:
            raise PlatformError(LONG_ID)
        for job in self._by_number.values():
            if job.client_id == client_id and at - job.accepted_at < self._limits.client_id_memory:
                raise PlatformError(EXISTS, {"msg_id": job.number})
        job = MassJob(number, client_id, content, audience, at)
        self._by_number[number] = job
        return job

    def known(self, number: object) -> MassJob:
        key = int(number) if isinstance(number, int | str) and str(number).isdigit() else -1
        if key not in self._by_number:
            raise PlatformError(NO_SUCH_MESSAGE)
        return self._by_number[key]

    def may_reach(self, follower: Follower, at: datetime) -> bool:
        """Whether this person still gets one this month; the surplus is dropped without an error."""
        month = month_of(at)
        if not follower.following or follower.mass_received[month] >= self._limits.mass_per_month:
            return False
        follower.mass_received[month] += 1
        return True
