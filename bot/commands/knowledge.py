"""`dingxin knowledge import | export | check`: articles in and out of the database."""

from functools import partial
from pathlib import Path

import click

from bot.commands.entry import Entry, config_option, open_entry
from bot.commands.progress import tracked
from bot.imports.knowledge import read_articles
from bot.imports.remarks import remarks_on
from bot.store.articles import all_articles, in_hand, upsert_articles
from knowledge.article import Article
from knowledge.jsonl import write_articles_jsonl
from knowledge.seeds import write_articles


@click.command("import", epilog="Example: dingxin knowledge import articles.jsonl")
@click.argument("path", type=click.Path(path_type=Path))
@config_option
def import_knowledge(path: Path, config: Path | None) -> None:
    """Publish the articles of a JSONL file, or of a folder of TOML files; those of a known id are replaced.

    All articles are imported or none; importing the same again changes nothing. Running services see the change
    within seconds.
    """
    with open_entry(config) as entry:
        articles = _read(path, entry)
        with entry.database.transaction() as session:
            changes = upsert_articles(
                session, articles, now=entry.clock(), watched=partial(tracked, label="articles")
            )
            entry.note(session, changes, action="articles.imported", subject=path.name)
        entry.read_ahead()
    click.echo(f"articles: {changes}")


@click.command("export", epilog="Example: dingxin knowledge export articles.jsonl")
@click.argument("path", type=click.Path(path_type=Path))
@config_option
def export_knowledge(path: Path, config: Path | None) -> None:
    """Write all articles: to a JSONL file when the name ends in .jsonl, else to a folder of TOML files."""
    with open_entry(config) as entry, entry.database.reading() as session:
        articles = all_articles(session)
    if path.suffix == ".jsonl":
        write_articles_jsonl(path, articles)
    else:
        write_articles(articles, path)
    click.echo(f"articles: {len(articles)} written to {path}")


@click.command("check", epilog="Example: dingxin knowledge check articles/")
@click.argument("path", type=click.Path(path_type=Path))
@config_option
def check_knowledge(path: Path, config: Path | None) -> None:
    """Read articles as an import would, and change nothing.

    Faults fail the check. What may be meant so is remarked on: no source, out of date, one wording in two articles.
    """
    with open_entry(config) as entry:
        articles = _read(path, entry)
        for remark in remarks_on(articles, day=entry.today):
            click.echo(remark)
    click.echo(f"articles: {len(articles)}, none at fault")


def _read(path: Path, entry: Entry) -> tuple[Article, ...]:
    return read_articles(path, day=entry.today, tree=entry.tree(), desk=entry.asked(in_hand))
