"""What one clause says: how many people, of which age, where. 俩娃在县城 is Figure(2, CHILD, AWAY)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.households.lexicon import Kind
from bot.households.scanning import Token

AGES = frozenset({Kind.ADULT, Kind.CHILD, Kind.ELDER, Kind.SEX})
PLACES = frozenset({Kind.PRESENT, Kind.AWAY})
PEOPLE = AGES | {Kind.NUMBER, Kind.KIN}
LABELS = AGES | PLACES | {Kind.TOTAL, Kind.TRAIT}
SPEAKER = frozenset(
    {"我", "俺", "本人", "自己", "我自己", "自个", "自个儿", "我自个", "我自个儿"}
    | {f"我一个{who}" for who in ("老婆子", "老汉", "老头", "老头子", "女人", "男人")}
)
INSIDE = frozenset({"家里", "家里头", "家里面", "屋里", "屋里头", "屋里面", "屋头", "家中"})
_HOUSEHOLD_UNITS = frozenset({"口", "口人", "口子", "人口"})
_PERSON_UNITS = _HOUSEHOLD_UNITS | {"人", "个人", "名人"}


@dataclass(frozen=True, slots=True)
class Figure:
    """`name`: the word for a person who was mentioned (媳妇) rather than counted; the speaker is 我."""

    people: int
    role: Kind | None = None
    place: Kind | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """`everyone`: where all of them are (都在家). `exhaustive`: 只有, 其他人: the rest are not here.

    `at_home_or_in_all`: 家里三个, which beside 外面两个 may mean either.
    """

    figures: tuple[Figure, ...] = ()
    everyone: Kind | None = None
    exhaustive: bool = False
    vague: bool = False
    at_home_or_in_all: bool = False
    guests: bool = False


def read_clause(tokens: Sequence[Token]) -> Clause:
    """The facts of one clause, in the order they were said."""
    kinds = {token.kind for token in tokens}
    clause = Clause(
        exhaustive=bool(kinds & {Kind.ONLY, Kind.REST}) or any("剩" in token.text for token in tokens),
        vague=bool(kinds & {Kind.VAGUE, Kind.SEVERAL})
        or (Kind.ALL in kinds and _ages_without_number(tokens)),
        at_home_or_in_all=_at_home_or_in_all(tokens),
        guests=Kind.GUEST in kinds,
    )
    if clause.vague:
        return clause
    if Kind.NOBODY in kinds:
        return replace(clause, figures=_with_nobody(tokens))
    denied, tokens = _denied(tokens)
    figures = _counted(tokens)
    if any(figure.name and not figure.people for figure in figures):
        return replace(clause, vague=True)
    if Kind.ALL in kinds and Kind.REST not in kinds:
        return _with_everyone(clause, figures=(*denied, *figures), tokens=tokens)
    if Kind.REST in kinds:
        figures = tuple(figure for figure in figures if not figure.name)
    return replace(clause, figures=(*denied, *figures))


def _with_nobody(tokens: Sequence[Token]) -> tuple[Figure, ...]:
    """没人在外地一共四口: none at the place that follows, and whatever else the clause counts."""
    start = next(at for at, token in enumerate(tokens) if token.kind is Kind.NOBODY)
    places = [at for at, token in enumerate(tokens) if token.kind in PLACES]
    at = next((place for place in places if place > start), places[0] if places else start)
    place = tokens[at].kind if places else Kind.PRESENT
    rest = [token for other, token in enumerate(tokens) if other not in {start, at}]
    counted = _counted(rest) if any(token.kind is Kind.NUMBER for token in rest) else ()
    return (Figure(0, place=place), *counted)


def _at_home_or_in_all(tokens: Sequence[Token]) -> bool:
    """家里三个: locative, loosely counted, and nothing else said in the clause."""
    return (
        len(tokens) == 2  # noqa: PLR2004 - the place and the number
        and tokens[0].text in INSIDE
        and tokens[1].kind is Kind.NUMBER
        and tokens[1].unit not in _PERSON_UNITS
    )


def _ages_without_number(tokens: Sequence[Token]) -> bool:
    """都是老人, 娃娃都出门了: how many is left open."""
    kinds = {token.kind for token in tokens}
    open_ages = any(token.kind in AGES - {Kind.ADULT} and token.people <= 1 for token in tokens)
    return open_ages and not kinds & {Kind.NUMBER, Kind.KIN}


def _with_everyone(clause: Clause, *, figures: tuple[Figure, ...], tokens: Sequence[Token]) -> Clause:
    """五口人都在家 speaks of the household; 两个娃都在外头 only of the children."""
    place = next((token.kind for token in tokens if token.kind in PLACES), None)
    if place is None:
        return replace(clause, figures=figures)
    if any(figure.role for figure in figures):
        return replace(clause, figures=tuple(_placed(figure, place) for figure in figures))
    some_of_them = any(token.kind is Kind.NUMBER and token.unit not in _PERSON_UNITS for token in tokens)
    if some_of_them:
        return replace(clause, figures=figures)
    whole = tuple(replace(figure, place=None) for figure in figures)
    return replace(clause, figures=whole, everyone=place)


def _placed(figure: Figure, place: Kind) -> Figure:
    return figure if figure.place else replace(figure, place=place)


def _denied(tokens: Sequence[Token]) -> tuple[tuple[Figure, ...], tuple[Token, ...]]:
    """没老人, 没有外出的, 小孩没有 as zeroes, and what is left to read."""
    zeroes: list[Figure] = []
    left: list[Token] = []
    waiting = False
    for token in tokens:
        if token.kind is Kind.NO:
            waiting = True
        elif waiting and token.kind in AGES | PLACES:
            zeroes.append(_zero(token.kind))
            waiting = False
        else:
            left.append(token)
    if waiting and left and left[-1].kind in AGES | PLACES:
        zeroes.append(_zero(left.pop().kind))
    return tuple(zeroes), tuple(left)


def _zero(label: Kind) -> Figure:
    return Figure(0, place=label) if label in PLACES else Figure(0, role=label)


def _counted(tokens: Sequence[Token]) -> tuple[Figure, ...]:
    told = [token for token in tokens if token.kind in LABELS | {Kind.NUMBER, Kind.KIN, Kind.ALONE}]
    headed = _heads_relatives(told)
    relatives, items = _relatives(told[1:] if headed else told)
    whole = [Figure(told[0].people)] if headed else []
    whole += [Figure(1) for token in items if token.kind is Kind.ALONE]
    items = [token for token in items if token.kind is not Kind.ALONE]
    sums = _sums(items)
    whole += [Figure(items[place].people) for place in sums]
    items = [token for place, token in enumerate(items) if token.kind is not Kind.TOTAL and place not in sums]
    if _leads_with_total(items):
        whole.append(Figure(items[0].people))
        items = items[1:]
    figures = _ordered(items, summed=bool(relatives))
    place = next((token.kind for token in items if token.kind in PLACES), None)
    parts = [*relatives, *figures]
    heads_a_list = bool(figures) and figures[0].role is not None and items[0].kind in PLACES
    if place and (heads_a_list or any(figure.name for figure in parts)):
        parts = [_placed(figure, place) if figure.role else figure for figure in parts]
    return (
        *whole,
        *(replace(part, role=None) if part.role is Kind.TRAIT and part.place else part for part in parts),
    )


def _sums(items: Sequence[Token]) -> list[int]:
    """Where the numbers stand that "altogether" announces: 一共6个, 总5; not 一共3个大人, where an age follows."""
    return [
        place + 1
        for place, (word, number) in enumerate(pairwise(items))
        if word.kind is Kind.TOTAL
        and number.kind is Kind.NUMBER
        and not (_age_at(items, place + 2) and number.unit not in _PERSON_UNITS)
    ]


def _age_at(items: Sequence[Token], place: int) -> bool:
    return place < len(items) and items[place].kind in AGES


def _ordered(items: Sequence[Token], *, summed: bool) -> list[Figure]:
    """Numbers with their labels. `summed`: after relatives a closing 两个人 is the sum of them all (我跟娃两个人)."""
    if items and items[0].kind is Kind.NUMBER:
        return _number_first(items)
    if summed and items and items[-1].kind is Kind.NUMBER and items[-1].unit in _PERSON_UNITS:
        placed = any(token.kind in PLACES for token in items)
        return [*([] if placed else [Figure(items[-1].people)]), *_label_first(items[:-1])]
    ages = [token for token in items if token.kind in AGES | {Kind.NUMBER}]
    if len(ages) > 1 and _brings_along([token.kind for token in ages]):
        return [*_bare(ages[0]), *_number_first([token for token in items if token is not ages[0]])]
    return _label_first(items)


def _brings_along(kinds: Sequence[Kind]) -> bool:
    """阿婆带两个娃: age, number, age; the first has no number of its own."""
    return kinds[0] in AGES and kinds[-1] in AGES and len(kinds) == 2 * kinds.count(Kind.NUMBER) + 1


def _leads_with_total(items: Sequence[Token]) -> bool:
    """五口人老人一个, 6人在家4人外出2人: the first number is the household, what follows are its parts."""
    if not items or items[0].kind is not Kind.NUMBER:
        return False
    after = items[1:]
    if not after:
        return False
    takes_no_age = items[0].unit in _PERSON_UNITS and after[0].kind in AGES | {Kind.NUMBER}
    parts_follow = after[0].kind in LABELS and after[-1].kind is Kind.NUMBER
    return takes_no_age or (parts_follow and items[0].unit != "个")


def _heads_relatives(tokens: Sequence[Token]) -> bool:
    """五口人儿子在外地, 5口人一个女儿在外地: likewise, and where they are is said of the relatives."""
    kinds = [token.kind for token in tokens[:3]]
    listed = kinds[:2] == [Kind.NUMBER, Kind.KIN] or kinds == [Kind.NUMBER, Kind.NUMBER, Kind.KIN]
    return listed and tokens[0].unit in _PERSON_UNITS


def _relatives(tokens: Sequence[Token]) -> tuple[list[Figure], list[Token]]:
    """People named by kinship, with the number beside the word when it belongs to it (两个儿子, 儿子两个)."""
    relatives: list[Figure] = []
    items: list[Token] = []
    skip = False
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if skip:
            skip = False
        elif token.kind is not Kind.KIN:
            items.append(token)
        elif (
            items and before is items[-1] and before.kind is Kind.NUMBER and before.unit not in _PERSON_UNITS
        ):
            relatives.append(Figure(max(items.pop().people, token.people), Kind.KIN))
        else:
            skip = _alone_after(token, following=tokens[place + 1 : place + 3], tokens=tokens)
            relatives.append(Figure(token.people, Kind.KIN, name=_name(token)))
    return relatives, items


def _name(token: Token) -> str:
    """我爸 and 爸 are the same person; every word for oneself is 我."""
    return "我" if token.text in SPEAKER else token.text.removeprefix("我").removeprefix("俺")


def _alone_after(kin: Token, *, following: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """老娘一个人在家: "one person" only repeats her. 就我一个 stays: it is the household's total."""
    if not following or following[0].kind is not Kind.NUMBER or following[0].people != kin.people:
        return False
    counts_others = (
        len(following) > 1
        and following[1].kind in AGES | {Kind.KIN}
        and following[1].text[0] not in "我俺"  # 爸妈两个我两口子
    )
    return not counts_others and (kin.text not in SPEAKER or any(token.kind in PLACES for token in tokens))


def _number_first(items: Sequence[Token]) -> list[Figure]:
    """三大两小, 2个在外地: labels follow their number."""
    figures: list[Figure] = []
    for token in items:
        if token.kind is Kind.NUMBER:
            figures.append(Figure(token.people))
        elif figures:
            figures[-1:] = _labelled(figures[-1], token)
    return figures


def _label_first(items: Sequence[Token]) -> list[Figure]:
    """在家4外出2, 老人一个: labels come before their number. Labels left over belong to the last figure."""
    figures: list[Figure] = []
    waiting: list[Token] = []
    for token in items:
        if token.kind is Kind.NUMBER:
            figure = Figure(token.people)
            for label in waiting:
                figure = _labelled(figure, label)[0]
            figures.append(figure)
            waiting = []
        else:
            waiting.append(token)
    for label in waiting:
        figures[-1:] = _labelled(figures[-1], label) if figures else _bare(label)
    return figures


def _labelled(figure: Figure, label: Token) -> list[Figure]:
    if label.kind in PLACES and figure.place is None:
        return [replace(figure, place=label.kind)]
    if label.kind in AGES | {Kind.TRAIT} and figure.role is None:
        return [replace(figure, role=label.kind)]
    if label.kind in AGES and (figure.name or figure.role is not label.kind):
        return [figure, *_bare(label)]
    return [figure]


def _bare(label: Token) -> list[Figure]:
    """娃在外头, 我和娃: a mention without a number counts as the people the word stands for."""
    return [Figure(label.people, label.kind, name=_name(label))] if label.kind in AGES - {Kind.ADULT} else []
