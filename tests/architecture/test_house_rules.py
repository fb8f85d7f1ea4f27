"""The house rules that a reviewer would otherwise have to remember; each breach is told with its place and its mend.

A rule that the code has outgrown is changed here on purpose, with a reason, never worked around.
"""

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, dotted, expect_none, sources, suite

LARGEST_MODULE = 300
LARGEST_TEST_MODULE = 400
MEDIAN_MODULE = 90
NINE_IN_TEN_FUNCTIONS = 30

# Where everything may be caught, and why. Anywhere else it would hide a mistake.
CATCH_ALL = {
    "bot/webhook.py": "the callback: a resident never sees an error",
    "bot/inbound.py": "the callback's worker thread: a crash becomes an apology and a figure",
    "bot/tasks.py": "the task wrapper: one bad piece of work must not stop the worker",
    "bot/cli.py": "the command line: a line on stderr instead of a traceback",
    "bot/demo/lanes.py": "a lane of the sandbox: what was raised is carried to whoever waits for the result",
}
# Where the machine's clock is read; everybody else is handed a clock or a moment.
CLOCK = {"bot/clock.py": "now_utc, the clock of a service that runs"}


def test_the_sources_are_found() -> None:
    assert {path.split("/")[0] for path in (source.path for source in sources())} == set(PACKAGES)


def test_no_module_is_longer_than_the_limit() -> None:
    long = (f"{one.path}:{one.lines}: lines" for one in sources() if one.lines > LARGEST_MODULE)
    expect_none(long, f"split it by its nouns; the limit is {LARGEST_MODULE} lines")


def test_half_of_the_modules_are_short() -> None:
    sizes = [one.lines for one in sources() if one.lines > 1]
    assert statistics.median(sizes) <= MEDIAN_MODULE, "modules grow: look for those with two nouns in them"


def test_nine_functions_in_ten_fit_on_half_a_screen() -> None:
    sizes = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for one in sources()
        for node in one.nodes
        if isinstance(node, ast.FunctionDef)
    ]
    assert statistics.quantiles(sizes, n=10)[-1] <= NINE_IN_TEN_FUNCTIONS, (
        "functions grow: one step of a story each"
    )


def test_no_test_module_is_longer_than_its_limit() -> None:
    long = (f"{one.path}:{one.lines}: lines" for one in suite() if one.lines > LARGEST_TEST_MODULE)
    expect_none(long, f"split it by behaviour; the limit is {LARGEST_TEST_MODULE} lines")


def test_every_module_is_named_after_a_noun_of_ours() -> None:
    vague = re.compile(
        r"(?:^|/)(?:util|helper|common|manager|service|base|core|misc|shared|lib|stuff)s?(?:\.py$|/)"
    )
    expect_none(
        (one.path for one in sources() if vague.search(one.path)), "name it after the one thing it knows"
    )


def test_every_module_says_what_it_is_for() -> None:
    silent = (
        f"{one.path}:1" for one in sources() if one.text.strip() and not (ast.get_docstring(one.tree) or "")
    )
    expect_none(silent, "begin with a docstring: one sentence, and why it is as it is")


def test_transactions_end_in_the_engine_alone() -> None:
    ended = (
        f"{one.path}:{call.lineno}: {call.func.attr}()"
        for one in sources()
        for call in one.calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"commit", "rollback"}
        and one.path != "bot/store/engine.py"
    )
    expect_none(
        ended, "flush; the entry point opens and ends the transaction (Database.transaction, .attempt)"
    )


def test_everything_is_caught_at_the_edges_alone() -> None:
    caught = (
        f"{one.path}:{handler.lineno}"
        for one in sources()
        for handler in one.nodes
        if isinstance(handler, ast.ExceptHandler) and _catches_all(handler) and one.path not in CATCH_ALL
    )
    expect_none(caught, f"catch what can happen there; only {', '.join(CATCH_ALL)} may catch everything")


def _catches_all(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(dotted(kind) in {"Exception", "BaseException"} for kind in kinds)


def test_the_clock_is_an_argument() -> None:
    readings = re.compile(r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today)$")
    read = (
        f"{one.path}:{call.lineno}: {dotted(call.func)}()"
        for one in sources()
        for call in one.calls()
        if readings.search(dotted(call.func)) and one.path not in CLOCK
    )
    expect_none(read, "take `now` or `clock` as an argument; bot.clock is the one that reads it")


def test_pure_packages_read_no_clock() -> None:
    read = (
        f"{one.path}:{call.lineno}: {dotted(call.func)}()"
        for one in sources()
        for call in one.calls()
        if one.is_pure
        and dotted(call.func) in {"time.time", "time.monotonic", "time.sleep", "time.localtime"}
    )
    expect_none(read, "take the moment as an argument (perf_counter is fine where time itself is measured)")


def test_pure_packages_make_no_chance_and_touch_no_world() -> None:
    world = {
        "random",
        "secrets",
        "uuid",
        "socket",
        "subprocess",
        "urllib",
        "http",
        "asyncio",
        "multiprocessing",
    }
    touched = (
        f"{one.path}:{line}: import {module}"
        for one in sources()
        for line, module in one.imports()
        if one.is_pure and module.split(".")[0] in world
    )
    expect_none(touched, "pass the value in, or move the code to bot/")


def test_settings_alone_read_the_environment() -> None:
    read = (
        f"{one.path}:{node.lineno}"
        for one in sources()
        for node in one.nodes
        if isinstance(node, ast.Attribute)
        and dotted(node) in {"os.environ", "os.getenv"}
        and one.path != "bot/configuration.py"
    )
    expect_none(read, "make it a setting (bot/settings.py); bot/configuration.py overlays the environment")


def test_nothing_prints() -> None:
    printed = (
        f"{one.path}:{call.lineno}"
        for one in sources()
        for call in one.calls()
        if dotted(call.func) == "print"
    )
    expect_none(printed, "log it, or click.echo it in a command")


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    left = (
        f"{one.path}:{line}: {words.strip()[:60]}"
        for one in sources()
        for line, words in one.prose()
        if later.search(words)
    )
    expect_none(left, "do it, or open an issue and leave no note here")


@pytest.mark.parametrize(
    ("library", "home"),
    [("sqlalchemy", ("bot/store/",)), ("wechatpy", ("bot/wechat/", "bot/wecom/"))],
)
def test_a_quarantined_library_stays_in_its_package(library: str, home: tuple[str, ...]) -> None:
    escaped = (
        f"{one.path}:{line}: import {module}"
        for one in sources()
        for line, module in one.imports()
        if module.split(".")[0] == library and not one.path.startswith(home)
    )
    expect_none(escaped, f"{library} is known under {' and '.join(home)} only")


def test_rows_stay_inside_the_store() -> None:
    escaped = (
        f"{one.path}:{line}: import {module}"
        for one in sources()
        for line, module in one.imports()
        if module.startswith("bot.store.tables") and not one.path.startswith("bot/store/")
    )
    expect_none(escaped, "return a frozen dataclass from the store; a row never leaves it")


def test_every_handler_is_registered_once_and_the_fallback_is_last() -> None:
    registry = next(one for one in sources() if one.path == "bot/handlers/registry.py")
    listed = next(node.value for node in registry.tree.body if isinstance(node, ast.AnnAssign))
    registered = [dotted(name) for name in listed.elts] if isinstance(listed, ast.Tuple) else []
    assert sorted(registered) == sorted(_handlers()), "one module is one line in bot/handlers/registry.py"
    assert registered[-1] == "fallback", "fallback always matches, so nothing may stand after it"


def test_a_handler_is_called_what_its_module_is_called() -> None:
    wrong = (
        f"bot/handlers/{module}.py: NAME = {name!r}" for module, name in _handlers().items() if name != module
    )
    expect_none(wrong, "metrics and logs name a handler by its module")


def _handlers() -> dict[str, str]:
    """The modules that are handlers, with their NAME."""
    found = {}
    for one in sources():
        functions = {node.name for node in one.tree.body if isinstance(node, ast.FunctionDef)}
        if one.path.startswith("bot/handlers/") and {"matches", "handle"} <= functions:
            found[Path(one.path).stem] = _constant(one.tree, "NAME")
    return found


def _constant(tree: ast.Module, name: str) -> str:
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and dotted(node.targets[0]) == name
        ):
            return str(node.value.value)
    return ""


def test_handlers_never_send() -> None:
    senders = ("bot.senders", "bot.wechat", "bot.wecom", "bot.platforms", "requests", "huey")
    reaching = (
        f"{one.path}:{line}: import {module}"
        for one in sources()
        for line, module in one.imports()
        if one.path.startswith("bot/handlers/") and module.startswith(senders)
    )
    expect_none(reaching, "return a Reply, or queue a row in the outbox; a worker sends")


def test_no_log_line_carries_a_person_or_their_words() -> None:
    private = {
        "openid",
        "text",
        "words",
        "body",
        "content",
        "payload",
        "reply",
        "token",
        "secret",
        "key",
        "phone",
    }
    levels = {"debug", "info", "warning", "error", "critical", "exception"}
    told = (
        f"{one.path}:{call.lineno}: {keyword.arg}="
        for one in sources()
        for call in one.calls()
        if dotted(call.func) in {f"log.{level}" for level in levels}
        for keyword in call.keywords
        if keyword.arg in private
    )
    expect_none(told, "log our own number of it (inbox_id, number), never what it says or whose it is")


def test_every_log_event_has_a_fixed_name() -> None:
    levels = ("log.debug", "log.info", "log.warning", "log.error", "log.critical", "log.exception")
    made_up = (
        f"{one.path}:{call.lineno}"
        for one in sources()
        for call in one.calls()
        if dotted(call.func) in levels and not (call.args and _is_fixed(call.args[0]))
    )
    expect_none(
        made_up, "the event is a constant, what varies are fields: a sentence would carry a resident's words"
    )


def _is_fixed(event: ast.expr) -> bool:
    """A word, or one of two words."""
    if isinstance(event, ast.IfExp):
        return _is_fixed(event.body) and _is_fixed(event.orelse)
    return isinstance(event, ast.Constant) and isinstance(event.value, str)


def test_no_suppression_without_a_reason() -> None:
    bare = re.compile(
        r"#\s*(?:noqa(?!: [A-Z0-9, ]+(?:-|#) \S)|type: ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\]\s+# \S))"
    )
    silent = (
        f"{one.path}:{line}"
        for one in sources()
        for line, words in one.prose()
        if words.startswith("#") and bare.search(words)
    )
    expect_none(silent, "# noqa: RULE - why it does not hold here")


def test_nothing_is_passed_through_unnamed() -> None:
    passed = (
        f"{one.path}:{node.lineno}: **{node.args.kwarg.arg}"
        for one in sources()
        for node in one.nodes
        if isinstance(node, ast.FunctionDef) and node.args.kwarg and node.args.kwarg.arg == "kwargs"
    )
    expect_none(passed, "name the parameters; a reader cannot see what **kwargs may hold")


def test_modules_keep_no_state() -> None:
    kept = (
        f"{one.path}:{node.lineno}" for one in sources() for node in one.nodes if isinstance(node, ast.Global)
    )
    expect_none(kept, "what is built once belongs to the Runtime and is passed down")


def test_each_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    expect_none(
        (folder.relative_to(ROOT).as_posix() for folder in folders if not (folder / "__init__.py").exists()),
        "add an empty __init__.py: file names may repeat across folders then",
    )
