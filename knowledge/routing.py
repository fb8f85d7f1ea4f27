"""Which intent a message has: wording rules first, then what retrieval found, then a small classifier where unsure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.answering import Answer, Answering
from knowledge.article import Category
from knowledge.claim_match import ClaimMatch
from knowledge.crisis import crisis_in, fever_named
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.message import Message, asks_something
from knowledge.numerals import to_digits
from knowledge.rumours import Known, RumourCheck, Suspected
from knowledge.text import bare
from knowledge.vocabulary import read_lexicon


@dataclass(frozen=True, slots=True)
class Routing:
    """`probability`: calibrated, 0..1. `reasons`: short phrases for staff."""

    intent: Intent
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordingRule:
    intent: Intent
    reason: str
    probability: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None

    def holds(self, normal: str) -> bool:
        taken_back = self.unless is not None and self.unless.search(normal)
        return bool(self.pattern.search(normal)) and not taken_back


@dataclass(frozen=True, slots=True)
class IntentWords:
    rules: tuple[WordingRule, ...]
    own_ceremony: Routing
    plea: WordingRule
    retrieval: Mapping[str, str]
    classifier: Mapping[str, str]


@lru_cache(maxsize=1)
def load_intent_words() -> IntentWords:
    table = tomllib.loads(read_lexicon("intents.toml"))
    own = table["own_ceremony"]
    return IntentWords(
        rules=tuple(_rule(entry) for entry in table["intent"]),
        own_ceremony=Routing(Intent.CUSTOMS, own["probability"], (own["reason"],)),
        plea=_rule(table["plea"]),
        retrieval=table["retrieval"],
        classifier=table["classifier"],
    )


def _rule(entry: Mapping[str, Any]) -> WordingRule:
    unless = re.compile(entry["unless"]) if "unless" in entry else None
    return WordingRule(
        Intent(entry["name"]), entry["reason"], entry["probability"], re.compile(entry["pattern"]), unless
    )


_CRISIS_PROBABILITY = 0.95
_SAYS_NOTHING = 0.9
"""How sure it is that a message without a letter is no question."""
_SURE_ENOUGH = {
    Intent.CRISIS: 0.8,
    Intent.COMMAND: 0.7,
    Intent.CUSTOMS: 0.6,
    Intent.HEADCOUNT: 0.6,
    Intent.RUMOUR: 0.5,
}
"""From which probability on the wording's sound alone raises an alarm, obeys, offers condolences, counts people, tells
somebody to wait for a verdict.
"""
_NEVER = 2.0
_CEREMONIES = frozenset({Category.WEDDING, Category.FUNERAL, Category.FUNERAL_PARLOUR, Category.BANQUET})
_HOW = "怎么"
"""As `lexicon/questions.toml` names it."""
_ASKED_OR_TOLD = (Intent.QUESTION, Intent.CUSTOMS)
_TELLS_ITSELF = frozenset({"plain_question", "official", "own_affairs", "chatter"})
_PASSED_ON = frozenset({"hearsay", "asks_truth", "forward_plea"})

_BORNE_OUT = 0.7
"""From which likelihood on the flag bears out what only sounds like a rumour."""


def route(
    said: str | Message, *, library: Library, answering: Answering, rumour_check: RumourCheck
) -> Routing:
    """The intent of `message`, given what the two searches made of it. A crisis always comes first."""
    message = library.hear(said)
    normal = message.normal
    crisis = crisis_in(normal)
    if crisis:
        return Routing(Intent.CRISIS, _CRISIS_PROBABILITY, (crisis.value,))
    if not bare(normal):
        return Routing(Intent.CHAT, _SAYS_NOTHING, (load_intent_words().classifier[Intent.CHAT],))
    return (
        _by_wording(message)
        or _by_retrieval(message, answering, rumour_check)
        or _by_style(message, library=library, answering=answering, rumour_check=rumour_check)
    )


def _by_wording(message: Message) -> Routing | None:
    words = load_intent_words()
    in_digits = to_digits(message.normal)
    rule = next((rule for rule in words.rules if rule.holds(in_digits)), None)
    if rule:
        return Routing(rule.intent, rule.probability, (rule.reason,))
    cues = message.cues
    return words.own_ceremony if "own_ceremony" in cues and cues.isdisjoint(_PASSED_ON) else None


def _by_retrieval(message: Message, answering: Answering, rumour_check: RumourCheck) -> Routing | None:
    says = load_intent_words().retrieval
    answer = answering.best if isinstance(answering, Answer) else None
    meant = rumour_check.meant
    if meant and (answer is None or (meant.score >= answer.score and not _asks_for_help(message))):
        alike = says["claim" if isinstance(rumour_check, Known) else "nearly"]
        return Routing(Intent.RUMOUR, meant.score, (alike, meant.claim.id))
    if isinstance(rumour_check, Suspected) and "asks_truth" in message.cues:
        return Routing(Intent.RUMOUR, rumour_check.likelihood, (says["doubt"], *rumour_check.reasons))
    asked = answering.meant
    if asked and _is_borne_out(rumour_check) and not _asks(message):
        return Routing(Intent.RUMOUR, rumour_check.likelihood, (says["tells"], *rumour_check.reasons))
    likely = _likely_repeated(message, rumour_check)
    if likely and (asked is None or likely.score >= asked.score):
        return Routing(Intent.RUMOUR, likely.score, (says["nearly"], likely.claim.id))
    if asked is None or _nearly_asks_of_a_ceremony(answering):
        return None
    return Routing(Intent.QUESTION, asked.score, (says["article"], asked.article.id))


def _likely_repeated(message: Message, rumour_check: RumourCheck) -> ClaimMatch | None:
    """The claim that is told without a word of where it was heard: two signs must agree, that a claim is likely to be meant and that the
    flag finds it going round; and nothing is asked.
    """
    asks = _asks(message) or asks_something(message.normal)
    if not isinstance(rumour_check, Suspected) or asks or _TELLS_ITSELF & message.cues:
        return None
    return rumour_check.likely


def _nearly_asks_of_a_ceremony(answering: Answering) -> bool:
    """Then the article is shown whether it is asked for or a ceremony is told of, and the wording may say which."""
    nearly = None if isinstance(answering, Answer) else answering.meant
    return nearly is not None and nearly.article.category in _CEREMONIES


def _asks_for_help(message: Message) -> bool:
    """How to mend it, where, whom to call: that the power is off is not what is doubted, even if it goes round that it will be."""
    asking = message.asking
    return bool(asking.decisive or _HOW in asking.weak) and message.cues.isdisjoint(_PASSED_ON)


def _is_borne_out(rumour_check: RumourCheck) -> bool:
    return isinstance(rumour_check, Suspected) and rumour_check.likelihood >= _BORNE_OUT


def _asks(message: Message) -> bool:
    """An answer is for who asks: a call to hoard is not answered with what to do about dear prices."""
    return bool(message.asking.types or message.asking.weak) or "?" in message.normal


def _by_style(
    message: Message, *, library: Library, answering: Answering, rumour_check: RumourCheck
) -> Routing:
    """What the wording sounds like; what does something at once must be sure enough, or be borne out by the flag. What only
    sounds like a ceremony is not one where an article about something else is likelier to be meant. The probability is that among
    what is left: what has been ruled out takes no part of it.
    """
    plea = load_intent_words().plea
    if plea.holds(message.normal):
        return Routing(plea.intent, plea.probability, (plea.reason,))
    named = fever_named(message.normal)  # whose child burns is no more in danger than whose has a fever
    heard = message if named == message.normal else library.hear(named)
    chances = library.models.routing.chances(heard.sample)
    borne_out = {Intent.RUMOUR} if _is_borne_out(rumour_check) else set()
    needed = {**_SURE_ENOUGH, Intent.CUSTOMS: max(_SURE_ENOUGH[Intent.CUSTOMS], _likeliest_other(answering))}
    if not message.is_chinese:
        needed[Intent.RUMOUR] = _NEVER
    possible = _ASKED_OR_TOLD if _nearly_asks_of_a_ceremony(answering) else map(Intent, chances)
    open_ones = {
        intent: chances[intent]
        for intent in possible
        if intent in borne_out or chances[intent] >= needed.get(intent, 0)
    }
    # Whoever wants the letter names it, and who only sounds so complains (发给居民的口罩呢): it is a doubt about the others.
    best = max((intent for intent in open_ones if intent is not Intent.LETTER), key=open_ones.__getitem__)
    return Routing(best, open_ones[best] / sum(open_ones.values()), (load_intent_words().classifier[best],))


def _likeliest_other(answering: Answering) -> float:
    """How probable the first of the articles is that would be offered, if it is not about ceremonies."""
    first = next(iter(answering.offered), None)
    return first.score if first and first.article.category not in _CEREMONIES else 0.0
