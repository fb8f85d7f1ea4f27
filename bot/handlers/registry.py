"""All handlers; order is precedence. A test sends a table of sentences and asserts which handler takes each."""

from bot.handlers import (
    after_a_feast,
    appeal,
    asides,
    ask,
    attachments,
    choices,
    community,
    customs,
    danger,
    danger_unnamed,
    fallback,
    field_report,
    follow,
    follow_up,
    guide,
    headcount,
    hotlines,
    household_count,
    leaving,
    letter,
    my_data,
    not_that_claim,
    own_inquiries,
    person,
    platform_events,
    relay,
    risk_level,
    rumour,
    several_tasks,
    small_talk,
    still_open,
    unbinding,
    word_for_staff,
)
from bot.handlers.context import Handler

HANDLERS: tuple[Handler, ...] = (
    platform_events,  # receipts and positions say nothing a resident said
    danger,  # danger to life comes before everything, in any talk
    follow,  # arriving, leaving, scanning; and the answer to "move?"
    attachments,  # nothing to read yet
    leaving,  # 取消, 退订 must work in the middle of any talk
    guide,
    own_inquiries,
    my_data,
    person,
    appeal,  # 我有不同意见, and the message after it
    word_for_staff,  # after 人工 the next message belongs to the staff
    choices,  # a number or the words of what was just offered
    not_that_claim,  # 不是这个, of the verdict just told
    several_tasks,  # a grid worker's report that names several; before the one that reads a single number
    relay,  # a grid worker's other commands
    unbinding,  # who is a grid worker no longer
    field_report,  # what a grid worker heard, and the two numbers after it
    community,  # choosing where one lives, or saying so
    danger_unnamed,  # what sounds like danger, once no command is meant
    headcount,  # numbers of one's own household, and their confirmation
    household_count,  # a grid worker's numbers of a whole village
    still_open,  # 是真的吗 of what was just reported names nothing new
    small_talk,
    hotlines,  # a number alone is stray, but for those everybody may call
    risk_level,  # which level holds where, as the office keeps it
    letter,
    after_a_feast,  # who caught it there is no matter of the feast any more
    customs,  # one's own wedding or funeral is never a rumour
    follow_up,  # a question that leans on the last one
    asides,  # opinions and anger are no rumours, and no work for the staff
    rumour,
    ask,
    fallback,  # always matches
)
