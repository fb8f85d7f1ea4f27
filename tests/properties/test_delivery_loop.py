"""Workers are killed, platforms time out, claims run out, two workers race: no phone ever rings twice."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broadcasts import delivery
from broadcasts.delivery import Batch, DeliveryStatus, deliver
from broadcasts.outcome import Accepted, Delivered, Failed, Outcome, Retry, Unknown
from tests.broadcasts.fakes import LEASE, START, Clock, FakeOutbox, a_delivery

NEVER_SENT = {DeliveryStatus.PENDING, DeliveryStatus.CANCELLED, DeliveryStatus.SKIPPED}


class Fate(StrEnum):
    """What happens to one call of the platform."""

    TAKEN = "taken"
    THROTTLED = "throttled"
    REFUSED = "refused"
    TIMED_OUT_BUT_TAKEN = "timed out but taken"
    RECEIPT_FIRST = "receipt first"
    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    TAKEN_SLOWLY = "taken slowly"
    THROTTLED_SLOWLY = "throttled slowly"
    RIVAL_WORKS_MEANWHILE = "rival works meanwhile"


class Killed(BaseException):
    """The worker dies here."""


class Platform:
    """Rings phones, and meets each call with the next fate. Its account of what it took is the truth."""

    def __init__(self, clock: Clock, *, meanwhile: Callable[[], None], receipts: Callable[[], None]) -> None:
        self.clock = clock
        self.meanwhile = meanwhile
        self.receipts = receipts
        self.fates: list[Fate] = []
        self.rung: Counter[int] = Counter()

    def send(self, batch: Batch) -> Outcome:
        fate = self.fates.pop(0) if self.fates else Fate.TAKEN
        if fate is Fate.KILLED_BEFORE:
            raise Killed
        if fate in {Fate.TAKEN_SLOWLY, Fate.THROTTLED_SLOWLY}:
            self.clock.advance(LEASE * 2)
        if fate in {Fate.RIVAL_WORKS_MEANWHILE, Fate.TAKEN_SLOWLY, Fate.THROTTLED_SLOWLY}:
            self.meanwhile()
        if fate in {Fate.THROTTLED, Fate.THROTTLED_SLOWLY}:
            return Retry("45011", timedelta(minutes=1))
        if fate is Fate.REFUSED:
            return Failed("45002")
        self.rung.update(row.id for row in batch.deliveries)
        if fate is Fate.RECEIPT_FIRST:
            self.receipts()
        if fate is Fate.KILLED_AFTER:
            raise Killed
        return Unknown("timeout") if fate is Fate.TIMED_OUT_BUT_TAKEN else Accepted("m1")


class DeliveryLoop(RuleBasedStateMachine):
    """One outbox, any number of workers one after the other or inside one another."""

    @initialize(sizes=st.lists(st.integers(1, 3), min_size=3, max_size=12))
    def fill(self, sizes: list[int]) -> None:
        batches = [f"k{batch}" for batch, size in enumerate(sizes) for _ in range(size)]
        self.clock = Clock()
        self.outbox = FakeOutbox(a_delivery(number, batch=batch) for number, batch in enumerate(batches))
        self.platform = Platform(self.clock, meanwhile=self.rival, receipts=self.the_platform_reports)
        self.doubted: set[int] = set()

    def rival(self) -> None:
        """Another worker, and the sweeper, while the first one's call is still under way."""
        self.outbox.sweep(now=self.clock())
        self.run_worker(limit=1)

    def run_worker(self, *, limit: int) -> None:
        try:
            deliver(self.outbox, self.platform, clock=self.clock, limit=limit)
        except Killed:
            return

    @rule(fates=st.lists(st.sampled_from(Fate), min_size=1, max_size=4), limit=st.integers(1, 4))
    def a_worker_runs(self, fates: list[Fate], limit: int) -> None:
        self.platform.fates = fates
        self.run_worker(limit=limit)

    @rule()
    def a_worker_dies_between_claim_and_call(self) -> None:
        self.outbox.claim(now=self.clock())

    @rule(minutes=st.sampled_from([1, 4, 6]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule()
    def the_sweep_runs(self) -> None:
        self.outbox.sweep(now=self.clock())

    @rule(number=st.integers(0, 12))
    def somebody_opts_out(self, number: int) -> None:
        """Called back when nobody has claimed it yet, else left to its worker."""
        row = self.outbox.rows.get(number)
        if row is not None and row.status is DeliveryStatus.PENDING:
            self.outbox.rows[number] = delivery.cancel(row, reason="opted_out")

    def the_platform_reports(self) -> None:
        for number in self.platform.rung:
            row = self.outbox.rows[number]
            self.outbox.rows[number] = delivery.settle(row, Delivered("m1"), now=self.clock())

    @precondition(lambda self: self.clock() > START + LEASE)
    @rule()
    def receipts_arrive(self) -> None:
        self.the_platform_reports()

    @invariant()
    def no_phone_rings_twice(self) -> None:
        assert all(times == 1 for times in self.platform.rung.values())

    @invariant()
    def what_rang_is_never_shown_as_not_sent(self) -> None:
        for number in self.platform.rung:
            assert self.outbox.rows[number].status not in NEVER_SENT

    @invariant()
    def what_was_in_doubt_is_never_sent_again(self) -> None:
        for number, row in self.outbox.rows.items():
            if row.status is DeliveryStatus.UNKNOWN:
                self.doubted.add(number)
            elif number in self.doubted:
                assert row.status in delivery.TRANSITIONS[DeliveryStatus.UNKNOWN]


TestDeliveryLoop = DeliveryLoop.TestCase
TestDeliveryLoop.settings = settings(
    max_examples=200, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
