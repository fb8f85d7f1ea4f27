"""Work in the background, in order within a lane, side by side across lanes."""

from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import TypeVar

Result = TypeVar("Result")


class Lanes:
    """One lane per person keeps their messages in order while a slow answer holds up nobody else."""

    def __init__(self, width: int = 8) -> None:
        self._pool = ThreadPoolExecutor(width, thread_name_prefix="sandbox")
        self._lock = Lock()
        self._queued: defaultdict[str, deque[Callable[[], None]]] = defaultdict(deque)
        self._busy: set[str] = set()
        self._open: set[Future[object]] = set()

    def run(self, lane: str, work: Callable[[], Result]) -> Future[Result]:
        future: Future[Result] = Future()
        with self._lock:
            self._open.add(future)  # type: ignore[arg-type]  # a set of futures of anything, only waited for
            self._queued[lane].append(lambda: _fulfil(future, work))
            start = lane not in self._busy
            self._busy.add(lane)
        future.add_done_callback(self._forget)
        if start:
            self._pool.submit(self._drain, lane)
        return future

    def idle(self, seconds: float) -> bool:
        """Wait until nothing is left, work that work began included; False if that took too long."""
        while True:
            with self._lock:
                pending = set(self._open)
            if not pending:
                return True
            if wait(pending, timeout=seconds).not_done:
                return False

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _drain(self, lane: str) -> None:
        while True:
            with self._lock:
                if not self._queued[lane]:
                    del self._queued[lane]
                    self._busy.discard(lane)
                    return
                work = self._queued[lane].popleft()
            work()

    def _forget(self, future: Future[Result]) -> None:
        with self._lock:
            self._open.discard(future)


def _fulfil(future: Future[Result], work: Callable[[], Result]) -> None:
    """Carry the result or whatever was raised to the one who waits for it."""
    try:
        result = work()
    except BaseException as raised:  # noqa: BLE001  # the future hands it on, the lane must go on
        future.set_exception(raised)
    else:
        future.set_result(result)
