"""`dingxin rumours import | export`: claims in and out of the database."""

import json
from functools import partial
from pathlib import Path

import click

from bot.claim_review import claim_reviews
from bot.commands.entry import ACTOR, config_option, open_entry
from bot.commands.progress import tracked
from bot.debunk_watch import stop_overtaken
from bot.imports.knowledge import read_claims
from bot.store.claims import all_claims, in_hand, upsert_claims
from knowledge.jsonl import write_claims_jsonl


@click.command("import", epilog="Example: dingxin rumours import claims.jsonl")
@click.argument("path", type=click.Path(path_type=Path))
@config_option
def import_rumours(path: Path, config: Path | None) -> None:
    """Publish claims whose verdicts an office has decided, from a JSONL file or a folder of TOML files.

    Those of a known id are replaced. All claims are imported or none; importing the same again changes nothing.
    Running services see the change within seconds.
    """
    with open_entry(config) as entry:
        claims = read_claims(path, day=entry.today, tree=entry.tree(), desk=entry.asked(in_hand))
        with entry.database.transaction() as session:
            changes = upsert_claims(
                session, claims, now=entry.clock(), watched=partial(tracked, label="claims")
            )
            stop_overtaken(session, {claim.id for claim in claims}, by=ACTOR, now=entry.clock())
            entry.note(session, changes, action="claims.imported", subject=path.name)
        entry.read_ahead()
    click.echo(f"claims: {changes}")


@click.command("export", epilog="Example: dingxin rumours export --format claimreview claims.jsonld")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "claimreview"]),
    default="jsonl",
    show_default=True,
    help="jsonl can be imported again; claimreview is schema.org JSON-LD for others to read.",
)
@config_option
def export_rumours(file: Path, form: str, config: Path | None) -> None:
    """Write all claims with their verdicts to a file."""
    with open_entry(config) as entry:
        with entry.database.reading() as session:
            claims = all_claims(session)
        if form == "jsonl":
            write_claims_jsonl(file, claims)
        else:
            document = claim_reviews(claims, entry.settings.service)
            file.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    click.echo(f"claims: {len(claims)} written to {file}")
