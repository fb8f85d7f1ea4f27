"""`dingxin explain`: what the service makes of one sentence, and why; for staff at a terminal.

Nothing of the sentence is stored or logged. The words shown are gathered in `LABELS`; those of reasons, cues and
differences come from the lexicon.
"""

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import click

from bot.clock import now_utc
from bot.commands.entry import config_option, open_entry, settings_from
from bot.demo.sample import area_file
from bot.errors import NotFound
from bot.imports.areas import read_areas
from bot.loading import library_loader
from bot.store.areas import AreaTree, load_tree
from bot.thresholds import thresholds_of
from bot.wording import VERDICTS
from knowledge.answering import Answer, Answering, Choices
from knowledge.claim_match import ClaimMatch
from knowledge.claim_seeds import sample_claims
from knowledge.cues import load_cues
from knowledge.fit import Candidate
from knowledge.library import Library
from knowledge.profile import Profile
from knowledge.rumours import Known, RumourCheck, Suspected
from knowledge.seeds import sample_articles
from knowledge.similarity import shared_words
from knowledge.text import build_segmenter, normalise
from knowledge.thresholds import Thresholds
from knowledge.understanding import Understanding, understand

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "sentence": "读作",
        "area": "所在地",
        "nowhere": "未知",
        "intent": "意图",
        "thresholds": "门槛",
        "in_force": "直接回答 {answer:.2f}（换了词 {reworded:.2f}），给选项 {choice:.2f}（最多 {offered}）；"
        "复述结论 {known:.2f}（普通提问 {known_asked:.2f}），请人看 {suspected:.2f}",
        "answers": "答案",
        "rumours": "说法",
        "decision": "判断",
        "answer": "直接回答 {id}",
        "choices": "给选项 {ids}",
        "unknown": "不知道，转给人",
        "expired": "只有过期的：{id}（{day} 止）",
        "needs_area": "要先问住在哪里",
        "known": "复述已公布的结论 {id}【{verdict}】",
        "also": "另有 {ids}",
        "unchecked": "还说到没核实过的“{tales}”",
        "suspected": "请人看一看",
        "beside": "另外问到",
        "ordinary": "平常话",
        "likelihood": "像传言",
        "cues": "迹象",
        "cues_against": "另有迹象",
        "matched": "对上的话",
        "unlike": "相差太远，没有细比",
        "window": "句中一段",
        "shared": "都说到",
        "only_message": "只有来话",
        "only_known": "只有库里",
        "asked": "问的事",
        "differences": "不同之处",
        "reworded": "换了的词",
        "none": "（无）",
        "no_candidates": "没有一条沾边的",
    }
)
INTENTS: Mapping[str, str] = MappingProxyType(
    {
        "question": "提问",
        "rumour": "核实说法",
        "headcount": "报人数",
        "letter": "看倡议书",
        "customs": "红白事",
        "command": "指令",
        "crisis": "危急",
        "chat": "闲谈",
    }
)
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


@click.command("explain", epilog='Example: dingxin explain "听说明天封城，是真的吗" --sample')
@click.argument("sentence")
@click.option("--area", default="", help="Division code of where the resident lives; default: unknown.")
@click.option("--sample", is_flag=True, help="The articles and claims that come with Dingxin; no database.")
@config_option
def explain(sentence: str, *, area: str, sample: bool, config: Path | None) -> None:
    """Show what the service makes of SENTENCE and why: intent, answer, rumour check, each with its candidates.

    Nothing is sent or stored. "-" reads the sentence from standard input, so that no shell remembers it.
    """
    text = sys.stdin.read() if sentence == "-" else sentence
    if not normalise(text):
        raise click.BadParameter("there is nothing to explain", param_hint="SENTENCE")
    settings = settings_from(config)
    today, thresholds = now_utc().astimezone(settings.service.zone).date(), thresholds_of(settings)
    desk = _packaged(today) if sample else _published(config)
    if area and desk.tree.get(area) is None:
        raise NotFound(f"there is no area {area}; see areas import")
    path = desk.tree.path(area)
    found = understand(text, library=desk.library, area_path=path, day=today, thresholds=thresholds)
    place = desk.tree.full_name(area) if area else LABELS["nowhere"]
    click.echo("\n".join(explanation(text, found, library=desk.library, place=place, thresholds=thresholds)))


def _packaged(day: date) -> Desk:
    areas = read_areas(area_file(), stored=AreaTree(()))
    places = tuple(area.name for area in areas)
    return Desk(
        Library.build(sample_articles(day=day), sample_claims(day=day), places=places), AreaTree(areas)
    )


def _published(config: Path | None) -> Desk:
    with open_entry(config) as entry, entry.database.reading() as session:
        library = library_loader(build_segmenter(), entry.settings.service.data_dir)(session)
        return Desk(library, load_tree(session))


def explanation(
    text: str, found: Understanding, *, library: Library, place: str, thresholds: Thresholds
) -> Iterator[str]:
    """The lines of the whole account."""
    routing = found.routing
    says = f"{INTENTS[routing.intent.value]} {routing.probability:.2f}  {_joined(routing.reasons)}"
    in_force = LABELS["in_force"].format(**_numbers(thresholds))
    yield from _lines(
        [
            (LABELS["sentence"], normalise(text)),
            (LABELS["area"], place),
            (LABELS["intent"], says),
            (LABELS["thresholds"], in_force),
        ]
    )
    yield from _answers(text, found.answering, library)
    yield from _rumours(text, found.rumour, library)
    if found.beside:
        yield from _lines([(LABELS["beside"], _answer_decision(found.beside))])


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


def _answers(text: str, found: Answering, library: Library) -> Iterator[str]:
    yield f"\n{LABELS['answers']}"
    yield from _lines([(LABELS["decision"], _answer_decision(found))])
    message = library.read(text)
    for number, one in enumerate(found.candidates[:LISTED], start=1):
        yield _heading(number, one.score, one.article.id, one.article.question)
        yield from _lines(_candidate(one, message, library.profiler.known(one.reasons[0])), indent=INDENT)
    if not found.candidates:
        yield INDENT + LABELS["no_candidates"]


def _answer_decision(found: Answering) -> str:
    if isinstance(found, Answer):
        return LABELS["answer"].format(id=found.best.article.id)
    if isinstance(found, Choices):
        return LABELS["choices"].format(ids=_joined(one.article.id for one in found.offered))
    if found.expired:
        return LABELS["expired"].format(id=found.expired.id, day=found.expired.validity.valid_to)
    return LABELS["needs_area" if found.needs_area else "unknown"]


def _candidate(candidate: Candidate, message: Profile, known: Profile) -> Iterator[Row]:
    """A candidate's reasons are the matched wording, shared words, then what differs."""
    matched, *others = candidate.reasons
    shared = frozenset(shared_words(message, known))
    yield LABELS["matched"], matched
    yield from _both_sides(message, known)
    yield LABELS["differences"], _joined(one for one in others if one not in shared)
    yield from _reworded(candidate)


def _reworded(one: Candidate | ClaimMatch) -> Iterator[Row]:
    if one.reworded:
        yield LABELS["reworded"], one.reworded


def _both_sides(message: Profile, known: Profile) -> Iterator[Row]:
    """What both say, what only one does, and what each asks."""
    yield LABELS["shared"], _joined(shared_words(message, known))
    yield LABELS["only_message"], _joined(message.missing(known))
    yield LABELS["only_known"], _joined(known.missing(message))
    here, there = (sorted(one.reading.asking.types) for one in (message, known))
    yield LABELS["asked"], f"{_joined(here)} / {_joined(there)}"


def _rumours(text: str, found: RumourCheck, library: Library) -> Iterator[str]:
    sheet = load_cues()
    against = [one for one in sheet.reasons(sheet.found_in(normalise(text))) if one not in found.reasons]
    yield f"\n{LABELS['rumours']}"
    yield from _lines(
        [
            (LABELS["decision"], _rumour_decision(found)),
            (LABELS["likelihood"], f"{found.likelihood:.2f}"),
            (LABELS["cues"], _joined(found.reasons)),
            (LABELS["cues_against"], _joined(against)),
        ]
    )
    for number, one in enumerate(found.matches[:LISTED], start=1):
        yield _heading(number, one.score, one.claim.id, one.claim.text)
        yield from _lines(_match(one, library), indent=INDENT)
    if not found.matches:
        yield INDENT + LABELS["no_candidates"]


def _rumour_decision(found: RumourCheck) -> str:
    if isinstance(found, Known):
        claim = found.best.claim
        says = LABELS["known"].format(id=claim.id, verdict=VERDICTS[claim.verdict])
        also = LABELS["also"].format(ids=_joined(one.claim.id for one in found.also)) if found.also else ""
        unchecked = LABELS["unchecked"].format(tales="”“".join(tale.said for tale in found.unchecked))
        return "，".join(filter(None, (says, also, unchecked if found.unchecked else "")))
    return LABELS["suspected" if isinstance(found, Suspected) else "ordinary"]


def _match(match: ClaimMatch, library: Library) -> Iterator[Row]:
    if not match.reasons:
        yield LABELS["matched"], LABELS["unlike"]
        return
    yield LABELS["window"], match.window
    yield LABELS["matched"], match.reasons[0]
    yield from _both_sides(library.read(match.window), library.profiler.known(match.reasons[0]))
    yield LABELS["differences"], _joined(match.differences)
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
