"""The meaning-flip check: what two similar texts say differently. Any difference forbids an automatic answer.

It compares what both texts speak of and stays silent about what only one of them mentions, so that an honest paraphrase
is not vetoed. The words are data (`lexicon/contrasts.toml`); the differences are short phrases for people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from knowledge import days, quantities, ways
from knowledge import places as where
from knowledge.clause_order import crossed, read_clauses
from knowledge.contrasts import Contrasts, Poles, load_contrasts
from knowledge.days import Days, read_days
from knowledge.negation import Denials, read_denials, say_denied
from knowledge.number_order import moved
from knowledge.numerals import to_digits
from knowledge.places import Places, Whereabouts
from knowledge.quantities import Quantities, read_quantities, with_decimals, without_quantities
from knowledge.roles import OF_ANY_ORDER, Roles, WordOrder, exchanged_roles, order_in_plain_words, read_roles
from knowledge.swapping import Modality, read_compared, read_frame, read_modality, say_compared, swapped
from knowledge.text import normalise
from knowledge.utterance import is_exclusive, read_utterance
from knowledge.ways import Ways, read_ways

__all__ = [
    "Statement",
    "compare",
    "compare_titled",
    "differences",
    "is_of_another_case",
    "load_contrasts",
    "opposed",
    "read_statement",
    "say",
    "statement_of",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """What the check needs of one text, read once."""

    plain: str
    asks: bool
    poles: Mapping[int, Poles]
    denials: tuple[Denials, Denials]
    quantities: Quantities
    days: Days
    whereabouts: Whereabouts
    frame: str
    modality: Modality
    compared: tuple[str, ...]
    orders: Mapping[int, tuple[str, ...]]
    clauses: tuple[str, ...]
    roles: Roles
    ways: Ways
    only: bool

    def or_as(self, other: "Statement") -> "Statement":
        """This one, where of what excludes each other (黄, 红) it may as well say what `other` says."""
        widened = {
            number: poles | other.poles.get(number, frozenset()) for number, poles in self.poles.items()
        }
        return replace(self, poles=widened)

    @property
    def dated_poles(self) -> Mapping[int, Poles]:
        """Of the poles those that say on which day (明天, 下周, 周一)."""
        words = load_contrasts()
        return {
            number: poles
            for number, poles in self.poles.items()
            if words.contrasts[number].label == words.labels["date"]
        }

    @property
    def is_dated(self) -> bool:
        return bool(self.days.dates or self.dated_poles)

    def on_days_of(self, other: "Statement") -> "Statement":
        """This one, which names no day, said of the days that `other` names."""
        days = replace(self.days, dates=other.days.dates)
        return replace(self, days=days, poles={**self.poles, **other.dated_poles})


def read_statement(text: str, *, places: Places) -> Statement:
    return statement_of(normalise(text), places=places)


def statement_of(normal: str, *, places: Places) -> Statement:
    """The same of a normal form."""
    normal = to_digits(normal)
    said = read_utterance(normal)
    dated = read_days(said.plain)
    undated = with_decimals(dated.undated)
    counted = read_quantities(undated)
    poles = load_contrasts().shown_in(said)
    return Statement(
        plain=said.plain,
        asks=said.any_question,
        poles=poles,
        denials=read_denials(said),
        quantities=counted,
        days=dated,
        whereabouts=places.whereabouts(normal),
        frame=read_frame(without_quantities(undated)),
        modality=read_modality(said.asked),
        compared=read_compared(normal),
        orders=load_contrasts().orders_in(said.plain, poles),
        clauses=read_clauses(said.plain),
        roles=read_roles(said.plain),
        ways=read_ways(said.plain),
        only=is_exclusive(normal),
    )


def compare(left: Statement, right: Statement) -> tuple[str, ...]:
    """What the two say differently, as short phrases; empty when nothing contradicts."""
    return _labelled_phrases(left, right) or _as_phrases(_worded(left, right))


def opposed(left: Statement, right: Statement) -> tuple[str, ...]:
    """The same without the order of their words, for texts that may be worded quite differently."""
    return _labelled_phrases(left, right) or _as_phrases(_denied(left, right))


def _as_phrases(worded: Iterator[tuple[str, str]]) -> tuple[str, ...]:
    negation = load_contrasts().negation
    return tuple(negation.format(left=a, right=b) for a, b in islice(worded, 1))


def compare_titled(message: Statement, wording: Statement, title: Statement) -> tuple[str, ...]:
    """The same of a message and one wording of a thing. What excludes each other is no difference where the thing's title says
    it as the message does: who asks of a red code has come to the right place if the title names yellow and red, and who asks if one
    must, if the title does.
    """
    if _labelled_phrases(message, wording):
        modality = title.modality if title.modality == message.modality else wording.modality
        return _labelled_phrases(message, replace(wording.or_as(title), modality=modality))
    return compare(message, wording)


def is_of_another_case(title: Statement, message: Statement) -> bool:
    """Whether a title names a case (a high-risk area) of which the message says nothing: what holds there must not be taken for
    what holds everywhere.
    """
    contrasts = load_contrasts().contrasts
    return any(contrasts[number].is_a_case for number in title.poles.keys() - message.poles.keys())


def _labelled_phrases(left: Statement, right: Statement) -> tuple[str, ...]:
    words = load_contrasts()
    said = _labelled(left, right, words)
    return tuple(words.difference.format(label=label, left=a, right=b) for label, a, b in said)


def differences(message: str, text: str, *, places: Places) -> tuple[str, ...]:
    """What `message` and `text` say differently; any entry forbids an automatic answer."""
    return compare(read_statement(message, places=places), read_statement(text, places=places))


def _labelled(left: Statement, right: Statement, words: Contrasts) -> Iterator[tuple[str, str, str]]:
    labels = words.labels
    for label, a, b in words.differing(left.poles, right.poles):
        yield label, say(a), say(b)
    for number, other_number in quantities.clashing(
        left.quantities, right.quantities, alike=left.frame == right.frame
    ):
        yield labels["number"], number, other_number
    for day, other_day in days.clashing(left.days, right.days):
        yield labels["date"], day, other_day
    if left.frame == right.frame and (places := moved(left.plain, right.plain)):
        yield labels["number"], *places
    if apart := where.clashing(left.whereabouts, right.whereabouts):
        yield labels["place"], say(apart[0]), say(apart[1])
    elif way := where.reversed_way(left.whereabouts, right.whereabouts):
        origin, goal = labels["origin"], labels["destination"]
        yield (
            labels["place"],
            *(
                (origin.format(place=way[0]), goal.format(place=way[0]))
                if way[0]
                else (goal.format(place=way[1]), origin.format(place=way[1]))
            ),
        )
    if left.modality and right.modality and left.modality != right.modality and _begin_alike(left, right):
        yield labels["asked"], left.modality, right.modality


def _begin_alike(left: Statement, right: Statement) -> bool:
    """The same words, or more of them in one: 能回来奔丧吗 beside 回来奔丧要隔离吗."""
    shorter, longer = sorted((left.frame, right.frame), key=len)
    return longer.startswith(shorter)


def _worded(left: Statement, right: Statement) -> Iterator[tuple[str, str]]:
    if len({*left.compared}) > 1 and left.compared == right.compared[::-1]:
        yield say_compared(left.compared), say_compared(right.compared)
        return
    orders = _orders(left, right)
    if turned := _turned(left, right, orders):
        yield turned
        return
    yield from _denied(left, right)
    swap = swapped(left.frame, right.frame)
    if swap and not _is_same_order(swap, orders) and not _is_another_wording(swap, left, right):
        yield swap


def _denied(left: Statement, right: Statement) -> Iterator[tuple[str, str]]:
    for here, there in zip(left.denials, right.denials, strict=True):
        yield from ((say_denied(word), word) for word in here.against(there))
        yield from ((word, say_denied(word)) for word in there.against(here))


def _orders(left: Statement, right: Statement) -> frozenset[WordOrder | None]:
    """How what one says with 被 or 把 stands in the plain words of the other, either way."""
    return frozenset(
        (
            order_in_plain_words(left.roles, right.roles, right.frame),
            order_in_plain_words(right.roles, left.roles, left.frame),
        )
    )


def _turned(left: Statement, right: Statement, orders: frozenset[WordOrder | None]) -> tuple[str, str] | None:
    """Who does it to whom, what comes first, which way it goes or what is said of which, the other way round."""
    turned = (
        exchanged_roles(left.roles, right.roles)
        or ways.turned(left.ways, right.ways)
        or crossed(left.clauses, right.clauses)
        or _reversed(left, right)
    )
    if turned:
        return turned
    return (left.frame, right.frame) if WordOrder.TURNED in orders else None


def _reversed(left: Statement, right: Statement) -> tuple[str, str] | None:
    """Two things of a kind, spoken of the other way round (抗原阳性后做核酸, 核酸阳性后测抗原); 被, 把 and 比 are for the roles."""
    if OF_ANY_ORDER & (left.roles.keys() | right.roles.keys()):
        return None
    for number in left.orders.keys() & right.orders.keys():
        if left.orders[number] == right.orders[number][::-1]:
            return "…".join(left.orders[number]), "…".join(right.orders[number])
    return None


def _is_same_order(swap: tuple[str, str], orders: frozenset[WordOrder | None]) -> bool:
    """老太太叫大白推倒 and 大白推倒老太太: the same words, in another order for the sake of 被."""
    return WordOrder.KEPT in orders and sorted(swap[0]) == sorted(swap[1])


def _is_another_wording(swap: tuple[str, str], left: Statement, right: Statement) -> bool:
    whole = (left.frame, right.frame)
    return (swap != whole and load_contrasts().share_pole(*swap)) or _only_region(left, right)


def _only_region(left: Statement, right: Statement) -> bool:
    """A question that names a prefecture beside one that names a county of it; two claims that do are two claims."""
    here, there = left.whereabouts.all, right.whereabouts.all
    return bool(here and there) and here != there and (left.asks or right.asks)


def say(values: frozenset[str]) -> str:
    """Several names for people."""
    return "、".join(sorted(values))
