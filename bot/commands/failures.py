"""What becomes of an error at the command line: one clear line on stderr, and 1 or 2 to the shell.

Expected failures say what is wrong and how to mend it. Anything else is a fault of ours: it is logged under an id, and
the line names the id.
"""

import errno
import secrets

import click
import structlog

from bot.errors import BotError, ConfigError, ImportFaults
from broadcasts.errors import BroadcastError
from knowledge.jsonl import ImportFaults as KnowledgeFaults
from knowledge.seeds import SeedError

FAILED = 1
MISCONFIGURED = 2
# The disk, or what one may take of it. A write that fails so does not say of which file.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

log = structlog.get_logger()


class Failure(click.ClickException):
    """Shown as it is, without a word before it."""

    exit_code = FAILED

    def show(self, file: object = None) -> None:
        """On stderr, always: stdout belongs to results."""
        del file
        click.echo(self.message, err=True)


class Misconfigured(Failure):
    """The configuration does not hold."""

    exit_code = MISCONFIGURED


def explained(error: Exception) -> Failure:
    """The failure to show for an error that reached the command line."""
    if isinstance(error, ConfigError):
        return Misconfigured(str(error))
    if isinstance(error, ImportFaults | KnowledgeFaults | SeedError):
        return Failure(f"{error}\nnothing was changed")
    if isinstance(error, BotError | BroadcastError):
        return Failure(str(error))
    if isinstance(error, OSError) and error.errno in FULL:
        return Failure(f"{error.filename or 'the disk'}: no space left; make room there and try again")
    if isinstance(error, OSError) and error.filename:
        return Failure(f"{error.filename}: {error.strerror}")
    return _unexpected(error)


def _unexpected(error: Exception) -> Failure:
    number = secrets.token_hex(4)
    log.error("unexpected_error", id=number, kind=type(error).__name__, exc_info=error)
    return Failure(f"unexpected error {number} ({type(error).__name__}); the log has more under this id")
