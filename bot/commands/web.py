"""`dingxin web`: the callback and everything else that answers HTTP."""

from pathlib import Path

import click

from bot.collector import loading
from bot.commands.entry import config_option, settings_from


@click.command(epilog="Example: dingxin web --config /etc/dingxin/config.toml")
@config_option
def web(config: Path | None) -> None:
    """Serve HTTP until stopped. Any number of machines may do so."""
    settings = settings_from(config)
    with loading():
        from bot.serving import serve_web  # noqa: PLC0415 - a wrong configuration is told without it
    serve_web(settings)
