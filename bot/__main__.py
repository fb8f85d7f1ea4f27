"""`python -m bot` is `dingxin`."""

from bot.cli import cli

cli(prog_name="dingxin")
