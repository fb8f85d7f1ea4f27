"""A household's numbers: notice, echo, confirm, change, receipt. Household totals and nothing else."""

from bot import wording
from bot.conversation import Step
from bot.handlers.area_choice import choose_area
from bot.handlers.context import Context
from bot.handlers.offices import written
from bot.handlers.picking import is_no, is_yes
from bot.households.headcount import Doubt, Headcount, Reading, ReadingKind
from bot.households.reading import read_headcount
from bot.messages import Inbound, Reply, Text
from bot.store import headcounts
from bot.store.headcounts import HeadcountDrive

NAME = "headcount"

FIELDS = tuple(field for field, _ in wording.FIGURES)


def matches(_message: Inbound, context: Context) -> bool:
    confirming = context.at(Step.CONFIRMING_HEADCOUNT)
    if confirming and (is_yes(context.plain) or is_no(context.plain)):
        return True
    reading = read_headcount(context.words)
    # A bare number means people only while our question is open.
    return reading.kind is not ReadingKind.OTHER and (confirming or Doubt.UNANCHORED not in reading.doubts)


def handle(_message: Inbound, context: Context) -> Reply:
    drive = headcounts.running_drive(context.session, context.area_path, day=context.today)
    if drive is None:
        return Text(wording.NO_DRIVE)
    if context.at(Step.CONFIRMING_HEADCOUNT):
        if is_yes(context.plain):
            return _confirm(_remembered(context), drive, context)
        if is_no(context.plain):
            return Text(wording.RESAY)
    return _echo(read_headcount(context.words), drive, context)


def _echo(reading: Reading, drive: HeadcountDrive, context: Context) -> Reply:
    """What was understood, after the notice if this resident has not seen it; a doubt is asked about, never guessed."""
    notice = _notice(drive, context)
    headcount = reading.headcount
    if reading.kind is ReadingKind.CONFLICT or headcount is None or headcount.total is None:
        doubt = reading.doubts[0] if reading.doubts else Doubt.NOTHING_SAID
        return Text(notice + wording.DOUBTS[doubt])
    if headcount.total > context.runtime.settings.headcount.largest_household:
        return Text(notice + wording.DOUBTS[Doubt.TOO_MANY])
    if headcount == headcounts.current_of(context.session, context.resident.id, drive.id):
        return Text(wording.SAME_AS_BEFORE.format(figures=figures(headcount)))
    context.enter(Step.CONFIRMING_HEADCOUNT, **{name: getattr(headcount, name) for name in FIELDS})
    return Text(notice + wording.ECHO.format(figures=figures(headcount)))


def _confirm(headcount: Headcount, drive: HeadcountDrive, context: Context) -> Reply:
    before = headcounts.current_of(context.session, context.resident.id, drive.id)
    community = context.community
    headcounts.confirm(
        context.session,
        context.resident.id,
        headcount,
        drive_id=drive.id,
        community_code=community.code if community else None,
        now=context.now,
    )
    sentence = wording.RECEIPT_CHANGED if before else wording.RECEIPT
    receipt = sentence.format(
        figures=figures(headcount),
        old=figures(before) if before else "",
        community=community.short_name if community else "",
        day=written(context.today),
    )
    if community:
        return Text(receipt)
    return Text(receipt + "\n" + choose_area(context))


def _notice(drive: HeadcountDrive, context: Context) -> str:
    if headcounts.was_told(context.session, context.resident.id, drive):
        return ""
    headcounts.note_told(context.session, context.resident.id, drive, now=context.now)
    return wording.NOTICE.format(
        owner=drive.owner,
        purpose=drive.purpose,
        basis=drive.basis,
        ends_on=written(drive.ends_on),
        delete_on=written(drive.delete_on),
    )


def figures(headcount: Headcount) -> str:
    """The numbers in words, those that were said."""
    said = ((sentence, getattr(headcount, name)) for name, sentence in wording.FIGURES)
    return "，".join(sentence.format(n=number) for sentence, number in said if number is not None)


def _remembered(context: Context) -> Headcount:
    numbers = {name: context.recall(name) for name in FIELDS}
    return Headcount(
        **{name: number if isinstance(number, int) else None for name, number in numbers.items()}
    )
