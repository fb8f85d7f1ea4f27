"""What was found out about a claim, and what an article rests on, as callers write and read it."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.api.shapes import PRINTABLE, AreaCode, Asked, Day, Told
from knowledge.article import Scope, Source, Validity
from knowledge.claim import Topic, Verdict
from knowledge.verdict_text import LONGEST_PART, LONGEST_TEXT, MOST_PHRASINGS, Explanation, Finding

Part = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=LONGEST_PART)]
Statement = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=LONGEST_TEXT)]


class SourceIn(Asked):
    """Who says so: an institution, never a person."""

    issuer: Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=120)]
    title: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=300)] = ""
    document_number: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=80)] = ""
    url: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=1_000)] = ""
    issued_on: Day | None = None

    def source(self) -> Source:
        return Source(self.issuer, self.title, self.document_number, self.url, self.issued_on)


class ExplanationIn(Asked):
    """The fact, what goes round, why it misleads, the fact again."""

    fact: Part
    claim: Part = ""
    why: Part = ""
    fact_again: Part = ""


class FindingIn(Asked):
    """`area_code` absent: it holds everywhere."""

    text: Statement
    verdict: Verdict
    explanation: ExplanationIn
    phrasings: tuple[Statement, ...] = Field((), max_length=MOST_PHRASINGS)
    source: SourceIn
    valid_from: Day | None = None
    valid_to: Day | None = None
    area_code: AreaCode | None = None
    topic: Topic = Topic.OTHER

    def finding(self) -> Finding:
        said = self.explanation
        return Finding(
            text=self.text.strip(),
            verdict=self.verdict,
            explanation=Explanation(said.fact, said.claim, said.why, said.fact_again),
            phrasings=self.phrasings,
            source=self.source.source(),
            validity=Validity(self.valid_from, self.valid_to),
            scope=Scope(self.area_code or ""),
            topic=self.topic,
        )


class SourceOut(Told):
    issuer: str
    title: str
    document_number: str
    url: str
    issued_on: date | None


class ExplanationOut(Told):
    fact: str
    claim: str
    why: str
    fact_again: str


class FindingOut(Told):
    """`area_code` empty: it holds everywhere."""

    text: str
    verdict: Verdict
    explanation: ExplanationOut
    phrasings: tuple[str, ...]
    source: SourceOut | None
    valid_from: date | None
    valid_to: date | None
    area_code: str
    topic: Topic


def told_finding(finding: Finding) -> FindingOut:
    return FindingOut(
        text=finding.text,
        verdict=finding.verdict,
        explanation=ExplanationOut.model_validate(finding.explanation),
        phrasings=finding.phrasings,
        source=told_source(finding.source),
        valid_from=finding.validity.valid_from,
        valid_to=finding.validity.valid_to,
        area_code=finding.scope.area_code,
        topic=finding.topic,
    )


def told_source(source: Source | None) -> SourceOut | None:
    return SourceOut.model_validate(source) if source else None
