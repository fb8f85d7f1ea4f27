from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.deadline import Deadline


def test_an_answer_claimed_in_time_is_not_given_up() -> None:
    deadline = Deadline()
    assert deadline.claim_passive()
    assert not deadline.give_up()


def test_an_answer_after_the_time_goes_out_as_a_follow_up() -> None:
    deadline = Deadline()
    assert deadline.give_up()
    assert not deadline.claim_passive()


def test_asked_again_both_sides_hear_the_same() -> None:
    """The work may run twice when the database was busy, and asks each time."""
    in_time, late = Deadline(), Deadline()
    late.give_up()
    assert [in_time.claim_passive(), in_time.claim_passive(), in_time.give_up()] == [True, True, False]
    assert [late.claim_passive(), late.give_up(), late.claim_passive()] == [False, True, False]


def test_of_both_sides_at_once_exactly_one_has_its_way() -> None:
    for _ in range(50):
        deadline, together = Deadline(), Barrier(2)

        def worker(deadline: Deadline = deadline, together: Barrier = together) -> bool:
            together.wait()
            return deadline.claim_passive()

        def request(deadline: Deadline = deadline, together: Barrier = together) -> bool:
            together.wait()
            return deadline.give_up()

        with ThreadPoolExecutor(2) as pool:
            passive, given_up = pool.submit(worker), pool.submit(request)
        assert passive.result() is not given_up.result()
