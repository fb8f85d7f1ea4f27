"""One token for everyone: when it is fetched, kept and replaced."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import responses

from bot.errors import PlatformUnavailable
from bot.wechat.tokens import Grant, StoredToken, TokenSource, stable_token
from bot.wechat.transport import Transport, pooled_session
from tests.bot.wechat.memory import BASE_URL, TOKEN_URL, Clock, MemoryTokens
from tests.wechat import CREDENTIALS, NOW


def counting(*, lasts: int = 7200) -> tuple[list[str], Callable[[], Grant]]:
    """A platform that gives a new token each time, and how often it did."""
    given: list[str] = []

    def fetch() -> Grant:
        given.append(f"token-{len(given) + 1}")
        return Grant(given[-1], timedelta(seconds=lasts))

    return given, fetch


def source(fetch: Callable[[], Grant], *, store: MemoryTokens, clock: Clock) -> TokenSource:
    return TokenSource(store, fetch, name="wechat", clock=clock)


def test_a_token_is_fetched_once_and_kept() -> None:
    given, fetch = counting()
    tokens = source(fetch, store=MemoryTokens(), clock=Clock())
    assert [tokens.current() for _ in range(3)] == ["token-1"] * 3
    assert given == ["token-1"]


@pytest.mark.parametrize(
    ("lasts", "kept"), [(7200, 6900), (900, 600), (600, 300), (300, 150), (60, 30), (1, 0.5)]
)
def test_it_is_renewed_five_minutes_early_or_at_half_time(lasts: int, kept: float) -> None:
    clock = Clock()
    _, fetch = counting(lasts=lasts)
    tokens = source(fetch, store=MemoryTokens(), clock=clock)
    tokens.current()
    clock.now = NOW + timedelta(seconds=kept - 0.1)
    assert tokens.current() == "token-1"
    clock.now = NOW + timedelta(seconds=kept)
    assert tokens.current() == "token-2"


def test_a_store_that_hands_out_old_tokens_is_not_believed() -> None:
    class Forgetful(MemoryTokens):
        def load(self, name: str, *, now: object) -> StoredToken | None:
            assert now
            return self.tokens.get(name)

    store = Forgetful()
    store.tokens["wechat"] = StoredToken("old", NOW)
    _, fetch = counting()
    assert source(fetch, store=store, clock=Clock()).current() == "token-1"


def test_a_rejected_token_is_replaced() -> None:
    given, fetch = counting()
    tokens = source(fetch, store=MemoryTokens(), clock=Clock())
    assert tokens.renew(rejected=tokens.current()) == "token-2"
    assert (tokens.current(), len(given)) == ("token-2", 2)


def test_the_second_to_complain_gets_the_first_ones_new_token() -> None:
    given, fetch = counting()
    store = MemoryTokens()
    mine, other = (source(fetch, store=store, clock=Clock()) for _ in range(2))
    rejected = mine.current()
    assert [mine.renew(rejected=rejected), other.renew(rejected=rejected)] == ["token-2", "token-2"]
    assert len(given) == 2


def test_many_threads_from_cold_fetch_one_token() -> None:
    given, fetch = counting()
    store = MemoryTokens()
    together = threading.Barrier(8)
    got: list[str] = []

    def ask() -> None:
        tokens = source(fetch, store=store, clock=Clock())
        together.wait()
        got.append(tokens.current())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (got, given) == (["token-1"] * 8, ["token-1"])


def test_a_failed_fetch_leaves_the_lock_free() -> None:
    def fail() -> Grant:
        raise PlatformUnavailable("cgi-bin/stable_token")

    store = MemoryTokens()
    with pytest.raises(PlatformUnavailable):
        source(fail, store=store, clock=Clock()).current()
    _, fetch = counting()
    assert source(fetch, store=store, clock=Clock()).current() == "token-1"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"access_token": "", "expires_in": 7200},
        {"access_token": 7, "expires_in": 7200},
        {"access_token": "t", "expires_in": 0},
        {"access_token": "t", "expires_in": "7200"},
    ],
)
def test_an_answer_without_a_token_is_none(platform: responses.RequestsMock, body: dict[str, object]) -> None:
    platform.replace(responses.POST, TOKEN_URL, json=body)
    with pytest.raises(PlatformUnavailable):
        stable_token(Transport(BASE_URL, http=pooled_session()), CREDENTIALS)


def test_no_token_shows_in_a_repr() -> None:
    assert "secret-value" not in repr((StoredToken("secret-value", NOW), Grant("secret-value", timedelta(1))))
    assert CREDENTIALS.app_secret not in repr(CREDENTIALS)
