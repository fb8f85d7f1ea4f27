"""The documents are held to the code: what they name exists, and what exists is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.cli import COMMANDS
from bot.jobs import JOBS
from bot.settings import Section, Settings
from tests.architecture.sources import PACKAGES, ROOT, committed, expect_none, sources

READMES = ("README.md", "README.zh-CN.md")
HANDBOOK = (*READMES, "docs/operations.md")
# Named as missing; whoever adds one takes it out of here and of the README's status.
NOT_THERE_YET: tuple[str, ...] = ()
# Where a path in a document may begin.
BEGINNINGS = (".", "bot", "docs", "knowledge")


@dataclass(frozen=True, slots=True)
class Page:
    """One document."""

    path: str
    text: str

    @property
    def folder(self) -> Path:
        return (ROOT / self.path).parent

    @property
    def prose(self) -> str:
        """The text without its blocks of code."""
        return re.sub(r"^```.*?^```", "", self.text, flags=re.MULTILINE | re.DOTALL)

    @property
    def anchors(self) -> frozenset[str]:
        """What a link may point to, as GitHub makes it from headings."""
        headings = re.findall(r"^#+ +(.+?) *$", self.prose, flags=re.MULTILINE)
        return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)

    def code(self) -> Iterator[str]:
        """Its blocks of code, and everything in `backticks`."""
        yield from re.findall(r"^```\w*\n(.*?)^```", self.text, flags=re.MULTILINE | re.DOTALL)
        yield from (words for _, words in self.quoted())

    def quoted(self) -> Iterator[tuple[int, str]]:
        """Line and text of everything in `backticks`."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            yield from ((number, words) for words in re.findall(r"`([^`]+)`", line))


@lru_cache(maxsize=1)
def pages() -> tuple[Page, ...]:
    return tuple(Page(path, text) for path, text in committed() if path.endswith(".md"))


def page(path: str) -> Page:
    return next(one for one in pages() if one.path == path)


def adrs() -> list[Page]:
    return [one for one in pages() if one.path.startswith("docs/adr/")]


@pytest.mark.parametrize("path", HANDBOOK)
def test_every_command_is_documented(path: str) -> None:
    text = page(path).text
    missing = (f"{path}: dingxin {one.words}" for one in COMMANDS if f"`dingxin {one.words}" not in text)
    expect_none(missing, "add it to the table of commands")


def test_every_documented_command_exists() -> None:
    known = {f"dingxin {one.words}" for one in COMMANDS}
    groups = {command.rsplit(" ", 1)[0] for command in known if command.count(" ") > 1}
    made_up = (
        f"{one.path}:{line}: {words}"
        for one in pages()
        for line, words in one.quoted()
        if words.startswith("dingxin ")
        and not words.startswith((*known, *NOT_THERE_YET))
        and words not in groups
    )
    expect_none(made_up, "correct the document, or list the command in bot/cli.py")


def test_what_is_said_to_be_missing_is_missing() -> None:
    known = {f"dingxin {one.words}" for one in COMMANDS}
    expect_none((name for name in NOT_THERE_YET if name in known), "it exists now: say so in both READMEs")


@pytest.mark.parametrize("path", HANDBOOK)
def test_every_section_of_the_configuration_is_documented(path: str) -> None:
    text = page(path).text
    missing = (f"{path}: [{section}]" for section in Settings.model_fields if f"`[{section}]" not in text)
    expect_none(missing, "add it under Configuration")


def test_every_documented_setting_exists() -> None:
    setting = re.compile(r"\[(\w+)\] (\w+)")
    made_up = (
        f"{one.path}:{line}: {words}"
        for one in pages()
        for line, words in one.quoted()
        if (named := setting.match(words)) and not _is_setting(named[1], named[2])
    )
    expect_none(made_up, "name a key of bot/settings.py")


def _is_setting(section: str, key: str) -> bool:
    field = Settings.model_fields.get(section)
    kind = field.annotation if field else None
    return isinstance(kind, type) and issubclass(kind, Section) and key in kind.model_fields


def test_every_link_leads_somewhere() -> None:
    link = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
    broken = (
        f"{one.path}: {target}"
        for one in pages()
        for target in link.findall(one.prose)
        if not target.startswith(("https://", "http://", "mailto:")) and not _leads(one, unquote(target))
    )
    expect_none(broken, "mend the link, or make the file")


def _leads(source: Page, target: str) -> bool:
    path, _, anchor = target.partition("#")
    place = (source.folder / path).resolve() if path else ROOT / source.path
    if not place.exists():
        return False
    if not anchor:
        return True
    return anchor in page(place.relative_to(ROOT).as_posix()).anchors


def test_every_path_in_a_document_exists() -> None:
    looks_like_one = re.compile(r"(?:[\w.-]+/)+(?:[\w.*-]+\.\w+)?|[\w-]+\.(?:toml|example\.toml)")
    gone = (
        f"{one.path}:{line}: {words}"
        for one in pages()
        for line, words in one.quoted()
        if looks_like_one.fullmatch(words) and not _is_there(words) and words not in MADE_BY_OTHERS
    )
    expect_none(gone, "the file moved or never was; name the one that is")


# The operator's own files, and the files of seeds and lexicon, which are named without their folder.
MADE_BY_OTHERS = frozenset({"config.toml", "deploy/dingxin.env", "contrasts.toml"})


def _is_there(words: str) -> bool:
    return any(any((ROOT / beginning).glob(words.rstrip("/"))) for beginning in BEGINNINGS)


def test_every_name_in_a_document_is_in_the_code() -> None:
    identifier = re.compile(r"[a-z]+(?:_[a-z0-9]+)+|(?:[A-Z][a-z]+){2,}")
    code = "\n".join(
        text for path, text in committed() if not path.endswith(".md") and "tests/architecture" not in path
    )
    known = frozenset(re.findall(r"\w+", code))
    unknown = (
        f"{one.path}:{line}: {name}"
        for one in pages()
        for line, words in one.quoted()
        for name in identifier.findall(words)
        if re.search(rf"(?<![\w./<]){name}(?![\w/>])", words) and name not in known
    )
    expect_none(unknown, "it was renamed, or belongs to somebody else: then write it without backticks")


def test_every_term_of_the_glossary_is_in_the_code() -> None:
    code = "\n".join(source.text for source in sources())
    rows = (line.split("|") for line in page("docs/glossary.md").text.splitlines() if line.startswith("| "))
    terms = (name for cells in rows if len(cells) > 4 for name in re.findall(r"`([A-Z]\w+)`", cells[3]))
    gone = (
        term for term in terms if not re.search(rf"^\s*(?:class {term}\b|{term}\b.*=)", code, re.MULTILINE)
    )
    expect_none(gone, "it was renamed: one term per thing, in docs/glossary.md too")


def test_every_make_target_in_a_document_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(VENV)", ".venv")
    targets = frozenset(re.findall(r"^([\w./-]+):", makefile, flags=re.MULTILINE))
    made_up = (
        f"{one.path}: make {target}"
        for one in pages()
        for target in re.findall(r"(?:^|`)make ([\w./-]+)", "\n".join(one.code()), flags=re.MULTILINE)
        if target not in targets
    )
    expect_none(made_up, "name a target of the Makefile")


def test_every_module_has_its_sentence_in_the_architecture() -> None:
    text = page("docs/architecture.md").text
    modules = (path for package in PACKAGES for path in sorted((ROOT / package).glob("*.py")))
    missing = (
        path.relative_to(ROOT).as_posix()
        for path in modules
        if path.name != "__init__.py" and f"`{path.name}`" not in text
    )
    expect_none(missing, "say in docs/architecture.md, 'Which module knows what', what it is for")


def test_every_package_has_its_row_in_the_architecture() -> None:
    text = page("docs/architecture.md").text
    packages = (path.parent for path in sorted((ROOT / "bot").glob("*/__init__.py")))
    missing = (path.name for path in packages if f"`bot/{path.name}/`" not in text)
    expect_none(missing, "add its row to 'The house' in docs/architecture.md")


def test_every_job_is_in_the_architecture() -> None:
    text = page("docs/architecture.md").text
    expect_none(
        (job.name for job in JOBS if f"| `{job.name}` |" not in text),
        "add its row to the scheduler's jobs in docs/architecture.md",
    )


def test_every_layer_drawn_is_the_contract() -> None:
    contract = (ROOT / ".importlinter").read_text("utf-8").split("name = Calls go down inside the shell")[1]
    layers = contract.split("layers =")[1].split("\n\n")[0]
    drawn = next(
        block for block in re.findall(r"```\n(.*?)```", page("docs/architecture.md").text, re.DOTALL)
    )
    assert _names(layers) == _names(drawn), (
        "draw the layers in docs/architecture.md as .importlinter has them"
    )


def _names(layers: str) -> list[list[str]]:
    """Layer by layer, the modules in it."""
    return [sorted(re.findall(r"\w+", line)) for line in layers.strip().splitlines()]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(Path(one.path).name[:4]) for one in adrs()]
    assert numbers == list(range(1, len(numbers) + 1)), (
        "a decision keeps its number; the next one takes the next"
    )


def test_every_decision_has_its_three_parts() -> None:
    parts = ["## Context", "## Decision", "## Consequences"]
    incomplete = (
        one.path
        for one in adrs()
        if re.findall(r"^## .+$", one.text, flags=re.MULTILINE) != parts
        or not one.text.startswith(f"# {Path(one.path).name[:4]} ")
    )
    expect_none(incomplete, "'# NNNN Title', then Context, Decision, Consequences, in this order")


def test_every_decision_is_listed() -> None:
    text = page("docs/architecture.md").text
    expect_none(
        (one.path for one in adrs() if f"](adr/{Path(one.path).name})" not in text),
        "add it to Decisions in docs/architecture.md",
    )


def test_both_readmes_show_the_same_pictures() -> None:
    pictures = [re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page(path).text) for path in READMES]
    assert pictures[0] == pictures[1], "a picture belongs into both languages"
