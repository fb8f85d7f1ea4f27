"""`dingxin scheduler`: looks at the clock."""

import signal
from pathlib import Path
from threading import Event

import click

from bot.collector import loading
from bot.commands.entry import config_option, settings_from


@click.command(epilog="Example: dingxin scheduler --config /etc/dingxin/config.toml")
@config_option
def scheduler(config: Path | None) -> None:
    """Run the jobs until stopped. Of several, one works and the others stand by."""
    settings = settings_from(config)
    with loading():
        from bot.scheduler import run_scheduler  # noqa: PLC0415 - loads the models' libraries
        from bot.startup import open_service  # noqa: PLC0415 - likewise

    stop = Event()
    with open_service(settings) as service:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        run_scheduler(service.runtime, stop=stop)
