"""What the architecture tests read: our own files, parsed once, and how a breach is told."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "knowledge", "broadcasts")
PURE = ("knowledge/", "broadcasts/", "bot/households/")


@dataclass(frozen=True)
class Source:
    """One Python file, read and parsed once."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def is_pure(self) -> bool:
        return self.path.startswith(PURE)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree; walking it once serves all rules."""
        return tuple(ast.walk(self.tree))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and module of every import, those inside functions too."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.lineno, node.module

    def prose(self) -> Iterator[tuple[int, str]]:
        """Line and text of every docstring and comment."""
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        for node in self.nodes:
            if isinstance(node, documented) and (docstring := ast.get_docstring(node)):
                yield getattr(node, "lineno", 1), docstring
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)


@lru_cache(maxsize=1)
def suite() -> tuple[Source, ...]:
    paths = sorted((ROOT / "tests").rglob("*.py"))
    return tuple(Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)


def expect_none(breaches: Iterable[str], mend: str) -> None:
    found = sorted(breaches)
    assert not found, "\n".join([*found, f"→ {mend}"])


def dotted(node: ast.AST) -> str:
    """`datetime.now` for that expression; empty for anything that is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


FOLDERS = (*PACKAGES, "tests", "docs", "deploy", "benchmarks", "requirements", "typings", ".ci")
# Hashes and pictures: nobody writes them by hand.
UNREAD = re.compile(r".*\.npz|requirements/\w+\.txt|.*\.(?:png|jpg|ico|pyc|sqlite3)")


@lru_cache(maxsize=1)
def committed() -> tuple[tuple[str, str], ...]:
    """Path and text of every file we wrote; not what tools left behind."""
    paths = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".coverage")]
    paths += [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    named = ((path.relative_to(ROOT).as_posix(), path) for path in sorted(paths))
    return tuple((name, path.read_text("utf-8")) for name, path in named if not UNREAD.fullmatch(name))
