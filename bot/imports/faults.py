"""Gathers every fault of a file, so that all are told at once."""

from bot.errors import Fault, ImportFaults

# A list longer than this helps nobody; a 20 MB file of nonsense must not fill the memory with reasons.
MOST_TOLD = 1_000


class Faults:
    """The faults found in one file so far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Fault] = []
        self._more = 0

    def __len__(self) -> int:
        return len(self._found) + self._more

    def add(self, line: int, column: str, reason: str, *, file: str = "") -> None:
        """One fault; lines count from 1, an empty column means the whole line. `file`: which one of a folder."""
        if len(self._found) < MOST_TOLD:
            self._found.append(Fault(file or self._file, line, column, reason))
        else:
            self._more += 1

    def raise_if_any(self) -> None:
        """ImportFaults with everything found, in the order of the lines."""
        if not self._found:
            return
        told = sorted(self._found, key=lambda fault: (fault.file, fault.line))
        if self._more:
            told.append(Fault(self._file, told[-1].line, "", f"and {self._more} more faults like these"))
        raise ImportFaults(tuple(told))
