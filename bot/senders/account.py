"""The official account's two ways: to one resident inside the window they opened, or to many at once."""

from collections.abc import Sequence

from bot.errors import PlatformError
from bot.runtime import Runtime
from bot.store import addresses, residents
from bot.store.addresses import Addressee
from bot.wechat import follow_ups, mass
from bot.wechat.client import PlatformClient
from broadcasts.delivery import Batch
from broadcasts.outcome import Accepted, Held, Outcome, Skipped

ERASED = "resident_erased"


class Account:
    """Openids are read in a short transaction before the call; none is open during it."""

    def __init__(self, runtime: Runtime, client: PlatformClient) -> None:
        self._runtime = runtime
        self._client = client

    def send(self, batch: Batch) -> Outcome:
        """Everyone who is still there: one as a follow-up, several as a mass send. Raises PlatformError."""
        people = self._people(batch)
        fewest = self._client.limits.mass_fewest
        if len(people) >= fewest and batch.deliveries[0].broadcast_id is not None:
            return self._mass(batch, people)
        return self._follow_up(batch, people[0]) if people else Skipped(ERASED)

    def close_window(self, batch: Batch) -> None:
        """The platform said the window is closed; our ledger follows."""
        with self._runtime.database.transaction() as session:
            for one in batch.deliveries:
                residents.close_window(session, one.recipient)

    def _people(self, batch: Batch) -> Sequence[Addressee]:
        with self._runtime.database.reading() as session:
            ids = [one.recipient for one in batch.deliveries]
            return addresses.addressees(session, ids, self._runtime.vault)

    def _mass(self, batch: Batch, people: Sequence[Addressee]) -> Outcome:
        """Taken before (45065) is taken: the platform names the first send, and has sent nothing new."""
        openids = [one.openid for one in people]
        accepted = mass.send_text(self._client, openids, text=batch.body, client_msg_id=batch.client_msg_id)
        return Accepted(accepted.msg_id)

    def _follow_up(self, batch: Batch, person: Addressee) -> Outcome:
        """Inside the window only, counted before it is sent; outside it waits for the resident's next message."""
        now = self._runtime.clock()
        with self._runtime.database.transaction() as session:
            if not residents.spend_window(session, person.resident_id, now):
                return Held()
        try:
            follow_ups.send_text(self._client, person.openid, text=batch.body)
        except PlatformError as error:
            if error.retryable:
                self._give_back(person.resident_id)
            raise
        return Accepted("")

    def _give_back(self, resident_id: int) -> None:
        """The platform took nothing: the next attempt may still use this message of the window."""
        with self._runtime.database.transaction() as session:
            residents.give_back_window(session, resident_id)
