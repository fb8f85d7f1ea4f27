"""An explanation in the parts a page shows: what is so first, then why. It is one text that begins with the fact."""

from dataclasses import dataclass

from bot.public.wrapping import sentences

LEAST_FACT = 14
"""Characters: "属实。" alone is no fact yet; the sentence after it belongs to it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`why` is empty when the fact is all that is said."""

    fact: str
    why: str


def split(text: str) -> Explanation:
    """The first sentence or, when it says next to nothing, the first two; and the rest with its own paragraphs."""
    fact = ""
    for sentence in sentences(text):
        fact += sentence
        if len(fact) >= LEAST_FACT:
            break
    return Explanation(fact, _after(text, fact))


def _after(text: str, fact: str) -> str:
    """What follows; the fact is looked for without white space, which sentences lose at their ends."""
    left = len("".join(fact.split()))
    for place, character in enumerate(text):
        if left == 0:
            return text[place:].strip()
        left -= not character.isspace()
    return ""
