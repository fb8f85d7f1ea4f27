"""A letter: one verified text in several bodies, and what changes where the risk is high.

The bureau writes letters as TOML (`letters/`): their facts, and under `[bodies.low]`, `[bodies.high]` one text per use.
The low bodies also serve wherever a risk level has none of its own or is not known; so they say what holds in a closed
area too. Placeholders are filled in two steps: the letter's own facts when it is read, `{county}` and `{community}` for
one place by `fill`. What goes to many places at once may not name one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from broadcasts.body_rules import broken_rules
from broadcasts.letter_fields import Fields, read_fields
from broadcasts.placeholders import drop_places, fill_places, has_stray_brace, names_in, spoken, written

DEFAULT_RISK = "low"
RISKS = frozenset({DEFAULT_RISK, "medium", "high"})
AREA_NAMES = frozenset({"county", "community"})
SENT_AS_IT_IS = frozenset({"group_text", "chat", "card"})
"""Bodies that reach many places at once: nothing in them may wait for a place's name."""
READ_ALOUD = frozenset({"loudspeaker"})


class LetterKind(StrEnum):
    INITIATIVE = "initiative"
    WEDDING = "wedding"
    FUNERAL = "funeral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The same text for a village group, a page, a loudspeaker, a large-print card, a chat, and a call at home."""

    group_text: str
    article: str
    loudspeaker: str
    card: str
    chat: str
    phone_script: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`issued_on` and `valid_to`, both included, are dates in Asia/Shanghai. `by_risk` always has DEFAULT_RISK."""

    kind: LetterKind
    title: str
    version: str
    issuer: str
    document_number: str
    issued_on: date
    valid_to: date
    by_risk: Mapping[str, Bodies]

    def holds_on(self, day: date) -> bool:
        return self.issued_on <= day <= self.valid_to

    @property
    def citation(self) -> str:
        """Who says so and when, in one line."""
        return f"{self.issuer}《{self.title}》（{self.document_number}，{written(self.issued_on)}）"


class LetterError(ValueError):
    """Letters are wrong; `faults` names each with file, field and reason, and nothing was read."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def bodies_for(letter: Letter, *, risk: str | None) -> Bodies:
    """What the letter says where the risk is `risk`: low, medium, high, or None when unknown."""
    return letter.by_risk.get(risk or DEFAULT_RISK, letter.by_risk[DEFAULT_RISK])


def fill(bodies: Bodies, *, county: str, community: str) -> Bodies:
    """The bodies for one place, named as it is read out: 通渭县, 马营村."""
    values = {"county": county, "community": community}
    return Bodies(**{body: fill_places(text, values) for body, text in asdict(bodies).items()})


def sample_letters(*, day: date) -> tuple[Letter, ...]:
    """The letters that come with Dingxin, dated from `day` (Asia/Shanghai)."""
    return read_letters(files("broadcasts").joinpath("letters"), day=day)


def read_letters(folder: Traversable, *, day: date) -> tuple[Letter, ...]:
    """All letters of a folder by file name, relative days counted from `day`. Raises LetterError with every fault."""
    named = {file.name: file for file in folder.iterdir() if file.name.endswith(".toml")}
    faults = [] if named else [f"{folder.name}: holds no .toml file"]
    tables = [read_fields(named[name], faults=faults) for name in sorted(named)]
    letters = [_letter(table, day=day) for table in tables if table]
    if faults:
        raise LetterError(tuple(faults))
    return tuple(letters)


def _letter(table: Fields, *, day: date) -> Letter:
    table.reject_unknown({"kind", "title", "version", "valid_days", "source", "bodies"})
    source = table.part("source")
    source.reject_unknown({"issuer", "document_number", "issued_on_days"})
    issued_on = day + timedelta(days=source.days("issued_on_days"))
    valid_to = issued_on + timedelta(days=table.days("valid_days"))
    if valid_to < issued_on:
        table.note("valid_days", "ends the letter before it is issued")
    facts = {
        "title": table.text("title"),
        "issuer": source.text("issuer"),
        "document_number": source.text("document_number"),
    }
    return Letter(
        kind=_kind(table),
        title=facts["title"],
        version=table.text("version"),
        issuer=facts["issuer"],
        document_number=facts["document_number"],
        issued_on=issued_on,
        valid_to=valid_to,
        by_risk=_by_risk(table.part("bodies"), _Facts(facts, issued_on, valid_to)),
    )


def _kind(table: Fields) -> LetterKind:
    kind = table.text("kind")
    if kind not in list(LetterKind):
        table.note("kind", f"must be one of {', '.join(LetterKind)}")
        return LetterKind.INITIATIVE
    return LetterKind(kind)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a letter knows of itself, as written and as read aloud."""

    named: Mapping[str, str]
    issued_on: date
    valid_to: date

    def as_used_in(self, body: str) -> dict[str, str]:
        say = spoken if body in READ_ALOUD else written
        dates = {"issued_on": say(self.issued_on), "valid_to": say(self.valid_to)}
        year = {} if body in READ_ALOUD else {"year": f"{self.issued_on.year}年"}
        return {**self.named, **dates, **year}


def _by_risk(table: Fields, facts: _Facts) -> dict[str, Bodies]:
    table.reject_unknown(RISKS)
    if DEFAULT_RISK not in table:
        table.note(DEFAULT_RISK, "is missing; it serves wherever a risk level has no bodies of its own")
    return {risk: _bodies(table.part(risk), facts) for risk in sorted(RISKS.intersection(table))}


def _bodies(table: Fields, facts: _Facts) -> Bodies:
    names = [field.name for field in fields(Bodies)]
    table.reject_unknown(names)
    return Bodies(**{body: _body(table, body, facts.as_used_in(body)) for body in names})


def _body(table: Fields, body: str, values: Mapping[str, str]) -> str:
    text = table.text(body)
    allowed = values.keys() | (frozenset() if body in SENT_AS_IT_IS else AREA_NAMES)
    for name in sorted(names_in(text) - allowed):
        table.note(body, f"has the placeholder {{{name}}}; known here are {', '.join(sorted(allowed))}")
    if has_stray_brace(text):
        table.note(body, "has a brace that belongs to no placeholder")
    filled = fill_places(text, values)
    for reason in broken_rules(body, drop_places(filled)):
        table.note(body, reason)
    return filled
