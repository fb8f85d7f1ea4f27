"""What is neither question nor rumour: want, a heavy heart, anger, opinions, idle talk, stray numbers.

A calm word and where to turn. Nothing of it is put before the staff: no opinion is filed as a rumour.
"""

import re

from bot import wording
from bot.handlers.context import Context
from bot.handlers.picking import NONE_WORDS
from bot.messages import Inbound, Reply, Text
from knowledge.cues import PASSED_ON, load_cues

NAME = "asides"

# Who is treated and asks about something else than getting there asks a question: 化疗着能打疫苗不.
ASKS_OTHERWISE = (
    r"(?![^?]*(?:去(?!世)|出[去门不]|出小区|车|医院|接送|进城))[^?]*"
    r"(?:(?:能|可以|要|用|需)[^,。?!]*[不吗么没]$|能不能|要不要|可不可以|用不用|该不该|(?:咋|怎么)(?![办弄走])|哪里|多少)"
)
IN_NEED = re.compile(
    r"^(?!.*(?:超市|商店|药店|核酸)).*(?:(?:药|奶粉|吃的|菜|米|面|粮|油|盐|馍|炭|柴火?|尿不湿|胰岛素)[^,。?!]{0,4}(?:没了|断了|完了|没有了|不够)|(?:^|[,。?! 里家])[水煤](?:都|也|全|快|已经)*(?:没了|断了|完了|没有了)"
    rf"|没(?:有)?(?:药|菜|粮|米|面|吃的|奶粉)了?(?:$|[,。!咋怎没])|(?:透析|化疗)(?!{ASKS_OTHERWISE})|没饭吃|没钱吃饭|[饿]肚子|天没[^,。?!]{{0,3}}[菜饭])"
)
HEAVY_HEART = re.compile(
    r"^(?!.*(?:娃|孩子|老人|疼|痛|烧|咳|喘|疫苗|恶心|胸)).*(?:"
    r"我(?:们|好|很|真|是|太|快|都|要|也|实在|现在)*(?:崩溃|疯|绝望|害怕|受不了|怕得)|(?:快|要)(?:崩溃|疯了)|崩溃了|憋疯"
    r"|[撑熬扛]不[住下]|想哭|心里[^,。?!]{0,3}(?:难受|慌|堵|苦|憋|烦|怕)|活着(?:为了|图)|睡不着|烦死|没人说话|闷得慌"
    r"|孤单|孤独|抑郁|天天哭|难过|天没(?:睡|合眼)|[想梦][念见我][^,。?!]{0,6}(?:去世|过世|走了|没了|不在)|想我(?:妈|爸|爷|奶)|好累|太累|累了$)"
)
ANGER = re.compile(
    r"傻[逼比b]|(?<![a-z])(?:sb|tmd|nmb|cnm)(?![a-z])|草泥马|[操艹日]你|他妈的(?!药|病|事|腿|手|户|低保|核酸|身)|^妈的(?:[,!什啥破]|$)"
    r"|^你妈|混蛋|王八蛋?|^滚|去死|吃干饭|吃屎|脑残|狗屁|放屁|废物|不要脸|^你?真?[笨蠢]|没良心|^垃圾!?$|[真太]垃圾|垃圾(?:东西|玩意|系统)|^骗子|^你们?[^,。?!听说]{0,4}骗(?:人|子)"
)
# Who lacks medicine or food has a need, not an opinion.
OPINION = re.compile(
    r"^(?!.*(?:药|菜|粮|米|面|吃的|饭|[停没断][水电]|病|奶粉|救)).*"
    r"(?:政府|国家|共产党|官员|当官的|领导|上面的?人|干部|书记|支书|村长|村主任|村委|社区|网格员|政策|体制|社会|你们)"
    r"[^?]{0,12}(?:不管|不作为|瞎|胡|乱|贪|黑心|隐瞒|瞒报|无能|没人性|欺负|态度|骂|形式主义|偏心|亲戚|关系户|错的|一刀切"
    r"|折腾|演戏|不公|糊弄|扯淡)|上访|信访|告你们|^(?:我要|我想|想)?(?:投诉|反映|表扬|举报(?!.*[涨价假]))|^(?:共产党|国家主席|总书记|总理)$"
)
WHO = re.compile(
    r"^你(?:到底|究竟)?(?:是|是不是)(?:谁|什么|啥|干啥|干什么|人|真人|机器)|^你叫(?:什么|啥)|机器人(?:吗|还是)|是人还是"
)
DISPLEASED = re.compile(
    r"说人话|答非所问|^(?:你)?(?:说|回|答|讲|回答)的?(?:是)?(?:啥|什么)|^没用[了啊的]*$|^.{0,6}[听看]不[懂明]白?[了啊呀]?$|[听看]不懂字|没[听看]懂|^[什啥]么?意思[啊呀]?$"
    r"|^(?:你)?[说答搞弄]错了|^不是这个|^不对|再说一[遍次]|字太多|太长了"
)
IDLE = re.compile(
    r"天气(?:怎么样|咋样|如何|好不好|预报)?[吗啊呀]?$|下(?:不下)?[雨雪](?:吗|不|没)?$|^(?:现在)?几点了?$|[今明]天(?:几号|星期几|礼拜几|周几)"
    r"|[讲说]个?(?:笑话|故事)|^(?:你|给我?|会|来|能不能|请)*唱[个首支一]*歌(?:听|吧|给我|[吗不]?$)|^[你您]?饭?吃了(?:吗|没|么)|股票|彩票|双色球|教我做饭|无聊|^测试$"
    r"|(?:自行车|电动车|摩托车?)[^,。?!]{0,8}(?:修|链子|胎|没气|坏了)|(?:洋芋|土豆|猪肉|羊肉|鸡蛋|苹果|麦子)[^涨,。?!]{0,4}(?:一斤|斤)?(?:多少钱|啥价|什么价)"
)
# Nobody looks after a neighbour, a stranger, a burst pipe: that is no word about us.
OTHERS = (
    r"孩子|娃|老人|爷|奶|五保|妈|爸|爹|婆婆|公公|残疾|瘫|老太|老汉|老头|老婆子|独居|孤[寡老儿]|光棍|隔壁|邻[居家]|对门|楼[上下]"
    r"|流浪|[要讨]饭|乞丐|哑巴|聋|瞎|疯[子了]|傻子|精神病|醉|孕|月子|病人|两口|精神|的人没人|[停断][水电气暖]|漏水|下水|厕所|堵[了着]|垃圾|[狗猫]|涨价|打麻将|打牌|聚"
)
UNHEARD = re.compile(
    rf"^(?!.*(?:{OTHERS})).*(?:12345.{{0,4}}(?:打不通|没用|没人|占线|不管)|就会说打?12345"
    r"|没人(?:管|理|回|接电话)|谁(?:来)?管我|就知道推)"
)
DOUBTED = re.compile(
    r"^(?:你说的?)?(?:准不准|可靠吗|准吗)|不信你|^谁规定的|^有(?:没有)?(?:文件|依据)吗?$|^依据呢?$"
)
# A grid worker's commands from somebody who is none, or none any more.
COMMAND = re.compile(r"^(?:我的|转发)*任务\s*\d{0,9}$|^(?:全部?|都)?已转发[\s\d,、和]*$")
# As it was typed: 发不了 1 群散了 is one, 发不了3个月工资 or 发不了 2 斤菜 is somebody's trouble.
CANNOT = re.compile(r"发不了\s*\d{1,9}(?:$|[\s,，:：、])(?!\s*(?:[斤块元袋箱包盒份]|个(?!群)))")
# In order of precedence.
ASIDES: tuple[tuple[re.Pattern[str], str], ...] = (
    # 84 is what people clean with: a question in short.
    (re.compile(r"^(?!84$)\d{1,3}$"), wording.STRAY_NUMBER),
    (re.compile(r"^[\d -]{4,}$"), wording.LONG_NUMBER),
    (re.compile(rf"^(?:{'|'.join(sorted(NONE_WORDS))})[,。!]*$"), wording.NOTHING_OFFERED),
    (
        re.compile(r"^(?:怎么|如何|咋)?绑定(?:网格员)?$|^我是网格员(?!.*(?:咋|怎么|找谁|不够))"),
        wording.NOT_A_WORKER,
    ),
    (IN_NEED, wording.IN_NEED),
    (HEAVY_HEART, wording.COMFORT),
    (WHO, wording.WHO_AM_I),
    (ANGER, wording.CALM),
    (UNHEARD, wording.UNHEARD),
    (DOUBTED, wording.DOUBTED),
    (
        re.compile(
            r"^(?:我)?(?:给你|把)?(?:发|截图|语音|照片)[^,。?!]{0,4}(?:发你|发给你|截图|语音|照片|图片)"
        ),
        wording.SEND_IT,
    ),
    (OPINION, wording.OPINION),
    (DISPLEASED, wording.NOT_CLEAR),
    (IDLE, wording.IDLE),
    (re.compile(r"^[a-z][a-z ',.?!-]{3,}$"), wording.IN_CHINESE),
)


def matches(_message: Inbound, context: Context) -> bool:
    if _is_command(context):
        return True
    # What is passed on from others stays with the rumour desk.
    if _sentence(context) is None or PASSED_ON & load_cues().found_in(context.plain):
        return False
    understanding = context.understanding
    return understanding.answering.meant is None and understanding.rumour.meant is None


def handle(_message: Inbound, context: Context) -> Reply:
    return Text((_sentence(context) or wording.CLARIFY).format(**context.names))


def _is_command(context: Context) -> bool:
    return bool(COMMAND.search(context.plain) or CANNOT.match(context.words.strip()))


def _sentence(context: Context) -> str | None:
    if _is_command(context):
        return wording.NOT_A_WORKER
    return next((sentence for pattern, sentence in ASIDES if pattern.search(context.plain)), None)
