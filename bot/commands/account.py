"""The account of one sentence, line by line: what the service makes of it, and why.

The words shown are gathered in `account_words`; those of reasons, cues and differences come from the lexicon.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.commands.account_words import INTENTS, LABELS
from bot.console.use_words import BARS, plainly
from bot.store.areas import AreaTree
from bot.wording import VERDICTS
from knowledge.answering import Answer, Answering, Choices
from knowledge.article import Article
from knowledge.article_use import article_uses
from knowledge.claim import Claim
from knowledge.claim_match import ClaimMatch
from knowledge.claim_use import claim_uses
from knowledge.cues import load_cues
from knowledge.fit import Candidate
from knowledge.library import Library
from knowledge.profile import Profile
from knowledge.rumours import Known, RumourCheck, Suspected
from knowledge.similarity import shared_words
from knowledge.text import normalise
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.understanding import understand
from knowledge.use import Used

LISTED = 5
INDENT = "   "
LABEL_WIDTH = 10
JOINT = "、"


Row = tuple[str, str]
"""What a line says, and what it says of it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a sentence is held against."""

    library: Library
    tree: AreaTree


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence, and where and when it is said."""

    text: str
    day: date
    area_code: str = ""
    area_path: tuple[str, ...] = ()
    thresholds: Thresholds = DEFAULTS


def account_of(asked: Asked, desk: Desk) -> Iterator[str]:
    """The lines of the whole account."""
    found = understand(
        asked.text,
        library=desk.library,
        area_path=asked.area_path,
        day=asked.day,
        thresholds=asked.thresholds,
    )
    routing = found.routing
    reasons = _joined(_named(one, desk.library) for one in routing.reasons)
    in_force = LABELS["in_force"].format(**_numbers(asked.thresholds))
    yield from _lines(
        [
            (LABELS["sentence"], normalise(asked.text)),
            (LABELS["area"], _place(asked.area_code, desk.tree) or LABELS["nowhere"]),
            (LABELS["intent"], f"{INTENTS[routing.intent.value]} {routing.probability:.2f}  {reasons}"),
            (LABELS["thresholds"], in_force),
        ]
    )
    yield from _answers(asked, found.answering, desk)
    yield from _rumours(asked, found.rumour, desk)
    if found.beside:
        yield from _lines([(LABELS["beside"], _answer_decision(found.beside))])


def _named(reason: str, library: Library) -> str:
    """An article or a claim by what it says."""
    if article := library.articles.get(reason):
        return _called(article.question, article.id)
    claim = library.claims.get(reason)
    return _called(claim.text, claim.id) if claim else reason


def _called(title: str, name: str) -> str:
    return f"“{title}”（{name}）"


def _place(code: str, tree: AreaTree) -> str:
    return tree.full_name(code) if code and tree.get(code) else code


def _numbers(thresholds: Thresholds) -> dict[str, float]:
    return {
        "answer": thresholds.answer,
        "choice": thresholds.choice,
        "offered": thresholds.offered_at_most,
        "known": thresholds.known,
        "known_asked": thresholds.known_asked,
        "reworded": thresholds.reworded,
        "suspected": thresholds.suspected,
    }


def _answers(asked: Asked, found: Answering, desk: Desk) -> Iterator[str]:
    yield f"\n{LABELS['answers']}"
    yield from _lines([(LABELS["decision"], _answer_decision(found))])
    library = desk.library
    message = library.read(asked.text)
    uses = article_uses(
        found,
        profiler=library.profiler,
        area_path=asked.area_path,
        day=asked.day,
        thresholds=asked.thresholds,
    )
    for number, used in enumerate(uses[:LISTED], start=1):
        one = used.candidate
        yield _heading(number, one.score, one.article.id, one.article.question)
        yield from _lines(_used(used, one.article, desk.tree), indent=INDENT)
        yield from _lines(_candidate(one, message, library.profiler.known(one.reasons[0])), indent=INDENT)
    if not found.candidates:
        yield INDENT + LABELS["no_candidates"]


def _used(used: Used[Candidate] | Used[ClaimMatch], known: Article | Claim, tree: AreaTree) -> Iterator[Row]:
    """Where and when it holds, and what was done with it."""
    days = known.validity
    from_day = LABELS["from"].format(day=days.valid_from) if days.valid_from else ""
    until = LABELS["until"].format(day=days.valid_to) if days.valid_to else ""
    where = _place(known.scope.area_code, tree) or LABELS["everywhere"]
    yield (
        LABELS["holds"],
        f"{where}，{from_day}{until}" if from_day or until else f"{where}，{LABELS['always']}",
    )
    yield LABELS["use"], LABELS[used.use.value].format(why=BARS[used.bar] if used.bar else "")


def _answer_decision(found: Answering) -> str:
    if isinstance(found, Answer):
        return LABELS["answer"].format(article=_of(found.best))
    if isinstance(found, Choices):
        return LABELS["choices"].format(articles=_joined(map(_of, found.offered)))
    if found.expired:
        return LABELS["expired"].format(
            article=_called(found.expired.question, found.expired.id), day=found.expired.validity.valid_to
        )
    return LABELS["needs_area" if found.needs_area else "unknown"]


def _of(one: Candidate | ClaimMatch) -> str:
    if isinstance(one, Candidate):
        return _called(one.article.question, one.article.id)
    return _called(one.claim.text, one.claim.id)


def _candidate(candidate: Candidate, message: Profile, known: Profile) -> Iterator[Row]:
    yield LABELS["matched"], candidate.reasons[0]
    yield from _both_sides(message, known)
    yield LABELS["differences"], _differing(candidate)
    yield from _reworded(candidate)


def _differing(one: Candidate | ClaimMatch) -> str:
    return "；".join(map(plainly, one.differences)) or LABELS["none"]


def _reworded(one: Candidate | ClaimMatch) -> Iterator[Row]:
    if one.reworded:
        yield LABELS["reworded"], plainly(one.reworded)


def _both_sides(message: Profile, known: Profile) -> Iterator[Row]:
    """What both say, what only one does, and what each asks."""
    yield LABELS["shared"], _joined(shared_words(message, known))
    yield LABELS["only_message"], _joined(message.missing(known))
    yield LABELS["only_known"], _joined(known.missing(message))
    here, there = (sorted(one.reading.asking.types) for one in (message, known))
    yield LABELS["asked"], f"{_joined(here)} / {_joined(there)}"


def _rumours(asked: Asked, found: RumourCheck, desk: Desk) -> Iterator[str]:
    sheet = load_cues()
    against = [
        one for one in sheet.reasons(sheet.found_in(normalise(asked.text))) if one not in found.reasons
    ]
    yield f"\n{LABELS['rumours']}"
    yield from _lines(
        [
            (LABELS["decision"], _rumour_decision(found)),
            (LABELS["likelihood"], f"{found.likelihood:.2f}"),
            (LABELS["cues"], _joined(found.reasons)),
            (LABELS["cues_against"], _joined(against)),
        ]
    )
    uses = claim_uses(found, area_path=asked.area_path, day=asked.day, thresholds=asked.thresholds)
    for number, used in enumerate(uses[:LISTED], start=1):
        one = used.candidate
        yield _heading(number, one.score, one.claim.id, one.claim.text)
        yield from _lines(_used(used, one.claim, desk.tree), indent=INDENT)
        yield from _lines(_match(one, desk.library), indent=INDENT)
    if not found.matches:
        yield INDENT + LABELS["no_candidates"]


def _rumour_decision(found: RumourCheck) -> str:
    if isinstance(found, Known):
        says = LABELS["known"].format(claim=_of(found.best), verdict=VERDICTS[found.best.claim.verdict])
        also = LABELS["also"].format(claims=_joined(map(_of, found.also))) if found.also else ""
        unchecked = LABELS["unchecked"].format(tales="”“".join(tale.said for tale in found.unchecked))
        return "，".join(filter(None, (says, also, unchecked if found.unchecked else "")))
    return LABELS["suspected" if isinstance(found, Suspected) else "ordinary"]


def _match(match: ClaimMatch, library: Library) -> Iterator[Row]:
    if not match.reasons:
        return
    yield LABELS["window"], match.window
    yield LABELS["matched"], match.reasons[0]
    yield from _both_sides(library.read(match.window), library.profiler.known(match.reasons[0]))
    yield LABELS["differences"], _differing(match)
    yield from _reworded(match)


def _heading(number: int, score: float, name: str, text: str) -> str:
    return f"{number}. {score:.2f}  {text}  {name}"


def _joined(words: Iterable[str]) -> str:
    return JOINT.join(words) or LABELS["none"]


def _lines(rows: Iterable[Row], *, indent: str = "") -> Iterator[str]:
    return (f"{indent}{label}{' ' * (LABEL_WIDTH - _width(label))}{says}" for label, says in rows)


def _width(text: str) -> int:
    """How many columns a terminal takes for it."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
