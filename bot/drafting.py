"""Broadcasts from a letter: one verified text, the right body for each channel and each risk level.

Where a letter reads differently in a closed area, an audience of several risk levels becomes several broadcasts, each
approved for what it says; nobody in a closed village is told to go and register at the office.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.store.areas import AreaTree, Risk
from broadcasts.audience import Audience
from broadcasts.bodies import Bodies, Letter, LetterKind, bodies_for
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Schedule

KINDS: Mapping[LetterKind, BroadcastKind] = {
    LetterKind.INITIATIVE: BroadcastKind.INITIATIVE_LETTER,
    LetterKind.WEDDING: BroadcastKind.CUSTOMS_GUIDANCE,
    LetterKind.FUNERAL: BroadcastKind.CUSTOMS_GUIDANCE,
}


def contents_of(
    letter: Letter,
    tree: AreaTree,
    *,
    area_codes: frozenset[str],
    channels: tuple[Channel, ...],
    schedule: Schedule,
    valid_until: datetime,
) -> tuple[Content, ...]:
    """What would be sent, one content per wording that applies in these areas."""
    areas_by_bodies: dict[Bodies, set[str]] = {}
    for risk, codes in split_by_risk(tree, area_codes).items():
        bodies = bodies_for(letter, risk=risk.value if risk else None)
        areas_by_bodies.setdefault(bodies, set()).update(codes)
    return tuple(
        Content(
            kind=KINDS[letter.kind],
            title=letter.title,
            texts=tuple(ChannelText(channel, _body(bodies, channel)) for channel in channels),
            audience=Audience(area_codes=frozenset(codes)),
            schedule=schedule,
            valid_until=valid_until,
        )
        for bodies, codes in areas_by_bodies.items()
    )


def split_by_risk(tree: AreaTree, area_codes: frozenset[str]) -> dict[Risk | None, frozenset[str]]:
    """The areas by the risk level that holds in all of each; an area of several levels is taken apart."""
    split: dict[Risk | None, set[str]] = {}
    pending = sorted(area_codes)
    while pending:
        code = pending.pop()
        levels = {tree.risk_of(community.code) for community in tree.communities_under(code)}
        if len(levels) > 1:
            pending.extend(area.code for area in tree.children(code))
        elif levels:
            split.setdefault(levels.pop(), set()).add(code)
    return {risk: frozenset(codes) for risk, codes in split.items()}


def _body(bodies: Bodies, channel: Channel) -> str:
    """The chat body to residents; the group text into groups, by webhook or by hand."""
    return bodies.chat if channel is Channel.OFFICIAL_ACCOUNT else bodies.group_text
