"""What a family asks beside its news: that is what gets an answer, with a word of sympathy, not the whole guidance."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot import customs_wording
from bot.handlers.ask import handle_question, offer
from bot.handlers.ceremony_words import NEWS
from bot.handlers.context import Context
from broadcasts.bodies import LetterKind
from knowledge.answering import Answer
from knowledge.article import Category
from knowledge.fit import LIKELY, Candidate
from knowledge.utterance import asks

# What asks for nothing but help with all of it.
ANYTHING = re.compile(
    r"(?:(?:咋|怎么|如何|怎)(?:个)?(?:办|弄|整|处理|搞|料理)?|(?:办|摆|做)(?:个|场|一|几)*(?:席|事|酒|[桌卓])|[丧后白红]+事|葬礼|下葬|出殡|[往在]?哪(?:里|儿)?埋|埋人|六神无主"
    r"|[给跟向]谁[说讲报]|找谁|(?:干|做|准备|注意|讲究)(?:啥|什么|些)+|(?:啥|什么|哪些)(?:规定|说法|规矩|要求|讲究)|送送|送一?程|先|[我俺咱们想要该得现在这那今明后昨早晚上里夜天刚年月日就给把了也还有个都能可以行不老人大家呢吗么啊哩呀吧的好,。?! ])*+"
)
# What people ask in other words than any article; it is offered, for these words are ours.
IN_OTHER_WORDS = (
    (
        LetterKind.FUNERAL,
        re.compile(r"回[得不]?[来去]|能回|赶回|最后一面|进得[来去]|奔丧"),
        "在外地，能回去奔丧吗",
    ),
    (
        LetterKind.FUNERAL,
        re.compile(r"(?:确诊|阳|隔离|封|高风险).*(?:遗体|拉|后事|火化|埋|葬)"),
        "在高风险区，家里人去世了怎么办",
    ),
    (LetterKind.FUNERAL, re.compile(r"遗体|谁来?拉|灵车|殡仪馆"), "去殡仪馆办事有什么要求"),
    (None, re.compile(r"报备|跟谁报|给谁报"), "红白事要报备吗，找谁报"),
)
# Whoever marries is told all, unless it is one of these that is asked.
OF_A_WEDDING = re.compile(r"定金|押金|退钱|退款|车队|[接迎送]亲|领证|结婚证|登记|报备|[给跟]谁报")
KIND_WORD = {LetterKind.FUNERAL: "节哀", LetterKind.WEDDING: "恭喜"}
SAID = {
    LetterKind.FUNERAL: (customs_wording.CONDOLENCE, customs_wording.WHOLE_FUNERAL_GUIDANCE),
    LetterKind.WEDDING: (customs_wording.CONGRATULATION, customs_wording.WHOLE_WEDDING_GUIDANCE),
}
# Nobody who mourns is asked about a feast, nor the other way round.
OUT_OF_PLACE = {
    LetterKind.FUNERAL: frozenset({Category.WEDDING, Category.BANQUET}),
    LetterKind.WEDDING: frozenset({Category.FUNERAL_PARLOUR}),
}
# Characters: whoever writes more tells a tale, and what is asked is not found by taking the news off.
LONGEST = 60


def told_beside(kind: LetterKind, context: Context) -> str | None:
    """The answer to what is asked, or which article may be meant; None if nothing is asked, or nothing likely found."""
    asked = _asked(context)
    if ANYTHING.fullmatch(asked) or (kind is LetterKind.WEDDING and not OF_A_WEDDING.search(asked)):
        return None
    told = _found(asked, kind, context)
    if told is None:
        return None
    kindly, whole = SAID[kind]
    return ("" if KIND_WORD[kind] in told else kindly) + told + whole


def is_left_open(context: Context) -> bool:
    """Whether somebody who mourns asks what the whole guidance need not answer."""
    asked = _asked(context)
    return asked != context.plain and not ANYTHING.fullmatch(asked) and asks(asked)


def _asked(context: Context) -> str:
    return NEWS.sub("", context.plain, count=1).strip(" ,.;:!?")


def _readings(asked: str, kind: LetterKind, context: Context) -> Iterator[str]:
    """All of it, then what is asked: of the funeral first, and by itself."""
    yield context.words
    if asked != context.plain and len(context.plain) <= LONGEST:
        if kind is LetterKind.FUNERAL:
            yield f"丧事{asked}"
        yield asked


def _found(asked: str, kind: LetterKind, context: Context) -> str | None:
    """The answer to the first reading that an article likely answers, or what may be meant."""
    ours = _in_other_words(kind, context)
    for words in _readings(asked, kind, context):
        again = replace(context, words=words)
        answering = again.understanding.answering
        offered = [one for one in answering.offered if one.article.category not in OUT_OF_PLACE[kind]]
        if offered and offered[0].score >= LIKELY:
            if isinstance(answering, Answer):
                return handle_question(again)
            return offer([*{one.article.id: one for one in (*ours, *offered)}.values()], context)
    return offer(ours, context) if ours else None


def _in_other_words(kind: LetterKind, context: Context) -> tuple[Candidate, ...]:
    """The article that is asked for without its words, if it holds here."""
    for of, form, question in IN_OTHER_WORDS:
        if of in (kind, None) and form.search(context.plain):
            return replace(context, words=question).understanding.answering.offered[:1]
    return ()
