"""The garbage collector, kept away from what a role loads when it starts: none of it is ever garbage."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECT_AFTER = 50_000
"""Things made and not yet gone. Hardly any message leaves garbage behind that goes round in a circle, and to look for it after every
700 things, as Python does, made one message in a hundred a twentieth slower.
"""


@contextmanager
def loading() -> Iterator[None]:
    """While a block loads libraries or knowledge: the collector would look through a million objects again and again, a third
    of the time they take (ADR 0015). They are not looked through later either, nor are their pages copied in processes
    forked off; for what comes after them it looks less often.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        gc.enable()
        _give_back()


def _give_back() -> None:
    """Memory that loading needed for a while goes back to the system. The C library would keep what lies between things that stay:
    with 100,000 claims 70 MB a process. Only glibc has a call for it.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
