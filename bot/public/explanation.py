"""An explanation in the parts a page shows: what is so first, what goes round, why it misleads, what is so."""

from bot.public.wrapping import sentences
from knowledge.verdict_text import Explanation

LEAST_FACT = 14
"""Characters: "属实。" alone is no fact yet; the sentence after it belongs to it."""


def in_parts(explanation: Explanation) -> Explanation:
    """As it was written in parts, or else cut into fact and reasons; with the fact at the end as well."""
    cut = explanation if explanation.why or explanation.claim else _cut(explanation.fact)
    return Explanation(cut.fact, cut.claim, cut.why, cut.fact_again or cut.fact)


def _cut(text: str) -> Explanation:
    """The first sentence or, when it says next to nothing, the first two; and the rest with its own paragraphs."""
    fact = ""
    for sentence in sentences(text):
        fact += sentence
        if len(fact) >= LEAST_FACT:
            break
    return Explanation(fact, why=_after(text, fact))


def _after(text: str, fact: str) -> str:
    """What follows; the fact is looked for without white space, which sentences lose at their ends."""
    left = len("".join(fact.split()))
    for place, character in enumerate(text):
        if left == 0:
            return text[place:].strip()
        left -= not character.isspace()
    return ""
