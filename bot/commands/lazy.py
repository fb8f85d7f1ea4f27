"""Click groups that load a command's module when it is called, not before: `dingxin --help` stays quick."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

import click

from bot.collector import loading


@dataclass(frozen=True, slots=True)
class Listed:
    """A command by its words ("areas import"), where it is ("module:attribute"), and what it does in one line."""

    words: str
    target: str
    summary: str


class LazyGroup(click.Group):
    """A group over part of the list: commands load when called, groups of commands are made from the first word."""

    def __init__(
        self, name: str, listed: Sequence[Listed], *, summary: str, groups: Mapping[str, str]
    ) -> None:
        super().__init__(name, help=summary, no_args_is_help=True)
        self._listed = listed
        self._groups = groups

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The first words, in the order of the list."""
        del ctx
        return list(dict.fromkeys(one.words.split()[0] for one in self._listed))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, or a group over all that begin with this word."""
        del ctx
        below = [one for one in self._listed if one.words.split()[0] == cmd_name]
        if not below:
            return None
        if below[0].words == cmd_name:
            return load(below[0])
        rest = [Listed(one.words.split(maxsplit=1)[1], one.target, one.summary) for one in below]
        return LazyGroup(cmd_name, rest, summary=self._groups[cmd_name], groups={})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, written without loading any of them."""
        rows = [(name, self._summary(name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _summary(self, name: str) -> str:
        return next((one.summary for one in self._listed if one.words == name), self._groups.get(name, ""))


def load(listed: Listed) -> click.Command:
    """Import the command's module and take it out."""
    module, attribute = listed.target.split(":")
    if module not in sys.modules:
        with loading():
            import_module(module)
    command = getattr(sys.modules[module], attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{listed.target} is no command")
    return command
