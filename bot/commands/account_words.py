"""What the lines of a sentence's account are called at the terminal."""

from collections.abc import Mapping
from types import MappingProxyType

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "sentence": "读作",
        "area": "所在地",
        "nowhere": "未知",
        "intent": "意图",
        "thresholds": "门槛",
        "in_force": "直接回答 {answer:.2f}（换了词 {reworded:.2f}），给选项 {choice:.2f}（最多 {offered}）；"
        "复述结论 {known:.2f}（普通提问 {known_asked:.2f}），请人看 {suspected:.2f}",
        "answers": "答案",
        "rumours": "说法",
        "decision": "判断",
        "answer": "直接回答 {article}",
        "choices": "给选项 {articles}",
        "unknown": "不知道，转给人",
        "expired": "只有过期的：{article}（{day} 止）",
        "needs_area": "要先问住在哪里",
        "known": "复述已公布的结论 {claim}【{verdict}】",
        "also": "另有 {claims}",
        "unchecked": "还说到没核实过的“{tales}”",
        "suspected": "请人看一看",
        "beside": "另外问到",
        "ordinary": "平常话",
        "likelihood": "像传言",
        "cues": "迹象",
        "cues_against": "另有迹象",
        "matched": "对上的话",
        "window": "句中一段",
        "shared": "都说到",
        "only_message": "只有来话",
        "only_known": "只有库里",
        "asked": "问的事",
        "differences": "不同之处",
        "reworded": "换了的词",
        "holds": "适用",
        "everywhere": "全市",
        "from": "{day} 起",
        "until": "到 {day} 为止",
        "always": "长期有效",
        "use": "怎么用",
        "given": "就用它",
        "offered": "问是不是它：{why}",
        "left": "没有用：{why}",
        "none": "（无）",
        "no_candidates": "没有一条沾边的",
    }
)
INTENTS: Mapping[str, str] = MappingProxyType(
    {
        "question": "提问",
        "rumour": "核实说法",
        "headcount": "报人数",
        "letter": "看倡议书",
        "customs": "红白事",
        "command": "指令",
        "crisis": "危急",
        "chat": "闲谈",
    }
)
