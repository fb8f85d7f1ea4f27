"""What a person found out about a claim, as it will be told: in four parts, and as the bytes a second person approves.

An explanation leads with the fact, says once what goes round, why it misleads, and comes back to the fact: repeating a rumour
first makes it stick (peers.md, e). Everything residents are told is in the fingerprint but the day, which is that of publication.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from knowledge.article import ALWAYS, EVERYWHERE, Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict

LONGEST_TEXT = 200
LONGEST_PART = 600
MOST_PHRASINGS = 30
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """Fact, claim, why it misleads, fact. An earlier one that was not written in parts stands whole in `fact`."""

    fact: str
    claim: str = ""
    why: str = ""
    fact_again: str = ""

    def __str__(self) -> str:
        """As residents read it: a line for each part there is."""
        return "\n".join(part for part in (self.fact, self.claim, self.why, self.fact_again) if part)


def explanation_from(text: str) -> Explanation:
    """The parts of an explanation as residents read it, where it has a line for each of the four; else all of it in `fact`.
    Either way it reads as before, to the last character.
    """
    lines = text.split("\n")
    return Explanation(*lines) if len(lines) == _PARTS and all(map(str.strip, lines)) else Explanation(text)


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything of a claim that is public once it is published. `text`: the claim in one plain statement."""

    text: str
    verdict: Verdict
    explanation: Explanation
    phrasings: tuple[str, ...] = ()
    source: Source | None = None
    validity: Validity = ALWAYS
    scope: Scope = EVERYWHERE
    topic: Topic = Topic.OTHER

    def as_claim(self, claim_id: str, *, published_on: date | None) -> Claim:
        """The claim as it is told from that day on."""
        return Claim(
            id=claim_id,
            text=self.text,
            verdict=self.verdict,
            explanation=str(self.explanation),
            phrasings=self.phrasings,
            source=self.source,
            published_on=published_on,
            validity=self.validity,
            scope=self.scope,
            topic=self.topic,
        )


def finding_of(claim: Claim) -> Finding:
    """What is public of a claim by now, as far as its text tells: the beginning of a correction of what nobody wrote here."""
    return Finding(
        text=claim.text,
        verdict=claim.verdict,
        explanation=explanation_from(claim.explanation),
        phrasings=claim.phrasings,
        source=claim.source,
        validity=claim.validity,
        scope=claim.scope,
        topic=claim.topic,
    )


def says_the_same(one: Finding, other: Finding) -> bool:
    """Whether whoever was told one has heard the other: the same verdict for the same reasons."""
    return (one.verdict, str(one.explanation)) == (other.verdict, str(other.explanation))


def faults_of(finding: Finding) -> dict[str, str]:
    """What keeps it from being handed to a second person, by field; empty when nothing does."""
    faults = {
        "text": _length_fault(finding.text, LONGEST_TEXT),
        "fact": _length_fault(finding.explanation.fact, LONGEST_PART),
        "issuer": "" if finding.source and finding.source.issuer.strip() else "a verdict names who says so",
        "valid_to": _order_fault(finding.validity),
        "phrasings": f"at most {MOST_PHRASINGS}" if len(finding.phrasings) > MOST_PHRASINGS else "",
    }
    parts = {"claim": finding.explanation.claim, "why": finding.explanation.why}
    parts["fact_again"] = finding.explanation.fact_again
    for name, part in parts.items():
        faults[name] = f"at most {LONGEST_PART} characters" if len(part) > LONGEST_PART else ""
    return {name: fault for name, fault in faults.items() if fault}


def fingerprint(finding: Finding) -> str:
    """SHA-256 in hex over the canonical JSON of what would be told."""
    canonical = json.dumps(finding_data(finding), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("ascii")).hexdigest()


def finding_data(finding: Finding) -> dict[str, Any]:
    """The finding as plain JSON data."""
    source = finding.source
    return {
        "text": finding.text,
        "verdict": finding.verdict.value,
        "fact": finding.explanation.fact,
        "claim": finding.explanation.claim,
        "why": finding.explanation.why,
        "fact_again": finding.explanation.fact_again,
        "phrasings": list(finding.phrasings),
        "source": {
            "issuer": source.issuer,
            "title": source.title,
            "document_number": source.document_number,
            "url": source.url,
            "issued_on": _written(source.issued_on),
        }
        if source
        else None,
        "valid_from": _written(finding.validity.valid_from),
        "valid_to": _written(finding.validity.valid_to),
        "area_code": finding.scope.area_code,
        "topic": finding.topic.value,
    }


def finding_from(data: Mapping[str, Any]) -> Finding:
    """The finding that `finding_data` wrote. Raises KeyError or ValueError on data it did not write."""
    source = data["source"]
    return Finding(
        text=data["text"],
        verdict=Verdict(data["verdict"]),
        explanation=Explanation(data["fact"], data["claim"], data["why"], data["fact_again"]),
        phrasings=tuple(data["phrasings"]),
        source=Source(
            issuer=source["issuer"],
            title=source["title"],
            document_number=source["document_number"],
            url=source["url"],
            issued_on=_read(source["issued_on"]),
        )
        if source
        else None,
        validity=Validity(_read(data["valid_from"]), _read(data["valid_to"])),
        scope=Scope(data["area_code"]),
        topic=Topic(data["topic"]),
    )


def _length_fault(text: str, longest: int) -> str:
    if not text.strip():
        return "must be said"
    return f"at most {longest} characters" if len(text) > longest else ""


def _order_fault(validity: Validity) -> str:
    if validity.valid_from and validity.valid_to and validity.valid_to < validity.valid_from:
        return "ends before it begins"
    return ""


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
