"""倡议书 and the guidance for weddings and funerals, as they hold in an area today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

from bot.errors import NotFound
from bot.public.labels import LETTERS
from bot.public.reader import Page, Reader
from bot.store.areas import Area, AreaKind
from broadcasts.bodies import Letter, LetterKind, bodies_for, fill

HEADING = re.compile(r"[一二三四五六七八九十]+、.{1,24}")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a letter; one that is short and numbered in Chinese numerals is a heading."""

    lines: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter's page body: its title, its parts, and the signature below."""

    title: str
    parts: tuple[Part, ...]
    signed: tuple[str, ...]


def letter(reader: Reader) -> Response:
    """The community initiative letter."""
    return _show(reader, LetterKind.INITIATIVE, path="/p/letter")


def guidance(reader: Reader, ceremony: str) -> Response:
    """红事缓办、白事简办. Raises NotFound for any other ceremony."""
    if ceremony not in {LetterKind.WEDDING, LetterKind.FUNERAL}:
        raise NotFound("there is no such guidance")
    return _show(reader, LetterKind(ceremony), path=f"/p/guidance/{ceremony}")


def _show(reader: Reader, kind: LetterKind, *, path: str) -> Response:
    area, tree = reader.area(), reader.areas
    holding = next(
        (one for one in reader.runtime.letters if one.kind is kind and one.holds_on(reader.today)), None
    )
    roots = tuple(one for one in tree if one.parent_code is None)
    below = tree.children(area.code) if area else tuple(c for root in roots for c in tree.children(root.code))
    context = {
        "kind": kind,
        "label": LETTERS[kind],
        "letter": holding,
        "sheet": _sheet(reader, holding, area or (roots[0] if roots else None)) if holding else None,
        "area": area,
        "above": _above(reader, area),
        "below": below,
    }
    return reader.page("letter.html", context, path=path)


def _above(reader: Reader, area: Area | None) -> tuple[Area, ...]:
    """From the county down to the area, to go back by."""
    if area is None:
        return ()
    steps = (reader.areas.get(code) for code in reader.areas.path(area.code))
    return tuple(step for step in steps if step and step.kind is not AreaKind.PREFECTURE)


def _sheet(reader: Reader, letter: Letter, area: Area | None) -> Sheet:
    """The article for this place: by its risk, with its name in the salutation."""
    risk = reader.areas.risk_of(area.code) if area else None
    names = [step.short_name for step in _above(reader, area)] or ([area.short_name] if area else [])
    bodies = fill(
        bodies_for(letter, risk=risk.value if risk else None),
        county="".join(names[:1]),
        community="".join(names[1:]),
    )
    title, *blocks = [block.splitlines() for block in bodies.article.split("\n\n")]
    signed = blocks.pop() if blocks else []
    return Sheet("".join(title), tuple(_parts(blocks)), tuple(signed))


def _parts(blocks: list[list[str]]) -> Iterator[Part]:
    for lines in blocks:
        if HEADING.fullmatch(lines[0]):
            yield Part(tuple(lines[1:]), heading=lines[0])
        else:
            yield Part(tuple(lines))


PAGES = (
    Page("/p/letter", "letter", letter),
    Page("/p/guidance/<ceremony>", "guidance", guidance),
)
