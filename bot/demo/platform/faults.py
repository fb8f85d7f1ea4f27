"""Faults a tester or a demonstrator switches on, per endpoint."""

from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock

EVERYWHERE = "*"


class FaultKind(StrEnum):
    """The words are what the developers' panel shows."""

    CODE = "返回错误码"
    HTML = "返回网页（HTTP 200）"
    BAD_GATEWAY = "HTTP 502"
    SLOW = "变慢"
    DROP_BEFORE = "处理前断开"
    DROP_AFTER = "处理后断开（结果未知）"


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` for CODE, `seconds` for SLOW; `times` left before it heals by itself, None for until cleared."""

    kind: FaultKind
    code: int = 0
    seconds: float = 0.0
    times: int | None = None
    message_id: int | None = None


class Faults:
    """Looked up by path below /cgi-bin/, for example "message/custom/send"; "*" means every endpoint."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._set: dict[str, Fault] = {}

    def set(self, endpoint: str, fault: Fault) -> None:
        with self._lock:
            self._set[endpoint.removeprefix("/cgi-bin/")] = fault

    def clear(self, endpoint: str | None = None) -> None:
        with self._lock:
            if endpoint is None:
                self._set.clear()
            else:
                self._set.pop(endpoint.removeprefix("/cgi-bin/"), None)

    def all(self) -> dict[str, Fault]:
        with self._lock:
            return dict(self._set)

    def take(self, endpoint: str) -> Fault | None:
        """The fault this call meets, one of its times used up."""
        with self._lock:
            key = endpoint if endpoint in self._set else EVERYWHERE
            fault = self._set.get(key)
            if fault is None or fault.times is None:
                return fault
            if fault.times <= 1:
                del self._set[key]
            else:
                self._set[key] = replace(fault, times=fault.times - 1)
            return fault
