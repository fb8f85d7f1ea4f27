"""What a command works with: settings, database, vault and clock, made from --config in one place."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from bot import logs
from bot.clock import now_utc
from bot.configuration import encryption_key, find_config, load
from bot.errors import ConfigError, Conflict
from bot.settings import Settings
from bot.store import audit, schema
from bot.store.areas import AreaTree, load_tree
from bot.store.changes import Changes
from bot.store.engine import Database, Session, database_answers, open_database
from bot.store.vault import Vault

Command = TypeVar("Command", bound=Callable[..., object])
Given = TypeVar("Given")
Found = TypeVar("Found")

# Who the audit trail names for what is done here: whoever may log in to this machine.
ACTOR = "command line"
PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """Handed to a command's work."""

    settings: Settings
    database: Database
    vault: Vault
    clock: Callable[[], datetime]

    @property
    def today(self) -> date:
        """The day where the service is."""
        return self.clock().astimezone(self.settings.service.zone).date()

    def note(self, session: Session, changes: Changes, *, action: str, subject: str) -> None:
        """Write into the audit trail what an import did, if it did anything."""
        if changes.any:
            detail = {"changes": str(changes)}
            audit.record(session, at=self.clock(), actor=ACTOR, action=action, subject=subject, detail=detail)

    def read_ahead(self) -> None:
        """After what was published, or the program, has changed: the service's next start stays quick."""
        from bot.loading import read_ahead  # noqa: PLC0415 - loads the models' libraries

        read_ahead(self.database, self.settings.service.data_dir)

    def asked(self, question: Callable[[Session, Given], Found]) -> Callable[[Given], Found]:
        """What the store says to `question`, each time in a transaction of its own."""

        def ask(about: Given) -> Found:
            with self.database.reading() as session:
                return question(session, about)

        return ask

    def tree(self) -> AreaTree:
        """The area tree, read before a long file is, so that no lock is held meanwhile."""
        with self.database.reading() as session:
            return load_tree(session)


def config_option(command: Command) -> Command:
    """--config FILE, the same on every command."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Configuration file; default: $DINGXIN_CONFIG, else config.toml here.",
    )(command)


def settings_from(config: Path | None) -> Settings:
    """The settings in force. Raises ConfigError."""
    settings = load(find_config(config))
    logs.configure(level=settings.service.log_level)
    return settings


@contextmanager
def open_entry(config: Path | None, *, migrated: bool = True) -> Iterator[Entry]:
    """Everything open, and closed again. Raises ConfigError; Conflict when the database is not up to date."""
    settings = settings_from(config)
    vault = Vault(encryption_key(settings))
    database = open_database(settings.database_url)
    try:
        if not database_answers(database):
            raise ConfigError(
                "[database] url: the database does not answer; is it running, is the address right?"
            )
        if migrated and not schema.is_current(database):
            raise Conflict("the database is not up to date with this program; run: dingxin init")
        yield Entry(settings, database, vault, now_utc)
    finally:
        database.close()


def new_password() -> str:
    """A password to be printed once: 96 random bits."""
    return secrets.token_urlsafe(PASSWORD_BYTES)
