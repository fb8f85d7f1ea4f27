"""A household's numbers: notice, echo, confirm, change, receipt. Household totals and nothing else."""

import re
from dataclasses import replace

from bot import household_wording, wording
from bot.conversation import Step
from bot.handlers.area_choice import choose_area
from bot.handlers.ceremony_words import FUNERAL
from bot.handlers.context import Context
from bot.handlers.customs import BY_NUMBER
from bot.handlers.offices import written
from bot.handlers.open_headcount import (
    FIELDS,
    OpenHeadcount,
    agrees,
    denies,
    figures,
    names_numbers,
    open_headcount,
)
from bot.handlers.picking import is_yes, picked_number
from bot.handlers.small_talk import is_small_talk
from bot.households.amending import amended, tells_a_change
from bot.households.arithmetic import doubts_about
from bot.households.headcount import Doubt, Headcount, Reading, ReadingKind
from bot.households.reading import read_headcount
from bot.households.replying import joined, lone_number, read_reply, which_people
from bot.messages import Inbound, Reply, Text
from bot.store import headcounts
from bot.store.headcounts import HeadcountDrive
from knowledge.cues import load_cues
from knowledge.following import leaning

NAME = "headcount"

# About counting, without a number: why, how, and "nothing has changed".
UNCHANGED = re.compile(
    r"(?:我们?家|家里|屋里)?(?:的)?(?:人数?|人口)(?:都)?没(?:有)?(?:变|动|变化)|(?:我们?家|家里|屋里)没人变"
)
ABOUT = re.compile(
    r"(?:我要?|我想|想)?(?:怎么|咋|咋么|如何|去哪|在哪)?(?:报|登记|填|改|上报)(?:一下)?(?:家里|我家)?(?:的)?人[数口].{0,8}"
    r"|(?:家里|我家)?(?:的)?人[数口](?:登记|怎么|咋|报错|填错|写错|记错|错了|变了).{0,8}"
)
# 2个哩 leans on nothing.
LEANS = re.compile(r"那|哪|要是|如果|若是|换成|再问")


def matches(_message: Inbound, context: Context) -> bool:
    opened = open_headcount(context)
    if names_numbers(context.plain) or UNCHANGED.fullmatch(context.plain) or ABOUT.fullmatch(context.plain):
        return True
    if opened.was_left and _is_for_something_else(context):
        return False
    if opened.is_open and (_answers(opened, context.plain) or _told_which(opened, context)):
        return True
    if context.plain.isdecimal() and not opened.is_open:
        return False
    # 孩子没了 tells of a death, not of a number.
    if FUNERAL.search(context.plain) and "own_ceremony" in load_cues().found_in(context.plain):
        return False
    return _tells_numbers(opened, context)


def _is_for_something_else(context: Context) -> bool:
    """What came in between may be thanked for, asked further about (那2个人呢), or wait for a number itself."""
    if is_small_talk(context.plain) or (LEANS.match(context.plain) and leaning(context.plain)):
        return True
    return context.at(Step.CHOOSING_CUSTOM) and picked_number(context.plain) in BY_NUMBER


def _answers(opened: OpenHeadcount, plain: str) -> bool:
    """A yes or a no; one that is not sure enough to be stored is asked back."""
    return agrees(opened, plain) or denies(opened, plain) or is_yes(plain)


def _tells_numbers(opened: OpenHeadcount, context: Context) -> bool:
    """A bare number means people only while our question is open; where one's child is, only right after it."""
    reading = _read(opened, context)
    if reading.kind is ReadingKind.OTHER:
        return False
    if Doubt.UNANCHORED not in reading.doubts:
        return True
    return opened.is_open and (not opened.was_left or lone_number(context.words) is not None)


def handle(_message: Inbound, context: Context) -> Reply:
    opened = open_headcount(context)
    context.forget()  # what is still open is asked anew
    drive = headcounts.running_drive(context.session, context.area_path, day=context.today)
    if drive is None:
        return Text(wording.NO_DRIVE)
    if opened.is_open and denies(opened, context.plain):
        return _refused(opened, context)
    if opened.is_open and _answers(opened, context.plain):
        return _agreed(opened, drive, context)
    if UNCHANGED.fullmatch(context.plain):
        return _unchanged(drive, context)
    if ABOUT.fullmatch(context.plain) or names_numbers(context.plain):
        return _ask(_told(drive) + household_wording.DOUBTS[Doubt.NOTHING_SAID], context)
    number = _number_of_anybody(opened, context)
    return _echo(opened, drive, context) if number is None else _ask_which(number, opened, context)


def _read(opened: OpenHeadcount, context: Context) -> Reading:
    return read_reply(context.words) if opened.is_open else read_headcount(context.words)


def _agreed(opened: OpenHeadcount, drive: HeadcountDrive, context: Context) -> Reply:
    """A yes stores only what was said back as a whole, to whoever read what for; an uncertain one is asked back."""
    if opened.number is not None:
        return _ask_which(opened.number, opened, context)
    if opened.refused:
        return _refused(opened, context)
    if opened.said.total is None:  # we had asked for numbers, and there are none to say yes to
        return _ask(wording.RESAY, context)
    notice = _notice(drive, context)
    if notice or not agrees(opened, context.plain):
        return _ask(notice + wording.ECHO.format(figures=figures(opened.said)), context, kept=opened.said)
    return _confirm(opened.said, drive, context)


def _refused(opened: OpenHeadcount, context: Context) -> Reply:
    """Ask anew, and keep the figures for the correction of one of them."""
    return _ask(wording.RESAY, context, kept=opened.said, refused=True)


def _ask_which(number: int, opened: OpenHeadcount, context: Context) -> Reply:
    sentence = household_wording.WHICH_PEOPLE.format(number=number)
    return _ask(sentence, context, kept=opened.said, number=number)


def _told_which(opened: OpenHeadcount, context: Context) -> Headcount | None:
    """在外面, after we asked which people a number meant."""
    field = which_people(context.words)
    return Headcount(**{field.value: opened.number}) if field and opened.number is not None else None


def _number_of_anybody(opened: OpenHeadcount, context: Context) -> int | None:
    """A number by itself that may be of those at home or away as well as of all. More people than there are can only be all."""
    pending, number = opened.said, lone_number(context.words)
    if number is None or pending.total is None or number >= pending.total:
        return None
    only_total = pending == Headcount(total=pending.total) and opened.number is None
    corrects = tells_a_change(context.words) or context.plain.startswith("是") or opened.refused
    return None if only_total and corrects else number


def _echo(opened: OpenHeadcount, drive: HeadcountDrive, context: Context) -> Reply:
    """What was understood, after the notice if this resident has not seen it; a doubt is asked about, never guessed."""
    notice, reading = _notice(drive, context), _read(opened, context)
    headcount = _with_what_was_said_before(reading, opened, drive, context)
    if headcount is None or headcount.total is None:
        doubt = reading.doubts[0] if reading.doubts else Doubt.NOTHING_SAID
        return _ask(notice + household_wording.DOUBTS[doubt], context, kept=headcount)
    if doubts := tuple(doubts_about(headcount)):
        return _ask(notice + household_wording.DOUBTS[doubts[0]], context)
    if headcount.total > context.runtime.settings.headcount.largest_household:
        return _ask(notice + household_wording.DOUBTS[Doubt.TOO_MANY], context)
    if headcount == headcounts.current_of(context.session, context.resident.id, drive.id):
        return Text(wording.SAME_AS_BEFORE.format(figures=figures(headcount)))
    # 不是2个在外地, which is what we had understood.
    if headcount == opened.said and tells_a_change(context.words):
        return _refused(opened, context)
    return _ask(notice + wording.ECHO.format(figures=figures(headcount)), context, kept=headcount)


def _with_what_was_said_before(
    reading: Reading, opened: OpenHeadcount, drive: HeadcountDrive, context: Context
) -> Headcount | None:
    """Of a correction (不对，是三个在外头) the figures it leaves alone are those of before."""
    pending, told_which = opened.said, _told_which(opened, context)
    said = told_which or reading.headcount
    if said is None:
        return None
    in_parts = pending.total is None and pending != Headcount() and not opened.refused
    if in_parts and (said.total is None or said == Headcount(total=said.total)):
        return joined(pending, said)
    bare = told_which or (pending.total and lone_number(context.words) is not None)
    if not (said.total is None or tells_a_change(context.words) or bare):
        return said
    before = (
        pending if pending.total else headcounts.current_of(context.session, context.resident.id, drive.id)
    )
    if before and said.away == said.children == 1 and not tells_a_change(context.words):
        # A child who is away is one of the children and of those away that were said before.
        said = replace(
            said, away=None if before.away else said.away, children=None if before.children else said.children
        )
    return amended(before, said) if before else said


def _ask(sentence: str, context: Context, *, kept: Headcount | None = None, **about: object) -> Reply:
    """Ask for the numbers, or whether those `kept` are right; while we wait, a bare one will do."""
    numbers = {name: getattr(kept, name) for name in FIELDS} if kept else {}
    context.enter(Step.CONFIRMING_HEADCOUNT, **numbers, **about)
    return Text(sentence)


def _unchanged(drive: HeadcountDrive, context: Context) -> Reply:
    current = headcounts.current_of(context.session, context.resident.id, drive.id)
    if current is None:
        return _ask(_notice(drive, context) + household_wording.DOUBTS[Doubt.NOTHING_SAID], context)
    return Text(wording.SAME_AS_BEFORE.format(figures=figures(current)))


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
    return _told(drive)


def _told(drive: HeadcountDrive) -> str:
    return wording.NOTICE.format(
        owner=drive.owner,
        purpose=drive.purpose,
        basis=drive.basis,
        ends_on=written(drive.ends_on),
        delete_on=written(drive.delete_on),
    )
