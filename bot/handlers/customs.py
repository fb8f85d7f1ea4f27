"""红白事: the guidance that holds where one lives, with kindness. One's own wedding or funeral is never a rumour."""

import re

from bot import customs_wording, wording
from bot.conversation import Step
from bot.handlers.beside_ceremony import is_left_open, told_beside
from bot.handlers.ceremony_words import BEREAVED, FUNERAL, NEWS, WEDDING, names_a_ceremony
from bot.handlers.context import Context
from bot.handlers.letters import letter_text
from bot.handlers.picking import picked_number
from bot.messages import Inbound, Reply, Text
from broadcasts.bodies import LetterKind
from knowledge.fit import LIKELY
from knowledge.intent import Intent

NAME = "customs"

# A baby's first month or a birthday is neither; whoever longs for the dead needs comfort, not rules.
OTHER_FEAST = re.compile(
    r"满月|[过祝大]寿|寿宴|升学|谢师|乔迁|上梁|[想梦][念见我][^,。?!]{0,6}(?:去世|过世|走了|没了|不在)"
)
# Whether one may go to the graves or burn paper is asked of that article, unless somebody has just died.
AT_THE_GRAVES = re.compile(
    r"^(?!.*(?:去世|过世|走[了咧哩]|没[了咧哩]|殁|咽|丧|葬|殡|埋|个人)).*(?:七月十五|中元|清明|寒衣|十月一"
    r"|能(?:不能)?(?:去)?(?:上坟|烧)|纸[^,。?!]{0,3}能[^,。?!]{0,2}烧|(?:上坟|烧纸|扫墓|祭扫)[^,。?!]{0,3}(?:[行成能]不|可以|让不|行[吗么]))"
)
# A trade, an allowance, a law, whom to marry, somebody else's feast: it is asked as any question is, unless somebody has died.
NOT_THEIRS = re.compile(
    r"(?:殡仪馆|火葬场|陵园|酒店|婚庆)[^,。?!]{0,3}(?:上班|工作|干活|打工)|(?:丧葬|安葬)(?:费|补)|抚恤|[婚丧]假|离婚|婚检"
    r"|婚(?:的|法定)*(?:年龄|岁|要?多大$|得?几岁)|(?:几|多大|\d+)岁?(?:才|就)?(?:能|可以)[^,。?!]{0,3}(?:结婚|领证)"
    r"|[找没寻说][^,。?!]{0,3}(?:对象|媳妇|女婿)|相亲|媒人|彩礼[^,。?!]{0,4}(?:多少|合适|贵|高|几)"
    r"|举报|(?:有人|谁家|别人|人家|邻居|隔壁)[^,。?!]{0,6}(?:偷|办)|(?:我是|我当|做席|乡村|农村|流动)[^,。?!]{0,4}(?:厨|席棚)|接活|包席"
    r"|(?:亲戚|朋友|同学|同事|邻居|别人|人家|熟人|战友)[^,。?!]{0,6}(?:婚|嫁|娶|办事|办席|办酒|喜事|过事|请客).*(?:去|参加|吃席|随礼)"
)
LONGEST_CHOICE = 8
BY_NUMBER = {1: LetterKind.WEDDING, 2: LetterKind.FUNERAL}


def matches(_message: Inbound, context: Context) -> bool:
    chooses = context.at(Step.CHOOSING_CUSTOM) and len(context.plain) <= LONGEST_CHOICE
    if chooses and _kind(context) is not None:
        return True
    if (
        OTHER_FEAST.search(context.plain)
        or AT_THE_GRAVES.search(context.plain)
        or not names_a_ceremony(context.plain)
    ):
        return False
    return _mourns(context) or (_is_routed_here(context) and not _is_only_asked(context))


def handle(_message: Inbound, context: Context) -> Reply:
    kind = _kind(context)
    if kind is LetterKind.FUNERAL and NEWS.search(context.plain):
        context.forget()  # nobody who mourns is asked how many they are
    if kind is None:
        context.enter(Step.CHOOSING_CUSTOM)
        return Text(wording.WHICH_CUSTOM)
    beside = None if context.at(Step.CHOOSING_CUSTOM) else told_beside(kind, context)
    return Text(beside or _letter(kind, context))


def _letter(kind: LetterKind, context: Context) -> str:
    letter = letter_text(kind, context)
    if letter is None:
        return wording.NO_LETTER
    return letter + customs_wording.NOT_IN_IT if is_left_open(context) else letter


def _mourns(context: Context) -> bool:
    """Then even a sure answer comes with a word of sympathy."""
    if BEREAVED.search(context.plain) is None or _kind(context) is not LetterKind.FUNERAL:
        return False
    intent = context.understanding.routing.intent
    return intent is Intent.CUSTOMS or (intent is Intent.QUESTION and _likely_answered(context))


def _is_routed_here(context: Context) -> bool:
    understanding = context.understanding
    return understanding.routing.intent is Intent.CUSTOMS and understanding.answering.meant is None


def _is_only_asked(context: Context) -> bool:
    """Whether it is no ceremony of theirs; or neither ceremony is named, and an article likely answers."""
    if FUNERAL.search(context.plain) and NEWS.search(context.plain):
        return False
    if NOT_THEIRS.search(context.plain):
        return True
    named = WEDDING.search(context.plain) or FUNERAL.search(context.plain)
    return not named and _likely_answered(context)


def _likely_answered(context: Context) -> bool:
    first = next(iter(context.understanding.answering.offered), None)
    return first is not None and first.score >= LIKELY and not first.only_named


def _kind(context: Context) -> LetterKind | None:
    """Which ceremony is meant; both or neither is asked about. A death is never answered with wedding words."""
    wedding, funeral = WEDDING.search(context.plain), FUNERAL.search(context.plain)
    if wedding and not funeral:
        return LetterKind.WEDDING
    if funeral and not wedding:
        return LetterKind.FUNERAL
    chosen = picked_number(context.plain) if context.at(Step.CHOOSING_CUSTOM) else None
    return BY_NUMBER.get(chosen) if chosen is not None else None
