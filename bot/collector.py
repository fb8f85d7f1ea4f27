"""The garbage collector, kept away from what a role loads when it starts: none of it is ever garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """While a block loads libraries or knowledge: the collector would look through a million objects again and again, a third
    of the time they take (ADR 0015). They are not looked through later either, nor are their pages copied in processes
    forked off.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
