"""`dingxin demo`: everything at once, with nothing to configure."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot import logs
from bot.errors import Conflict


@click.command(epilog="Example: dingxin demo --port 8000 --no-browser")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the data there; default: gone at the end.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the phone in a browser.")
def demo(port: int, data_dir: Path | None, no_browser: bool) -> None:  # noqa: FBT001 - click passes flags so
    """The whole service on this machine, on sample data: a phone in the browser, a sandbox of the WeChat platform.

    No configuration, no network. Ctrl-C stops everything.
    """
    from bot.demo.assembly import CONFIGURATION, open_browser, run_demo  # noqa: PLC0415 - loads everything there is

    logs.configure(level="warning")
    with ExitStack() as stack:
        folder = data_dir or Path(stack.enter_context(TemporaryDirectory(prefix="dingxin-demo-")))
        for name in ("dingxin.sqlite3", CONFIGURATION):
            if (folder / name).exists():
                raise Conflict(f"{folder}: holds a {name} already; name an empty folder with --data-dir")
        click.echo("定心 Dingxin: preparing the sample ...")
        running = stack.enter_context(run_demo(folder, port=port))
        click.echo(f"  phone            {running.url}/demo/")
        click.echo(f"  staff console    {running.url}/console/")
        click.echo(
            f"  approver's phone {running.url}/demo/code  (the six digits asked for after the password)"
        )
        click.echo(f"  public pages     {running.url}/p/")
        click.echo(f"  all at a glance  {running.url}/demo/desk")
        click.echo(f"  health, figures  {running.url}/readyz  {running.url}/metrics")
        click.echo(f"  data             {folder}")
        click.echo(f"  config           {running.config}")
        for name, role, password in running.sample.passwords:
            click.echo(f"  staff            {name} ({role.value})  password {password}")
        click.echo("The initiative letter goes out within a minute. Ctrl-C stops everything.")
        if not no_browser:
            open_browser(f"{running.url}/demo/")
        running.queue.consume(running.worker.look_after, threads=2)
