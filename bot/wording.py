"""Every sentence a resident or grid worker reads that is not an article, a verdict or a letter.

For the clerk who reviews this file: words in {braces} are filled in; leave them as they are. No sentence may scold,
promise what the office does not do, or give a verdict. Keep each well under 680 characters.
"""

from collections.abc import Mapping
from types import MappingProxyType

# --- arriving and leaving -------------------------------------------------------------------------------------------

WELCOME = (
    "您好，这里是{office}“{name}”。\n"
    "想问规定，直接问；听到的说法，发来核实；报人数，说“我家5口人，2个在外地”；看倡议，回“倡议书”。\n"
    "回“帮助”看全部。"
)
WELCOME_BOUND = "您好，这里是{office}“{name}”，已记下您在{community}。\n想问规定直接问，听到的说法发来核实，回“帮助”看全部。"
BOUND = "记下了：您在{community}。以后按这里的规定回答您。搬了家，回“我的社区”再改。"
CONFIRM_MOVE = "您原来登记在{old}，现在扫的是{new}的码。\n要改成{new}吗？回 1 改，回 2 不改。"
NOT_MOVED = "好的，仍按{old}回答您。"
OPTED_OUT = "已退订：以后不再给您发通知。您来问，我照样回答。想再收，回“订阅”。"
OPTED_IN = "已订阅：有倡议书和重要通知时会发给您。不想收了，回“退订”。"
CANCELLED = "好的，不办了。还有什么要问的，直接说。"
NOTHING_TO_CANCEL = "现在没有正在办的事。想问什么，直接说。"

HELP = (
    "我能做这些：\n"
    "· 问规定：比如“去兰州回来要做核酸吗”\n"
    "· 核实说法：把听到的、看到的原样发来，截图也行\n"
    "· 报人数：比如“我家5口人，2个在外地”\n"
    "· 倡议书、红白事：回这几个字\n"
    "· 我的社区：登记您在哪个村、哪个社区\n"
    "· 我问过的：看您问过的事办到哪了\n"
    "· 退订、订阅、我的数据、删除\n"
    "· 人工：给工作人员留话\n"
    "急事请打{hotline}，有危险打110，看急病打120。"
)
HELLO = "您好，我在。想问防疫规定、核实听到的说法，直接发来就行；回“帮助”看我能做什么。"
THANKS = "不客气，您和家人多保重。有事再来问。"
CLARIFY = "我没太明白您的意思。请用一句话说清想问什么，比如“从外地回来要报备吗”；回“帮助”看我能做什么，急事打{hotline}。"
WORDLESS = "我在呢。碰上什么事，打几个字告诉我，发语音也行；回“帮助”看我能做什么。心里难受，可以打 12356，有人听您说。"
APOLOGY = "对不起，这条消息我没能处理好，工作人员会来查看。请过几分钟再发一次；着急的话请打{hotline}。"
BUSY = "现在来问的人多，请过一会儿再发一次；着急的话请打{hotline}。"

# --- neither question nor rumour --------------------------------------------------------------------------------------

IN_NEED = "缺药、缺奶粉、断了吃的，或者要去透析、化疗：先打给网格员或村（社区），说清缺什么、还能撑多久；没人接就打{hotline}。人已经不舒服，马上打 120。\n要工作人员看到您的事，回“人工”。"
COMFORT = (
    "这阵子谁都不容易，您心里难受，我听着呢。\n"
    "· 想找人说说，打 12356（心理援助热线），不用说名字\n"
    "· 有伤害自己的念头，马上打 120 或 110，叫家里人来陪您\n"
    "是为什么事发愁，也可以告诉我，我来查规定，或转给工作人员。"
)
CALM = (
    "让您着急了。碰上了什么难处，用一句话告诉我，我来查；想跟工作人员说，回“人工”；要反映问题，打{hotline}。"
)
UNHEARD = "让您等着急了，对不住。在这里问过的，回“我问过的”看办到哪了；{hotline}占线，隔几分钟再打，或直接找网格员、村（社区）。\n要工作人员看到您的事，回“人工”；有危险打 110，看急病打 120。"
DOUBTED = "每条规定下面都写着依据和日期，您可以对照。拿不准，打{hotline}核对，或回“人工”问工作人员。"
SEND_IT = "直接发来就行，看不了的我会告诉您；打字最稳妥。"
OPINION = (
    "您的意见我看到了。我只会照官方规定回答，不好评论。要反映问题，打{hotline}；想给工作人员留话，回“人工”。"
)
WHO_AM_I = (
    "我是{office}的自动答复“{name}”，不是真人，照官方规定回答。想找工作人员，回“人工”；回“帮助”看我能做什么。"
)
NOT_CLEAR = "对不起，没说明白。请换句话再问一次，一次只问一件事，发语音也行。想找工作人员，回“人工”；急事打{hotline}。"
IDLE = "这个我帮不上。我只答防疫规定、红白事，核实听到的说法。有这些事，直接问就行；回“帮助”看全部。"
STRAY_NUMBER = (
    "这个数字我没对上：现在没有列着的选项，或者隔得久了。请把想问的事再说一遍；查办到哪了，回“进度”加编号。"
)
NOTHING_OFFERED = "好的。现在没有列着的选项；想问什么，直接说。想找工作人员，回“人工”；急事打{hotline}。"
LONG_NUMBER = (
    "这串数字我用不上。验证码、银行卡号、证件号，别发给任何人，这里也不要。想给工作人员留话，回“人工”。"
)
HOTLINE_NUMBER = "{number}是公开的服务电话，有事直接拨打，不用发给我。拿不准该打哪个，打{hotline}；有危险打110，看急病打120。"
IN_CHINESE = "请用中文再说一遍，一句话就行；急事打{hotline}。\nPlease write in Chinese, or call {hotline}."

# --- danger to life ---------------------------------------------------------------------------------------------------

DANGER: Mapping[str, str] = MappingProxyType(
    {
        "self_harm": (
            "谢谢您说出来。这会儿一定很难受，先别一个人扛着：\n"
            "· 现在就打 12356（心理援助热线，有人陪您说话）\n"
            "· 有人已经伤着、吃了药，或者锁着门、联系不上，马上打 120 和 110，请近处的人先过去\n"
            "身边有家人、邻居，请叫他们来陪着。我也提醒了值班的人。"
        ),
        "medical": (
            "请马上打 120，说清在哪里、什么情况，按电话里说的做，别自己开车硬撑。\n"
            "封控区里也一样，120 可以进来。打过了还没来，再打一遍催；打不通就打 110 或{hotline}。我也提醒了值班的人。"
        ),
        "violence": (
            "请先离开危险的地方，马上打 110 报警；不方便说话，可以发短信到 12110，写清地点。\n"
            "受了伤打 120。我也提醒了值班的人。"
        ),
        "fire": "请马上离开危险的地方，打 119，说清地点和出了什么事；不要回去拿东西，不坐电梯。有人受伤打 120。我也提醒了值班的人。",
        "unclear": (
            "要是现在有人有危险，请马上打电话：伤病打 120，有人行凶打 110，着火打 119；"
            "心里过不去、想找人说说，打 12356，有人陪您说话。\n"
            "我也提醒了值班的人。没有危险的话，把想问的再说一遍就行。"
        ),
    }
)
STAFF_ALERT = "【紧急】{area}有居民发来可能危及生命的消息（{kind}），已即时告知报警和急救电话。编号 {number}，请值班人员处置。"
DANGER_KINDS: Mapping[str, str] = MappingProxyType(
    {"self_harm": "轻生", "medical": "急病", "violence": "暴力", "fire": "火情", "unclear": "险情不明"}
)
UNKNOWN_AREA = "未登记社区"

# --- rumours ----------------------------------------------------------------------------------------------------------

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "false": "不实",
        "misleading": "误导",
        "true": "属实",
        "outdated": "过时",
        "unproven": "缺乏依据",
        "unverifiable": "暂无法核实",
    }
)
VERDICT = "【{verdict}】{claim}\n{explanation}\n\n依据：{source}\n核实日期：{day}{holds}{page}\n不同意？回“我有不同意见”。"
HOLDS_IN = "\n只适用于{area}，别处请看当地通知。"
VERDICT_PAGE = "\n公开页面：{address}"
FORWARD_TEXT = "【核实结果：{verdict}】{claim}\n{gist}{holds}\n（{office}“{name}”，{day}）"
FORWARD = "\n\n—— 可以直接转给亲友 ——\n" + FORWARD_TEXT
VERDICT_ALSO = "\n\n同一条里还说到——\n【{verdict}】{claim}\n{gist}\n依据：{source}{holds}{page}"
SUSPECTED = (
    "这个说法我们还没有核实，先别急着信，也先别转。\n"
    "已经交给工作人员核实，编号 {number}，有结果会告诉您；回“进度 {number}”可以查。"
)
SUSPECTED_SIMILAR = "\n\n与它相近、已经核实过的说法（不一定就是这一件）：\n{choices}\n回数字看核实结果。"
DIFFERENCE = "（{difference}）"
SUSPECTED_ADVICE = "\n\n在这之前：以官方通知为准；要交钱、要验证码的一律先别理；着急请打{hotline}。"
DECIDED = "您问过的说法（编号 {number}）核实好了：\n{verdict}"
TOO_MANY_REPORTS = "您今天发来的说法比较多，都收到了。请明天再发新的；特别急的请打{hotline}。"

# --- one's own inquiries ------------------------------------------------------------------------------------------------

INQUIRIES = "您问过的：\n{lines}\n回“进度”加编号看详情。"
OLDER_INQUIRIES = "\n还有{count}件更早的没列出来，也按编号看，比如回“进度 {number}”。"
NO_INQUIRIES = "您还没有等着答复的问题。想问什么，直接发来。"
INQUIRY_LINE = "{number} · {day} · {text} · {state}"
INQUIRY = "编号 {number}（{day}）\n您问的：{text}\n{state}"
NO_SUCH_INQUIRY = "没有找到您名下编号 {number} 的问题。回“我问过的”看您的编号。"
REPORT_STATES: Mapping[str, str] = MappingProxyType(
    {"new": "正在核实", "answered": "已当场答复", "decided": "已有结果", "closed": "已办结"}
)
QUESTION_STATES: Mapping[str, str] = MappingProxyType(
    {"open": "等工作人员答复", "answered": "已答复", "closed": "已办结"}
)

# --- letter and customs -------------------------------------------------------------------------------------------------

LETTER_SOURCE = "\n\n依据：{source}\n截至{day}"
NO_LETTER = "现在没有正在执行的倡议书。有新的会发给您；想收通知，回“订阅”。"
WHICH_CUSTOM = "您想了解哪一样？\n1. 红事（婚事）怎么办\n2. 白事（丧事）怎么办\n回数字就行。"

# --- community ----------------------------------------------------------------------------------------------------------

CHOOSE_AREA = "请选您在哪儿，回数字；也可以直接说村名、社区名：\n{choices}"
WHICH_OF_SAME_NAME = "叫这个名字的不止一个，您是哪一个？回数字：\n{choices}"
CURRENT_COMMUNITY = "您现在登记在{community}。要换的话：\n"
CONFIRM_COMMUNITY = "您住在{place}吗？\n是，回 1，以后按那里的规定回答您；只是路过、走亲戚，回 2，登记不变。"
NOT_BOUND = "好的，不登记。您住在哪儿，随时回“我的社区”告诉我；想问什么，直接说。"
NO_SUCH_PLACE = "没找到这个地方。请回上面的数字，或说村、社区的全名；不办了回“取消”。"

# --- headcounts ---------------------------------------------------------------------------------------------------------

NOTICE = (
    "【先说明】这次由{owner}登记各户人数，用于{purpose}；依据：{basis}。只记人数，不要姓名、证件号和健康情况。"
    "自愿填报；登记到{ends_on}为止，数据{delete_on}前删除。随时可回“我的数据”查看、“删除”删掉。\n\n"
)
ECHO = "记为：{figures}，对吗？\n对，回 1；要改，直接重说一遍，比如“我家4口人，1个在外地”。"
RECEIPT = "登记好了：{figures}。\n{community}{day}登记。人数变了，直接再说一遍就行。谢谢配合。"
RECEIPT_CHANGED = "已改好：{figures}（原来{old}）。\n{community}{day}登记。谢谢配合。"
SAME_AS_BEFORE = "您家已经登记过：{figures}，不用再报。人数变了再告诉我。"
RESAY = "好的，请重新说一遍，比如“我家5口人，2个在外地”。"
NO_DRIVE = "现在没有在登记人数，不用报。需要时村里、社区会通知。"
NOTHING_MEANT = "没听明白人数。请像这样说：“我家5口人，2个在外地”。"
ASK_COMMUNITY = "\n还差一样：您家在哪个村、哪个社区？\n{choices}"
FIGURES: tuple[tuple[str, str], ...] = (
    ("total", "一共{n}人"),
    ("present", "在家{n}人"),
    ("away", "在外{n}人"),
)
OF_THEM = "其中{ages}"
AGES: tuple[tuple[str, str], ...] = (
    ("children", "孩子{n}人"),
    ("elderly", "老人{n}人"),
)

# --- one's data -----------------------------------------------------------------------------------------------------------

MY_DATA = (
    "关于您，这里存着：\n"
    "· 社区：{community}\n"
    "· 通知：{subscription}\n"
    "· 问过的事：{inquiries}件\n"
    "· 家里人数：{headcount}\n"
    "我们不登记姓名、电话和证件号。要全部删掉，回“删除”。"
)
NOT_REGISTERED = "没有登记"
SUBSCRIBED = "接收"
UNSUBSCRIBED = "已退订"
CONFIRM_DELETION = "要删掉您登记的社区、人数，并断开您和问过的事的联系吗？没办完的事就没法再告诉您结果了。\n确定删，回“确认删除”；不删，回“取消”。"
DELETED = (
    "删好了（{day}）：人数登记{headcounts}条，问过的事{inquiries}件已断开联系。以后再来，就当您是新朋友。"
)
# Added for whoever had opted out: whom we forget, we cannot leave out.
CONFIRM_FORGETTING_OPT_OUT = (
    "\n您退订过通知。删了，我就不记得您退订过：以后再来登记社区，会再收到通知；不想收，到时再回“退订”。"
)
FORGOT_OPT_OUT = "您退订过也不记得了：再来登记社区后不想收通知，请再回“退订”。"

# --- a person, please -----------------------------------------------------------------------------------------------------

PERSON = "好的。请把想说的事写成一句话发来，我交给工作人员，回复会发到这里。\n等不及请打{hotline}，或找{community}。不留话了回“取消”。"
WORD_LEFT = "收到，已经交给工作人员，编号 {number}。有了答复会告诉您；急事请打{hotline}。"

# --- what is no text --------------------------------------------------------------------------------------------------------

READING_PICTURE = "正在看图，请稍等，看完马上回您。"
UNREADABLE_PICTURE = "这张图里的字我没看清。请把图上的话打成文字发来。"
NO_PICTURES = "图片我还看不了。请把图上的话打成文字发来。"
UNSUPPORTED: Mapping[str, str] = MappingProxyType(
    {
        "voice": "这段语音没听清。请再慢慢说一遍，或者打字发来。",
        "video": "视频我看不了。请用一句话说说里面讲了什么，我来帮您核实。",
        "shortvideo": "视频我看不了。请用一句话说说里面讲了什么，我来帮您核实。",
        "location": "收到位置，但我按村和社区回答。请回“我的社区”，告诉我您在哪个村、哪个社区。",
        "link": "链接我打不开。请把标题或主要的话打成文字发来，我来帮您核实。",
        "file": "文件我打不开。请把主要的话打成文字发来。",
        "unsupported": "这种消息我还看不懂。请打字发来，一句话就行。",
        "text": "没收到文字。想问什么，直接打字发来。",
    }
)

# --- grid workers -----------------------------------------------------------------------------------------------------------

WORKER_BOUND = "绑定好了：{community}{grid}网格员。有要转发的内容会发给您；转好了回“已转发”，有困难回“发不了”加原因。回“任务”随时看。"
WRONG_BIND_CODE = "这个绑定码不对，或者已经用过。请核对后再发，或向乡镇（街道）要新的。"
NOT_A_WORKER = "您的微信现在没有绑定网格员（没绑过，或者离任后已解绑），没有派给您的转发任务。要是还在当网格员，向乡镇（街道）要绑定码，回“绑定”加上那8位码；绑好了，回“任务”看要转发的内容。"
ALREADY_WORKER = "您已经绑定为{community}{grid}网格员。"
NO_TASKS = "现在没有要转发的任务，辛苦了。"
TASKS = "您有{count}条要转发：\n{lines}\n回“任务”加编号看全文；转好了回“已转发”加编号；有困难回“发不了”加编号和原因。"
TASK_LINE = "{number}. {title} → {group}"
TASK_INTRO = "【任务{number}】下一条就是要转的话，请原样转到“{group}”。转好回“已转发 {number}”；有困难回“发不了 {number} 原因”。"
RELAYED = "收到，任务{number}已记为转发（{time}）。谢谢，辛苦了。"
RELAYED_ALL = "收到，{count}条任务都已记为转发（{time}）。谢谢，辛苦了。"
CANNOT_RELAY = "知道了，任务{number}记为“没法转发：{reason}”，乡镇（街道）会来帮忙。"
RELAY_LATER = "好的，不急。转好了回“已转发”，有困难回“发不了”加原因；回“任务”再看要转的话。"
CANNOT_RELAY_WHY = "知道了，任务{number}记为没法转发。为啥转不了？回“发不了 {number}”加一句原因，乡镇（街道）好来帮忙。后来转成了，回“已转发 {number}”。"
RELAYED_BEFORE = "任务{number}前面已记为转发，这里改不了。要是没转成，请告诉乡镇（街道）。"
NO_REASON = "没说原因"
CARRIER_LEFT = "原网格员已离任"
HELP_FOR_WORKERS = "您是网格员，这些是您专用的：\n· 任务：看要转的话，加编号看全文\n· 已转发：加编号，可以写几个，比如“已转发 2,3”；全转了回“全部已转发”\n· 发不了：加编号和原因\n· 记谣言：后面写听到的话\n· 解绑：不当网格员了怎么办\n\n"
STILL_BOUND = "您现在还绑定着{community}{grid}网格员，回这句话不会改动。{owed}\n不干了、换人了，请告诉给您绑定码的乡镇（街道），由他们定谁来接；也可以回“人工”留话。\n想自己断开，回“删除”：您登记的社区、人数会一起删掉，删之前再问您一次。"
OWED_BEFORE_LEAVING = "手上还有{count}条没转，回“任务”看。"
COUNT_PASSED_ON = "各户通知、登记的总数，这里不登记，也不算转发任务的汇报。您的原话已转给工作人员，编号 {number}，有了答复会告诉您。\n报转发任务：转好了回“已转发”加编号，有困难回“发不了”加编号和原因；回“任务”看编号。"
RELAYED_AGAIN = "任务{number}前面已记为转发，这次没有再记。"
NUMBERS_UNCLEAR = "没看准“{said}”是哪几条，这次一条都没记。转好的、发不了的请分开报，编号一个个写出来，比如“已转发 {example}”。{owed}"
STILL_OWED = "\n您没转的有{count}条：\n{lines}"
WHICH_TASK = (
    "您有{count}条任务没转，是哪一条？请回“已转发”加编号（可以写几个），全都转了回“全部已转发”：\n{lines}"
)
NO_SUCH_TASK = "没有编号 {number} 的任务。回“任务”看还有哪些。"
OWN_GROUP = "本村（社区）群"
RELAY_REMINDER = "辛苦了，提醒一下：还有{count}条没转：\n{lines}\n回“任务”加编号看全文；转好了回“已转发”加编号；有困难回“发不了”加编号和原因。"
