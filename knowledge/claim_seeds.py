"""Claims in folders of TOML files, one file per topic: the packaged samples, and what a bureau exports or edits.

[[claim]]
id = "myth-liquor"
text = "…"                  # the plain statement
phrasings = ["…"]           # as it is forwarded or asked
verdict = "false"
explanation = "…"           # fact - claim - why it misleads - fact
published_on_days = -2      # from the day of reading; or published_on = 2022-07-12
topic = "health_myth"
area_code = ""              # empty: everywhere, also where the text itself names its place
valid_to_days = 14          # a sample must have an end
sample = true               # made up: source.title starts with 示例
source = { issuer = "…", title = "…" }
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from knowledge.article import Scope
from knowledge.claim import Claim, Topic, Verdict
from knowledge.jsonl import read_validity
from knowledge.seed_fields import (
    VALIDITY_FIELDS,
    SeedError,
    SeedFault,
    Table,
    check_sample,
    read_area_code,
    read_folder,
    read_source,
)
from knowledge.seed_writing import day_lines, list_lines, rule_lines, source_lines, text_line, write_folder

__all__ = ["SeedError", "SeedFault", "read_claims", "sample_claims", "write_claims"]

_FIELDS = VALIDITY_FIELDS | {
    "id",
    "text",
    "phrasings",
    "verdict",
    "explanation",
    "published_on",
    "published_on_days",
    "topic",
    "area_code",
    "sample",
    "source",
}


def read_claims(folder: Path, *, day: date) -> tuple[Claim, ...]:
    """All claims of a folder, their relative days counted from `day` (Asia/Shanghai).

    Raises SeedError with every fault, naming file, claim and field; then nothing is returned.
    """
    return read_folder(folder, "claim", _read, day=day)


def sample_claims(*, day: date) -> tuple[Claim, ...]:
    """The claims that come with Dingxin, dated from `day` (Asia/Shanghai)."""
    return read_folder(files("knowledge").joinpath("seed", "claims"), "claim", _read, day=day)


def _read(table: Table) -> Claim:
    table.reject_unknown(_FIELDS)
    source = read_source(table)
    check_sample(table, source)
    validity = read_validity(table)
    if table.flag("sample") and validity.valid_to is None:
        table.note("valid_to", "is missing: a made-up claim must expire")
    return Claim(
        id=table.text("id", required=True),
        text=table.text("text", required=True),
        verdict=table.choice("verdict", Verdict, None),
        explanation=table.text("explanation", required=True),
        phrasings=table.texts("phrasings"),
        source=source,
        published_on=table.day("published_on"),
        validity=validity,
        scope=Scope(read_area_code(table)),
        topic=table.choice("topic", Topic, None),
    )


def write_claims(claims: Iterable[Claim], folder: Path) -> None:
    """One file per topic, in order of id, with absolute dates: `read_claims` gives the same claims back.

    A topic without claims has no file: one left from an earlier export is removed. Other files stay.
    """
    by_id = sorted(claims, key=lambda claim: claim.id)
    write_folder(
        folder, {topic.value: [_lines(claim) for claim in by_id if claim.topic is topic] for topic in Topic}
    )


def _lines(claim: Claim) -> Iterator[str]:
    yield "[[claim]]"
    yield text_line("id", claim.id)
    yield text_line("text", claim.text)
    yield from list_lines("phrasings", claim.phrasings)
    yield text_line("verdict", claim.verdict.value)
    yield text_line("explanation", claim.explanation)
    yield from day_lines("published_on", claim.published_on)
    yield text_line("topic", claim.topic.value)
    yield from rule_lines(claim.scope, claim.validity)
    yield from source_lines(claim.source, table="claim")
