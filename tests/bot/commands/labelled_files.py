"""Small labelled files of every kind, and the commands that evaluate them."""

import json
from pathlib import Path

FILES: dict[str, list[dict[str, object]]] = {
    "articles": [
        {
            "id": "testing",
            "question": "在哪里做核酸检测",
            "answer": "在村口。",
            "phrasings": ["核酸检测点在什么地方"],
        },
        {"id": "school", "question": "学校几时开学", "answer": "另行通知。"},
    ],
    "queries": [
        {"text": "请问在哪里做核酸检测", "relevant": ["testing"]},
        {"text": "猪肉多少钱一斤", "relevant": []},
        {"text": "学校啥时候开学"},
    ],
    "claims": [{"id": "wine", "text": "喝高度白酒能杀死病毒", "verdict": "false", "explanation": "不能。"}],
    "messages": [
        {"text": "听说喝高度白酒能杀死病毒，是真的吗", "claims": ["wine"], "rumour": True},
        {"text": "你好", "claims": [], "rumour": False},
        {"text": "明天天气咋样", "rumour": None},
    ],
    "lines": [{"text": "在哪里做核酸", "intent": "question"}, {"text": "谢谢你"}],
    "replies": [
        {"text": "我家5口人", "kind": "count", "total": 5},
        {"text": "核酸几点做", "kind": "other"},
    ],
}
CALLS = {
    "answers": (("--articles", "articles"), ("--queries", "queries")),
    "rumours": (("--claims", "claims"), ("--messages", "messages")),
    "routing": (("--messages", "lines"),),
    "headcounts": (("--replies", "replies"),),
}


def write_labelled_files(folder: Path) -> Path:
    for name, objects in FILES.items():
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def words(kind: str) -> list[str]:
    return ["evaluate", kind, *(word for option, name in CALLS[kind] for word in (option, f"{name}.jsonl"))]
