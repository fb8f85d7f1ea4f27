"""Where a long text is cut."""

import pytest

from bot.wechat.limits import TEXT_LIMIT
from bot.wechat.splitting import split_text


def test_a_short_text_is_one_part() -> None:
    assert split_text("好") == ("好",)


def test_no_text_has_no_parts() -> None:
    assert split_text("") == ()


def test_a_text_of_just_the_limit_is_one_part() -> None:
    body = "字" * 682
    assert split_text(body + "ab") == (body + "ab",)
    assert len((body + "ab").encode()) == TEXT_LIMIT


@pytest.mark.parametrize(
    ("body", "limit", "parts"),
    [
        ("一二。三四。五六。", 20, ("一二。三四。", "五六。")),
        ("真的！假的？算了；好\n", 21, ("真的！假的？", "算了；好\n")),
        ("他说“好。”然后走了", 18, ("他说“好。”", "然后走了")),
        ("Stay home! Call now? ok", 12, ("Stay home!", " Call now?", " ok")),
        ("没有句号，只有逗号，就这样", 30, ("没有句号，只有逗号，", "就这样")),
        ("请拨打热线电话12345咨询", 24, ("请拨打热线电话", "12345咨询")),
        ("气温是3.5度", 11, ("气温是", "3.5度")),
        ("今天共有二十三人", 19, ("今天共有", "二十三人")),
        ("降了10%多", 8, ("降了", "10%多")),
        ("看https://x.cn/a?b=1吧", 20, ("看", "https://x.cn/a?b=1", "吧")),
        ("一家👨‍👩‍👧好", 20, ("一家", "👨‍👩‍👧", "好")),
        ("数字1️⃣好", 9, ("数字", "1️⃣", "好")),
        ("竖👍🏽好", 10, ("竖", "👍🏽", "好")),
        ("国🇨🇳🇨🇳", 12, ("国🇨🇳", "🇨🇳")),
        ("e\u0301e\u0301e\u0301", 7, ("e\u0301e\u0301", "e\u0301")),
    ],
)
def test_it_is_cut_where_a_reader_would_pause(body: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split_text(body, limit=limit) == parts


def test_a_word_longer_than_a_part_is_cut_between_characters() -> None:
    assert split_text("a" * 10, limit=4) == ("aaaa", "aaaa", "aa")


def test_an_emoji_longer_than_a_part_still_keeps_each_character_whole() -> None:
    family = "👨‍👩‍👧"
    parts = split_text(family, limit=8)
    assert "".join(parts) == family
    assert all(len(part.encode()) <= 8 for part in parts)


def test_a_limit_shorter_than_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="4 bytes"):
        split_text("字", limit=3)
