"""`dingxin run`: all three roles on this machine, in the foreground."""

import sys
from pathlib import Path

import click

from bot.commands.entry import config_option, settings_from
from bot.configuration import find_config, require_complete
from bot.supervision import Supervisor, answers_ready

ROLES = ("web", "worker", "scheduler")


@click.command(epilog="Example: dingxin run --config /etc/dingxin/config.toml")
@config_option
@click.pass_context
def run(context: click.Context, config: Path | None) -> None:
    """Run web, worker and scheduler together until stopped; start again what dies."""
    settings = settings_from(config)
    require_complete(settings)
    found = find_config(config)
    options = ("--config", str(found)) if found is not None else ()
    host, port = settings.web.host, settings.web.port
    supervisor = Supervisor(
        commands={role: (sys.executable, "-m", "bot", role, *options) for role in ROLES},
        is_ready=lambda: answers_ready(host, port),
        announce=lambda: click.echo(
            f"ready: http://{host}:{port}, callback {settings.service.public_url}/wechat"
        ),
    )
    context.exit(supervisor.run())
