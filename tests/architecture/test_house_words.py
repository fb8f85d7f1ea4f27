"""How we write: one word for one thing, British spelling, and nothing that belongs to one person or one machine."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, committed, expect_none, sources


def test_no_string_looks_like_an_openid() -> None:
    openid = re.compile(r"(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])")
    seen = (
        f"{one.path}:{node.lineno}"
        for one in sources()
        for node in one.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and openid.search(node.value)
    )
    expect_none(seen, "an openid lies in the vault and nowhere else")


AMERICAN = re.compile(
    r"rumor|neighbor|color|behavior|favor|honor|labor|center(?!ed)|gray|canceled|canceling|labeled|traveled"
    r"|organiz|recogniz|normaliz|summariz|analyz|initializ|serializ|authoriz|minimiz|optimiz|prioritiz",
    re.IGNORECASE,
)


def test_identifiers_are_spelt_the_british_way() -> None:
    spelt = (
        f"{one.path}:{line}: {name}"
        for one in sources()
        for line, name in _defined(one)
        if AMERICAN.search(name)
    )
    expect_none(spelt, "rumour, neighbourhood, normalise; names of others' libraries are theirs")


def _defined(source: Source) -> Iterator[tuple[int, str]]:
    """What we name ourselves: functions, classes, parameters, variables; not what others' libraries are called."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_prose_is_spelt_the_british_way() -> None:
    spelt = (
        f"{one.path}:{line}: {found.group()}"
        for one in sources()
        for line, words in one.prose()
        if (found := AMERICAN.search(_without_code(words)))
    )
    expect_none(spelt, "rumour, neighbourhood, normalise; put others' names in `backticks`")


def _without_code(words: str) -> str:
    return re.sub(r"`[^`]*`|\"[^\"]*\"|\b\w+[._]\w+\b", "", words)


# Here the platform's own words are spoken: its "user" is our follower or member.
PLATFORM_SIDE = ("bot/wechat/", "bot/wecom/", "bot/demo/")
OTHER_WORDS = {
    r"\bcitizens?\b": "resident",
    r"\busers?\b": "resident, or staff member",
    r"\bfaqs?\b": "article",
    r"\bfake news\b": "rumour, report or claim",
    r"\bnewsletters?\b": "broadcast",
    r"\bvillage committees?\b": "community",
    r"\bemployees?\b": "staff member",
}


@pytest.mark.parametrize(("word", "ours"), OTHER_WORDS.items(), ids=OTHER_WORDS.values())
def test_one_word_for_one_thing(word: str, ours: str) -> None:
    other = re.compile(word, re.IGNORECASE)
    said = (
        f"{one.path}:{line}: {found.group()}"
        for one in sources()
        for line, words in one.prose()
        if not one.path.startswith(PLATFORM_SIDE) and (found := other.search(_without_code(words)))
    )
    expect_none(said, f"docs/glossary.md calls it {ours}")


@pytest.mark.parametrize(
    ("what", "pattern", "mend"),
    [
        (
            "a path of one machine",
            r"(?<![\w.])/(?:work|tmp|home|root|Users)/\w",
            "make it relative, or an argument",
        ),
        (
            "a package registry",
            r"pypi\.org|pythonhosted\.org|--(?:extra-)?index-url[ =]",
            "pip is configured outside",
        ),
    ],
    ids=["a machine's path", "a registry"],
)
def test_nothing_committed_names(what: str, pattern: str, mend: str) -> None:
    named = re.compile(pattern)
    places = (
        f"{path}:{number}: {what}"
        for path, text in committed()
        for number, line in enumerate(text.splitlines(), start=1)
        if named.search(line)
    )
    expect_none(places, mend)
