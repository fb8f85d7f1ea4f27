"""A grid worker's chat: binding by the code on paper, tasks to carry, 已转发, 发不了."""

import re
from datetime import datetime
from hashlib import sha256

from bot import wording
from bot.handlers.context import Context
from bot.handlers.task_numbers import CANNOT_WORDS
from bot.messages import Inbound, Reply, Text, Work
from bot.store import grid_workers, outbox, relay_tasks
from bot.store.grid_workers import GridWorker
from bot.store.relay_tasks import Errand
from broadcasts import relay
from broadcasts.content import Channel
from knowledge.numerals import to_digits

NAME = "relay"

BIND = re.compile(r"(?:绑定|绑定码)\s*[:：]?\s*([a-z0-9]{8})")
TASKS = re.compile(r"(?:我的)?(?:转发)?任务\s*(\d{1,9})?(?:是?(?:啥|什么)(?:意思)?)?")
DONE = re.compile(
    r"(?:已经?|都)?(?:转发|转)(?:了|过了|好了|完了|完成)?\s*(\d{1,9})?|(\d{1,9})\s*(?:号)?已经?转发了?|已转发\s*(\d{1,9})?"
    r"|(?:群里?|村群)?(?:已经?|都)?发(?:了|过了|好了|完了|出去了)\s*(\d{1,9})?|任务\s*(\d{1,9})\s*(?:已经?)?[转发]发?(?:了|过了|好了|完了)"
)
ALL_DONE = re.compile(r"(?:全部?|\d{1,2}个群)(?:都)?已?经?(?:转发?|发)(?:了|完了|好了|过了)?")
CANNOT = re.compile(rf"{CANNOT_WORDS}\s*(\d{{1,9}})?[\s,:]*(.*)")
LATER = re.compile(
    r"还没(?:有|顾上|时间)?[转发]发?(?:呢|着呢|哩)?|(?:明天|明早|晚上|下午|一会儿?|等一?[会下哈]儿?|回头)再?[转发]发?"
)
LONGEST_REASON = 80


def matches(_message: Inbound, context: Context) -> bool:
    plain = to_digits(context.plain)
    if BIND.fullmatch(context.plain):
        return True
    commanded = any(form.fullmatch(plain) for form in (TASKS, ALL_DONE, DONE, CANNOT, LATER))
    return commanded and _worker(context) is not None


def handle(message: Inbound, context: Context) -> Reply:
    if code := BIND.fullmatch(context.plain):
        return Text(_bind(code.group(1).upper(), context))
    worker = _worker(context)
    if worker is None:  # cannot be: `matches` asked the same
        return Text(wording.NO_TASKS)
    plain = to_digits(context.plain)
    owed = relay_tasks.undone_errands(context.session, worker.id)
    if asked := TASKS.fullmatch(plain):
        return _show(asked.group(1), owed, worker, context, message)
    return Text(_work(plain, owed, worker, context))


def _work(plain: str, owed: list[Errand], worker: GridWorker, context: Context) -> str:
    if LATER.fullmatch(plain):
        return wording.RELAY_LATER if owed else wording.NO_TASKS
    if ALL_DONE.fullmatch(plain):
        return _confirm_all(owed, context)
    if failed := CANNOT.fullmatch(plain):
        return _pick(failed.group(1), owed, worker, context, reason=_reason(failed, context))
    done = DONE.fullmatch(plain)
    number = next((group for group in done.groups() if group), None) if done else None
    return _pick(number, owed, worker, context, reason=None)


def _pick(
    number: str | None, owed: list[Errand], worker: GridWorker, context: Context, *, reason: str | None
) -> str:
    """Which task is meant: the one named, or the only one there is."""
    if number:
        errand = relay_tasks.find_errand(context.session, worker.id, int(number))
        return (
            _settle(errand, context, reason=reason) if errand else wording.NO_SUCH_TASK.format(number=number)
        )
    if not owed:
        return wording.NO_TASKS
    if len(owed) > 1:
        return wording.WHICH_TASK.format(count=len(owed), lines=lines(owed))
    return _settle(owed[0], context, reason=reason)


def _settle(errand: Errand, context: Context, *, reason: str | None) -> str:
    number = errand.task.id
    if errand.task.status is relay.RelayStatus.CANCELLED:
        return wording.NO_SUCH_TASK.format(number=number)
    if reason is not None:
        return _stuck(errand, context, reason=reason)
    confirmed = relay.confirm(errand.task, at=context.now)
    relay_tasks.save(context.session, confirmed)
    return wording.RELAYED.format(number=number, time=clock(confirmed.confirmed_at or context.now, context))


def _stuck(errand: Errand, context: Context, *, reason: str) -> str:
    if errand.task.status is relay.RelayStatus.FORWARDED:
        return wording.RELAYED_BEFORE.format(number=errand.task.id)
    kept = keep_stuck(errand, context, reason=reason)
    return stuck_sentence(kept).format(number=kept.id, reason=kept.reason)


def keep_stuck(errand: Errand, context: Context, *, reason: str) -> relay.RelayTask:
    """Kept with what is known of why."""
    task = errand.task
    known = task.reason if task.status is relay.RelayStatus.CANNOT else wording.NO_REASON
    kept = relay.cannot(task, reason=reason[:LONGEST_REASON] or known)
    relay_tasks.save(context.session, kept)
    return kept


def stuck_sentence(kept: relay.RelayTask) -> str:
    """Whoever gives no reason is asked for it."""
    return wording.CANNOT_RELAY if kept.reason != wording.NO_REASON else wording.CANNOT_RELAY_WHY


def _reason(failed: re.Match[str], context: Context) -> str:
    """In the worker's own words: numerals are read as digits for the task's number only."""
    said = CANNOT.fullmatch(context.plain)
    return (said if said and said.group(1) == failed.group(1) else failed).group(2).strip()


def _confirm_all(owed: list[Errand], context: Context) -> str:
    if not owed:
        return wording.NO_TASKS
    for errand in owed:
        relay_tasks.save(context.session, relay.confirm(errand.task, at=context.now))
    return wording.RELAYED_ALL.format(count=len(owed), time=clock(context.now, context))


def _show(
    number: str | None, owed: list[Errand], worker: GridWorker, context: Context, message: Inbound
) -> Text:
    """The one task in full, or the list of several. What was called back is shown to nobody any more."""
    if number:
        errand = relay_tasks.find_errand(context.session, worker.id, int(number))
        if errand is None or errand.task.status is relay.RelayStatus.CANCELLED:
            return Text(wording.NO_SUCH_TASK.format(number=number))
        return _full(errand, context, message)
    if not owed:
        return Text(wording.NO_TASKS)
    if len(owed) == 1:
        return _full(owed[0], context, message)
    return Text(wording.TASKS.format(count=len(owed), lines=lines(owed)))


def _full(errand: Errand, context: Context, message: Inbound) -> Text:
    """How to carry it; the words themselves follow alone, so that nothing of ours is forwarded with them.

    Whoever has seen a task has taken it.
    """
    if errand.task.status is relay.RelayStatus.OPEN:
        relay_tasks.save(context.session, relay.claim(errand.task, at=context.now))
    asked = sha256(message.dedup_key.encode()).hexdigest()[:12]
    outbox.queue_follow_up(
        context.session,
        context.resident.id,
        errand.text,
        key=f"task{errand.task.id}-{asked}",
        vault=context.runtime.vault,
        now=context.now,
        channel=Channel.RELAY,
    )
    intro = wording.TASK_INTRO.format(number=errand.task.id, group=_group(errand))
    return Text(intro, then=Work.DELIVERIES)


def lines(owed: list[Errand]) -> str:
    """What is owed, a line each."""
    return "\n".join(
        wording.TASK_LINE.format(number=errand.task.id, title=errand.title, group=_group(errand))
        for errand in owed
    )


def _group(errand: Errand) -> str:
    return errand.group_name or wording.OWN_GROUP


def _bind(code: str, context: Context) -> str:
    current = _worker(context)
    if current is not None:
        return _named(wording.ALREADY_WORKER, current, context)
    worker = grid_workers.find_by_bind_code(context.session, code, vault=context.runtime.vault)
    if worker is None:
        return wording.WRONG_BIND_CODE
    grid_workers.bind(context.session, worker.id, context.resident.id, now=context.now)
    return _named(wording.WORKER_BOUND, worker, context)


def _named(sentence: str, worker: GridWorker, context: Context) -> str:
    community = context.areas.full_name(worker.community_code)
    return sentence.format(community=community, grid=worker.grid)


def _worker(context: Context) -> GridWorker | None:
    return grid_workers.of_resident(context.session, context.resident.id)


def clock(at: datetime, context: Context) -> str:
    """The hour and minute here."""
    return at.astimezone(context.runtime.settings.service.zone).strftime("%H:%M")
