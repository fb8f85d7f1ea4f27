"""The command line. `COMMANDS` is all of it, in the order of an installation's life; a line more is a command more.

A command is loaded when it is called: help is quick, and the heavy libraries come in only where they are needed.
"""

from typing import Any

import click

from bot.commands.lazy import LazyGroup, Listed

COMMANDS = (
    Listed(
        "demo", "bot.commands.demo:demo", "Everything at once on sample data, with a phone in the browser."
    ),
    Listed("init", "bot.commands.init:init", "Create or upgrade the database; make the first administrator."),
    Listed("config check", "bot.commands.config:check", "Tell every configuration error at once."),
    Listed(
        "doctor", "bot.commands.doctor:doctor", "Ask the platform, the database and the queue how they are."
    ),
    Listed(
        "explain", "bot.commands.explanation:explain", "Say what is made of a sentence, and for what reasons."
    ),
    Listed("run", "bot.commands.run:run", "Run web, worker and scheduler on this machine."),
    Listed("web", "bot.commands.web:web", "Answer residents."),
    Listed("worker", "bot.commands.worker:worker", "Send what is due and read pictures."),
    Listed("scheduler", "bot.commands.scheduler:scheduler", "Say when; one works, others stand by."),
    Listed("areas import", "bot.commands.areas:import_areas", "Import the area tree from a CSV file."),
    Listed("groups import", "bot.commands.groups:import_groups", "Import chat groups from a CSV file."),
    Listed(
        "grid-workers import",
        "bot.commands.grid_workers:import_grid_workers",
        "Import grid workers from a CSV file; print a bind code for each.",
    ),
    Listed(
        "grid-workers dismiss",
        "bot.commands.grid_workers:dismiss",
        "Take a grid worker who has left out of service.",
    ),
    Listed(
        "households import",
        "bot.commands.households:import_households",
        "Import household codes from a CSV file.",
    ),
    Listed(
        "knowledge import",
        "bot.commands.knowledge:import_knowledge",
        "Publish the articles of a file or folder.",
    ),
    Listed(
        "knowledge export", "bot.commands.knowledge:export_knowledge", "Write all articles to a JSONL file."
    ),
    Listed(
        "knowledge check", "bot.commands.knowledge:check_knowledge", "Check articles without importing them."
    ),
    Listed(
        "knowledge train", "bot.commands.training:train_models", "Let the models learn from staff decisions."
    ),
    Listed("knowledge models", "bot.commands.versions:list_models", "List the versions of the models."),
    Listed("knowledge rollback", "bot.commands.versions:roll_back", "Make an earlier version current."),
    Listed("rumours import", "bot.commands.rumours:import_rumours", "Publish the claims of a file."),
    Listed("rumours export", "bot.commands.rumours:export_rumours", "Write all claims to a file."),
    Listed("evaluate answers", "bot.commands.evaluation:answers", "Measure the answers to questions."),
    Listed("evaluate rumours", "bot.commands.evaluation:rumours", "Measure the recognition of rumours."),
    Listed("evaluate routing", "bot.commands.evaluation:routing", "Measure what a message is taken for."),
    Listed("evaluate flips", "bot.commands.evaluation:flips", "Measure what must not answer for each other."),
    Listed(
        "evaluate headcounts",
        "bot.commands.headcount_evaluation:headcounts",
        "Measure the reading of headcounts.",
    ),
    Listed("questions list", "bot.commands.questions:list_questions", "List questions nobody could answer."),
    Listed("questions answer", "bot.commands.questions:answer", "Answer a question; the asker is told."),
    Listed(
        "reports list", "bot.commands.questions:list_reports", "List possible rumours nobody has decided."
    ),
    Listed("reports decide", "bot.commands.questions:decide", "Tie a report to a claim; the asker is told."),
    Listed("broadcasts draft", "bot.commands.broadcasts:draft_letter", "Draft a broadcast from a letter."),
    Listed("broadcasts list", "bot.commands.broadcasts:list_broadcasts", "List the newest broadcasts."),
    Listed(
        "broadcasts show", "bot.commands.broadcasts:show", "Show what approval binds, and what became of it."
    ),
    Listed(
        "broadcasts submit", "bot.commands.broadcasts:submit_broadcast", "Hand a draft to a second person."
    ),
    Listed(
        "broadcasts approve", "bot.commands.broadcasts:approve_broadcast", "Say yes to exactly these bytes."
    ),
    Listed("broadcasts reject", "bot.commands.broadcasts:reject_broadcast", "Send it back to its authors."),
    Listed("broadcasts halt", "bot.commands.broadcasts:halt_broadcast", "Stop a broadcast at once."),
    Listed("headcounts open", "bot.commands.headcounts:open_drive", "Begin asking households."),
    Listed("headcounts summary", "bot.commands.headcounts:summary", "Totals per community."),
    Listed("staff add", "bot.commands.staff:add", "Open a console account; print its password once."),
    Listed("audit verify", "bot.commands.audit:verify", "Check that the trail of who did what is whole."),
    Listed("token create", "bot.commands.token:create", "Make an API token; print it once."),
    Listed("token list", "bot.commands.token:list_tokens", "List the API tokens, never their secrets."),
    Listed("token revoke", "bot.commands.token:revoke", "Make an API token worth nothing."),
    Listed("backup", "bot.commands.backup:make_backup", "Write the whole state to one file, while running."),
    Listed("restore", "bot.commands.backup:restore_backup", "Read a backup into an empty database."),
)
GROUPS = {
    "config": "The configuration.",
    "areas": "Prefecture, counties, townships, communities.",
    "groups": "Chat groups of the communities.",
    "grid-workers": "Grid workers and their bind codes.",
    "households": "Household codes.",
    "knowledge": "What is officially known.",
    "rumours": "Claims and their verdicts.",
    "evaluate": "Measure on labelled files; no database, no network.",
    "questions": "Questions nobody could answer.",
    "reports": "Possible rumours.",
    "broadcasts": "Letters and notices: drafted by one person, approved by another.",
    "headcounts": "Household totals.",
    "staff": "Staff members.",
    "token": "Tokens of the API.",
    "audit": "Who did what, and why.",
}


class CommandLine(LazyGroup):
    """The root: every error becomes one line and an exit code here."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself shows what it raises."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - one of the four places that may: the last one before the shell
            from bot.commands.failures import explained  # noqa: PLC0415 - only a failure needs to know all errors

            raise explained(error) from None


cli = CommandLine(
    "dingxin",
    COMMANDS,
    summary="Dingxin (定心): answers, rumours, letters and headcounts for a prefecture's residents.",
    groups=GROUPS,
)


def main() -> None:
    """The console script, and `python -m bot`."""
    cli(prog_name="dingxin")
