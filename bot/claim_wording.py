"""What residents and grid workers read around a claim that is looked into: that it is nearly another one, that we still look, what
changed, an objection to a verdict, a rumour logged.

For the clerk who reviews this file the same holds as for `bot.wording`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.difference_words import Speakers

# --- to whoever asked ---

SPEAKERS = Speakers(message="您", known="这条")

NEARLY = (
    "我们核实过一条和这很像的说法：\n“{claim}”\n可您说的换了或多了个词，不敢当成一回事。就是它，回 1 看核实结果；不是，回 2。\n\n"
    "您说的这条已经交给工作人员核实，编号 {number}，有结果会告诉您；没结果先别信，也先别转。"
)
UNPLACED = (
    "我们核实过一条和这很像的说法，说的是{place}：\n“{claim}”\n您没说是哪里，不敢当成一回事。就是它，回 1 看核实结果；不是，回 2。\n\n"
    "您说的这条已经交给工作人员核实，编号 {number}，有结果会告诉您；没结果先别信，也先别转。"
)
PERHAPS = (
    "这像是我们核实过的一条说法：\n“{claim}”\n说的就是它，回 1 看核实结果；不是，回 2。\n\n"
    "您说的这条已经交给工作人员核实，编号 {number}，有结果会告诉您；没结果先别信，也先别转。"
)
NOT_THAT_CLAIM = "明白了。您说的那条（编号 {number}）还在核实，有结果会告诉您；回“进度 {number}”可以查。"
IS_IT_THIS = (
    "您说的就是“{claim}”这一条吗？就是它，回 1 看核实结果；不是，回 2。\n"
    "拿不准也不要紧：您那条（编号 {number}）还在核实，有结果会告诉您；没结果先别信，也先别转。"
)
WHICH_CLAIM = (
    "真的假的，要看说的是哪一条。想看哪条的核实结果，请回它的数字；都不是，回“都不是”：\n{choices}\n"
    "您那条（编号 {number}）还在核实，有结果会告诉您；没结果先别信，也先别转。"
)
STILL_LOOKING = (
    "您前面发来的说法（编号 {number}）还在核实，真假现在不能说，有结果会告诉您；没结果先别信，也先别转。\n"
    "问的是别的说法，请把它原样发来。"
)
NOTED_BEFORE = (
    "这个说法您发来过，已经记下，编号 {number}，还在核实，不用再发。有结果会告诉您；没结果先别信，也先别转。"
)
UNCHECKED_TOO = "\n\n您还说到“{tale}”：这个还没有核实，先别信，也先别转。已经交给工作人员，编号 {number}，有结果会告诉您。"
UNCHECKED_NOT_KEPT = (
    "\n\n您还说到“{tale}”：这个还没有核实，先别信，也先别转。您今天发来的说法比较多，这个请明天再发来。"
)
BESIDE_ANSWERED = "\n\n————\n您还问到“{question}”：\n{answer}"
BESIDE_OFFERED = "\n\n————\n您还问到别的。{choices}"
BESIDE_LATER = "\n\n————\n您还问到别的事，请单独再发一句，我接着答。"
ONLY_THIS_CLAIM = (
    "\n核实的只是【】后面那一句，您话里别的不在内。说的不是这件事，回“不是这个”，我交给工作人员去核实。"
)
RELATED = "\n\n————\n和这件事有关的官方答复（不一定就是这一件）：\n{choices}\n想看，回数字。"
DOUBTED_TOO = "\n\n————\n“{question}”，官方是这样答的：\n{answer}"
CORRECTED = "更正：您问过的说法（编号 {number}），我们先前告诉您的有变动，以这次为准：\n{verdict}"
HOLDING = (
    "您问过的说法（编号 {number}）暂无法核实，还在查。下次查看时间：{moment}，有结果会告诉您。\n"
    "在这之前先别急着信，也先别转；着急请打{hotline}。"
)
WITHDRAWN = (
    "您问过的（编号 {number}），先前告诉您的核实结论我们已经收回，请不要再引用或转发。"
    "重新核实有结果会再告诉您；着急请打{hotline}。"
)
CLOSED_UNDECIDED = "您问过的说法（编号 {number}）看过了，不在我们能核实的范围，先办结。还有疑问请打{hotline}，或回“人工”给工作人员留话。"
REPORT_HELD = "暂无法核实，下次查看{moment}"

# --- an objection ---

THAT_CLAIM = "那条说法"
ASK_APPEAL = (
    "您对“{claim}”的核实结果有不同意见？请写成一句话发来：哪里不对，您知道的是什么。"
    "会请没经手过的人重新看。不写了回“取消”。"
)
APPEAL_OPENED = "收到，编号 {number}。会请没经手过的人重新核实，{day}前答复您；回“进度 {number}”可以查。"
NOTHING_TO_APPEAL = (
    "我这里没查到最近给过您核实结果。请先把那条说法原样发来；对别的事有意见，回“人工”留话，或打{hotline}。"
)
TOO_MANY_APPEALS = "您今天提的意见都收到了，正在看。明天还可以再提；着急请打{hotline}。"
APPEAL_DISMISSED = "您提的意见（编号 {number}）另请人重新核实过了，结论没有变：\n{answer}"
APPEAL_UPHELD = (
    "您提的意见（编号 {number}）另请人重新核实过了，您说得有道理，正在更正，更正后会再告诉您：\n{answer}"
)
APPEAL_STATES: Mapping[str, str] = MappingProxyType(
    {
        "open": "正在重新核实，{day}前答复",
        "upheld": "意见成立，已更正或正在更正",
        "dismissed": "重新核实过，结论不变",
    }
)

# --- a grid worker logs what is told ---

LOG_WHAT = "请连说法一起发，比如“记谣言 听说明天要封路”。只记说法，不要写是谁说的。"
LOG_WHERE = "记下了。在哪儿听到的？回数字：\n{choices}"
LOG_REACH = "传到多少人了？回数字：\n{choices}"
LOGGED = "登记好了，编号 {number}，已交给核查人员。只记说法，不记是谁说的。谢谢，辛苦了。"
HEARD_WHERE: Mapping[str, str] = MappingProxyType(
    {
        "official_account": "公众号",
        "wechat_group": "微信群",
        "short_video": "抖音、快手",
        "market": "集市、店里",
        "ceremony": "红白事上",
        "neighbours": "邻里之间",
        "telephone": "电话",
        "loudspeaker": "大喇叭",
        "other": "别的地方",
    }
)
HOW_MANY: Mapping[str, str] = MappingProxyType(
    {"only_me": "只听一个人说", "a_few": "几个人", "group": "一个群、半个村", "many_groups": "好多群都在传"}
)
