"""A grid worker's report on several tasks at once: each is recorded as if reported alone, and the reply says what became of each."""

from collections.abc import Iterable

from bot import wording
from bot.handlers.context import Context
from bot.handlers.relay import clock, keep_stuck, lines, stuck_sentence
from bot.handlers.task_numbers import MOST, Report, Span, read_report
from bot.messages import Inbound, Reply, Text
from bot.store import grid_workers, relay_tasks
from bot.store.grid_workers import GridWorker
from bot.store.relay_tasks import Errand
from broadcasts import relay
from broadcasts.relay import RelayStatus

NAME = "several_tasks"

EXAMPLES_SHOWN = 2
NO_EXAMPLE = "2,3"


def matches(_message: Inbound, context: Context) -> bool:
    return read_report(context.plain) is not None and _worker(context) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    report, worker = read_report(context.plain), _worker(context)
    if report is None or worker is None:  # cannot be: `matches` asked the same
        return Text(wording.NO_TASKS)
    named = _named(report, worker, context)
    if not named:
        return Text(_unclear(report, worker, context))
    return Text("\n".join(_settle(named, report.reason, context)))


def _named(report: Report, worker: GridWorker, context: Context) -> dict[int, Errand | None]:
    """By number what the worker named, None for a number that is no task of theirs. Nothing at all when it is not clear:
    tasks of all workers share one row of numbers, so a range says something only between two of the worker's own.
    """
    named: dict[int, Errand | None] = {}
    for span in report.spans:
        found = {one.task.id: one for one in _between(span, worker, context)}
        if span.first != span.last and not {span.first, span.last} <= found.keys():
            return {}
        named.update(found)
        if not found:
            named[span.first] = None
    return dict(sorted(named.items())) if len(named) <= MOST else {}


def _between(span: Span, worker: GridWorker, context: Context) -> list[Errand]:
    return relay_tasks.errands_between(context.session, worker.id, span.first, span.last)


def _settle(named: dict[int, Errand | None], reason: str | None, context: Context) -> Iterable[str]:
    """A sentence for all that came out alike; what was called back counts as no task, as when it is named alone."""
    known = [one for one in named.values() if one and one.task.status is not RelayStatus.CANCELLED]
    before = [one for one in known if one.task.status is RelayStatus.FORWARDED]
    fresh = [one for one in known if one.task.status is not RelayStatus.FORWARDED]
    if reason is None:
        yield from _confirm(fresh, context)
    else:
        yield from _keep_stuck(fresh, reason, context)
    if before:
        again = wording.RELAYED_AGAIN if reason is None else wording.RELAYED_BEFORE
        yield again.format(number=_numbers(one.task.id for one in before))
    if unknown := sorted(named.keys() - {one.task.id for one in known}):
        yield wording.NO_SUCH_TASK.format(number=_numbers(unknown))


def _confirm(fresh: list[Errand], context: Context) -> Iterable[str]:
    for errand in fresh:
        relay_tasks.save(context.session, relay.confirm(errand.task, at=context.now))
    if fresh:
        numbers = _numbers(errand.task.id for errand in fresh)
        yield wording.RELAYED.format(number=numbers, time=clock(context.now, context))


def _keep_stuck(fresh: list[Errand], reason: str, context: Context) -> Iterable[str]:
    """Those without a word why keep what they were told before; so there may be several reasons."""
    by_reason: dict[str, list[relay.RelayTask]] = {}
    for errand in fresh:
        kept = keep_stuck(errand, context, reason=reason)
        by_reason.setdefault(kept.reason, []).append(kept)
    for why, tasks in by_reason.items():
        yield stuck_sentence(tasks[0]).format(number=_numbers(task.id for task in tasks), reason=why)


def _unclear(report: Report, worker: GridWorker, context: Context) -> str:
    owed = relay_tasks.undone_errands(context.session, worker.id)
    example = ",".join(str(errand.task.id) for errand in owed[:EXAMPLES_SHOWN]) or NO_EXAMPLE
    listed = wording.STILL_OWED.format(count=len(owed), lines=lines(owed)) if owed else ""
    return wording.NUMBERS_UNCLEAR.format(said=report.said, example=example, owed=listed)


def _numbers(numbers: Iterable[int]) -> str:
    return "、".join(str(number) for number in numbers)


def _worker(context: Context) -> GridWorker | None:
    return grid_workers.of_resident(context.session, context.resident.id)
