"""`dingxin doctor`: is everything as it must be, and if not, what is to be done."""

from pathlib import Path

import click

from bot.clock import now_utc
from bot.commands.entry import config_option, settings_from
from bot.commands.failures import FAILED


@click.command(epilog="Example: dingxin doctor --config /etc/dingxin/config.toml")
@config_option
@click.pass_context
def doctor(context: click.Context, config: Path | None) -> None:
    """Look at configuration, database and queue, and ask the platform: token, white-list, abilities, quotas, callback.

    Sends nothing. Exits with 1 when something must be mended.
    """
    from bot.diagnosis import examine  # noqa: PLC0415 - loads the models' libraries

    ill = 0
    for finding in examine(settings_from(config), clock=now_utc):
        ill += not finding.is_well
        click.echo(f"✓ {finding.what}" if finding.is_well else f"✗ {finding.what}: {finding.mend}")
    context.exit(FAILED if ill else 0)
