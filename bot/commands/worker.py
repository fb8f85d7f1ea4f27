"""`dingxin worker`: sends what is due and reads pictures."""

from pathlib import Path

import click

from bot.collector import loading
from bot.commands.entry import config_option, settings_from
from bot.ocr import require_ocr


@click.command(epilog="Example: dingxin worker --config /etc/dingxin/config.toml")
@config_option
def worker(config: Path | None) -> None:
    """Work off the request path until stopped. Any number of machines may do so."""
    settings = settings_from(config)
    if settings.screenshots.enabled:
        require_ocr()
    with loading():
        from bot.startup import open_service  # noqa: PLC0415 - loads the models' libraries
        from bot.tasks import Worker  # noqa: PLC0415 - likewise
    with open_service(settings) as service:
        one = Worker(service.runtime)
        service.queue.consume(one.look_after, threads=settings.queue.workers)
        one.close()
