"""`dingxin config check`: every configuration error at once, or what is in force."""

from pathlib import Path

import click

from bot.commands.entry import config_option, settings_from
from bot.configuration import masked, require_complete


@click.command(epilog="Example: dingxin config check --config /etc/dingxin/config.toml")
@click.option("--incomplete", is_flag=True, help="Do not ask for what only a real account needs.")
@config_option
def check(*, incomplete: bool, config: Path | None) -> None:
    """Check the configuration; print what is in force, secrets masked."""
    settings = settings_from(config)
    if not incomplete:
        require_complete(settings)
    click.echo(masked(settings))
