"""A published verdict in words: in full, and as a text to pass on that leads with the finding, not the rumour."""

from collections.abc import Mapping
from datetime import date

from bot import wording
from bot.handlers.offices import cite, written
from bot.settings import Service
from knowledge.claim import Claim

SENTENCE_ENDS = "。！？!?\n"


def verdict(claim: Claim, *, service: Service, today: date) -> str:
    """What a person found out, who says so, when; and the ready-to-forward text below it."""
    day = written(claim.published_on or today)
    word = wording.VERDICTS[claim.verdict]
    full = wording.VERDICT.format(
        verdict=word,
        claim=claim.text,
        explanation=claim.explanation,
        source=cite(claim.source, issuer=service.office),
        day=day,
    )
    return full + wording.FORWARD.format(**_passed_on(claim, service=service, today=today))


def forwardable(claim: Claim, *, service: Service, today: date) -> str:
    """The text to pass on: finding first, short, with who says so and when."""
    return wording.FORWARD_TEXT.format(**_passed_on(claim, service=service, today=today))


def _passed_on(claim: Claim, *, service: Service, today: date) -> Mapping[str, str]:
    return {
        "verdict": wording.VERDICTS[claim.verdict],
        "claim": claim.text,
        "gist": gist(claim.explanation),
        "day": written(claim.published_on or today),
        "office": service.office,
        "name": service.name,
    }


def verdict_also(claim: Claim, *, service: Service) -> str:
    """What was found out about another claim of the same message, in short."""
    return wording.VERDICT_ALSO.format(
        verdict=wording.VERDICTS[claim.verdict],
        claim=claim.text,
        gist=gist(claim.explanation),
        source=cite(claim.source, issuer=service.office),
    )


def gist(explanation: str) -> str:
    """The first sentence: the fact, as explanations begin with it."""
    end = next((place for place, char in enumerate(explanation) if char in SENTENCE_ENDS), len(explanation))
    return explanation[: end + 1].strip()
