"""What one text says otherwise than another, marked for the eye and for whoever has the page read out."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

GONE = Markup(
    '<del><span class="visually-hidden">（删去：</span>{}<span class="visually-hidden">）</span></del>'
)
CAME = Markup(
    '<ins><span class="visually-hidden">（新增：</span>{}<span class="visually-hidden">）</span></ins>'
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; `marked` shows what went and what came."""

    label: str
    marked: Markup


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """Field by field, those that differ."""
    return tuple(
        Change(label, marked(before.get(label, ""), text))
        for label, text in after.items()
        if before.get(label, "") != text
    )


def marked(before: str, after: str) -> Markup:
    """`after` with what was added to `before`, and what was taken out of it where it stood."""
    pieces: list[Markup] = []
    for kind, b1, b2, a1, a2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(escape(before[b1:b2]))
            continue
        if b2 > b1:
            pieces.append(GONE.format(before[b1:b2]))
        if a2 > a1:
            pieces.append(CAME.format(after[a1:a2]))
    return Markup("").join(pieces)
