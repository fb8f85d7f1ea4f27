"""Decides, once and for both sides, whether an answer still goes out as the passive reply."""

from threading import Lock


class Deadline:
    """The worker asks right before it commits, the waiting request when its time is up; whoever asks first decides."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._passive: bool | None = None

    def claim_passive(self) -> bool:
        """The worker's question: does the request still wait for this answer? The same every time it is asked."""
        with self._lock:
            if self._passive is None:
                self._passive = True
            return self._passive

    def give_up(self) -> bool:
        """The request's word that it will not wait; False when the answer is already on its way."""
        with self._lock:
            if self._passive is None:
                self._passive = False
            return not self._passive
