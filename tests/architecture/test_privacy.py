"""Reports and households are never read together: no module of the store knows both."""

import ast

from tests.architecture.sources import dotted, expect_none, sources

SAID = frozenset({"ReportRow", "QuestionRow", "SightingRow", "QuestionGroupRow", "AppealRow"})
COUNTED = frozenset({"HeadcountRow", "HouseholdRow", "HeadcountDriveRow", "NoticeRow"})
# The list of all tables.
LISTS = frozenset({"bot/store/tables/__init__.py"})


def test_no_module_reads_reports_and_headcounts_together() -> None:
    joined = []
    for source in sources():
        named = {dotted(node) for node in source.nodes if isinstance(node, ast.Name)}
        if named & SAID and named & COUNTED and source.path not in LISTS:
            joined.append(source.path)

    expect_none(joined, "what somebody asked is never joined with what their household answered: two modules")
