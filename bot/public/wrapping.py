"""Chinese text in lines of a width, as it is set in print: no mark begins a line that belongs to the one before."""

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

# What keeps together: a word or figure in Latin letters, with the marks after it and the opening ones before it.
PIECE = re.compile(
    r"[“‘（《【〔「『]*(?:[A-Za-z0-9][A-Za-z0-9.,%:/+-]*|.)[，。！？、；：”’）》】〕」』…—,.!?;:%)]*",
    re.DOTALL,
)
SENTENCE = re.compile(r".+?(?:[。！？!?]+[”’）」』]*|$)", re.DOTALL)
CLAUSE = re.compile(r".+?(?:[，；,;]|$)", re.DOTALL)
MORE = "……"


def wrap(text: str, *, width: float, measure: Measure) -> tuple[str, ...]:
    """Lines no wider than `width`; a line break in the text is kept."""
    return tuple(line for part in text.splitlines() for line in _lines(part.strip(), width, measure))


def sentences(text: str) -> tuple[str, ...]:
    """A text in sentences, each with its mark and the quotes it closes."""
    return tuple(found.group().strip() for found in SENTENCE.finditer(text) if found.group().strip())


def shorten(text: str, fits: Callable[[str], bool]) -> str:
    """As many whole sentences as fit; when the first is too long already, as many of its clauses, and dots."""
    if fits(text):
        return text
    whole = _as_many(sentences(text), fits)
    if whole:
        return whole
    clauses = [found.group() for found in CLAUSE.finditer(text)]
    begun = _as_many(clauses, lambda part: fits(part + MORE)).rstrip("，；,;")
    if begun:
        return begun + MORE
    return _as_many(text, lambda part: fits(part + MORE)) + MORE


def _as_many(parts: tuple[str, ...] | list[str] | str, fits: Callable[[str], bool]) -> str:
    taken = ""
    for part in parts:
        if not fits(taken + part):
            break
        taken += part
    return taken


def _lines(text: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, width, measure):
        if line and measure(line + piece) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line:
        yield line.rstrip()


def _pieces(text: str, width: float, measure: Measure) -> Iterator[str]:
    """Pieces that stay whole, unless one alone is wider than a line."""
    for found in PIECE.finditer(text):
        if measure(found.group()) > width:
            yield from found.group()
        else:
            yield found.group()
