"""The words that weddings, funerals and deaths are told in. 没了 of flour is a want, of a person a death."""

import re
from collections.abc import Sequence

from knowledge.article import Article, Category
from knowledge.fit import LIKELY, Candidate
from knowledge.text import normalise

KIN = r"(?:[爸妈爹娘爷奶父母公婆哥弟姐妹嫂叔伯婶姑舅姨儿女娃]|[我俺咱他]大|丈人|老[人伴汉]|孩子|媳妇|男人|丈夫|亲人|家里人)"
DIED = r"(?:去世|过世|病故|病逝|殁|咽气)"
# 急死人, 热死人: nobody has died.
DEATH = r"(?<![急热愁气吓贵冻累烦笑困饿渴疼痛闷臭吵挤堵晒烫羞丑难慢忙干呛憋恶腻馋逼害坑骗磨折腾心])死了?人"
# Between who is gone and that: 我妈昨晚没了, but not 我妈的药没了; nor 我娃没了口罩.
GONE = (
    rf"(?:{KIN}|[老大家男女病的,。?! ]人|^(?:[他她]|人)|侄|孙|邻居|同事|同学)"
    r"(?:爸|妈|他|她|家|子|也|都|已经?|就|刚刚?|突然|[昨今前]儿?个?[天早晚夜黑晨]|早上?|晚上|夜里|黑里|半夜|[上下]午|后晌|凌晨|\d+岁|在[^,。?!]{1,5}|里|[,: ])*"
    r"没[了咧哩](?=$|[,。?!; 怎咋要能想我俺在可办后现今昨这人遗该先埋从一二两三四五六七八九十几\d吗呢啊呀嘛的家])"
)
# Long ago is no news, nor is what others tell of.
BEREAVED = re.compile(
    rf"^(?!.*(?:前年|去年|那年|早就|早年|年前|听说|据说|网上|群里|真的|假的|谣)).*?(?:{KIN}[^,。?!]{{0,8}}{DIED}(?!前|的)|{GONE}(?<!的))"
)
# Who died, and since when: what is left of the message is what is asked.
NEWS = re.compile(
    rf"(?:我|俺|咱|他|们|家|的)*{KIN}[^,。?!]{{0,8}}?(?:{DIED}[了咧哩]?|(?:不在|走|没|死)[了咧哩])(?:[\d一二两三四五六七八九十几]+[天年][了咧哩]?)?"
    rf"|{DEATH}[了咧哩]?|老了人|人死了?"
)
WEDDING = re.compile(r"红事|红白|婚|嫁|娶|喜事|喜酒|喜宴|彩礼|订亲|定亲|媳妇进门|办喜|过事")
FUNERAL = re.compile(
    rf"白事|丧|葬|殡|去世|过世|不在了|(?<![拉带抱抢偷拿接搬运赶撵])走[了咧哩]|{GONE}|殁|咽|老了人|埋|{DEATH}|人死|奠|孝|守灵|三年纸|周年|头七|百日|后事|遗体|骨灰"
)
# What else says that a ceremony is told of, whichever it is. What only sounds like one is a question: 能走亲戚不.
CEREMONY = re.compile(
    r"席|[几\d一两三四五六七八九十百][桌卓]|请[客柬帖]|待客|客人|宴|办(?:的|一?[个场件])?事|办酒|喝酒|酒店|厨子|服务队|随礼|礼金|磕头|司仪|乐队|吹|唢呐|鼓乐"
    r"|[迎接送]亲|新[郎娘房]|女方|男方|结昏|陪嫁|典礼|拜堂|证婚|回门|轿|挂红|满月|大寿|寿[衣材]|九十|亲[友房]|五服|移风易俗|道[场士]|念经|阴阳"
    r"|灵[堂棚车前]|陪灵|吊|送一?程|送丈|棺|坟|墓|烧纸|纸[钱火]|祭|上香|花圈|[三五]七|过三年|三年止|走得"
)
# What is no ceremony, and yet of death: of a dying man, of the dead, of their days.
OF_DEATH = re.compile(
    r"死|不行[了咧哩]|最后一面|病危|送终|奔丧|尸|火化|亡|清明|中元|寒衣|十月一|扫墓|念亲|想念|哭"
)
OF_THE_DEAD = frozenset({Category.FUNERAL, Category.FUNERAL_PARLOUR})


def names_a_ceremony(plain: str) -> bool:
    return any(form.search(plain) for form in (WEDDING, FUNERAL, CEREMONY))


def seemly(offered: Sequence[Candidate], plain: str) -> list[Candidate]:
    """What may be offered: to whoever speaks of no death ("may one go out now?", "we are out of salt") nothing on the dead, unless it is rather
    what they mean than not.
    """
    if names_a_ceremony(plain) or OF_DEATH.search(plain):
        return list(offered)
    return [one for one in offered if one.score >= LIKELY or not _is_of_the_dead(one.article)]


def _is_of_the_dead(article: Article) -> bool:
    return article.category in OF_THE_DEAD or FUNERAL.search(normalise(article.question)) is not None
