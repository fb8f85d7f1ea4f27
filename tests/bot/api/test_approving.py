"""What an administrator may not do, no token does that an administrator can make for a colleague.

Every step of every route is taken by an administrator's token, then by an approver's that may read and write: where the
first is turned away for its role, the second is for its scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.access import GRANTED, Permission, Role
from bot.api import article_transitions, claim_transitions
from bot.api.blueprint import ROUTES
from bot.office.tokens import APPROVALS, RESOURCES, Access
from bot.runtime import Runtime
from bot.store.claim_files import open_claim
from knowledge.article_life import ArticleState
from knowledge.review import WorkState
from knowledge.verdict_text import fingerprint
from tests.bot.api.caller import Caller, Systems
from tests.bot.api.test_claims import FINDING
from tests.bot.office import articles as desk_articles
from tests.bot.office import claims as desk_claims

WRITING = ("read", "write")
CLAIM_STEPS: Mapping[str, Mapping[str, object]] = {
    "triage": {"harm": "minor"},
    "set_risk": {"risk": "low", "reason": "示例"},
    "take_up": {},
    "assign": {"name": "reviewer"},
    "draft": {"finding": FINDING, "note": "示例"},
    "submit": {"fingerprint": fingerprint(desk_claims.FINDING)},
    "approve": {"fingerprint": fingerprint(desk_claims.FINDING)},
    "send_back": {"reason": "示例"},
    "publish": {"fingerprint": fingerprint(desk_claims.FINDING)},
    "close": {"reason": "示例"},
    "set_aside": {"reason": "示例"},
    "reopen": {"reason": "示例"},
    "merge": {"into": "none"},
}
ARTICLE_STEPS: Mapping[str, Mapping[str, object]] = {
    "submit": {"fingerprint": "0" * 64},
    "publish": {"fingerprint": "0" * 64},
    "send_back": {"reason": "示例"},
    "restore": {"number": 1},
    "give": {"name": "editor"},
    "drop": {"reason": "示例"},
    "withdraw": {"reason": "示例"},
}


@dataclass(frozen=True)
class Trio:
    """Tokens of an administrator, and of an approver: one that may write, one that may approve, too."""

    administrator: Caller
    writing: Caller
    approving: Caller

    def turned_away(self, path: str, body: Mapping[str, object]) -> bool:
        """Whether the administrator is, for the role; then the writing token must be, too, and the approving one not."""
        refused = self.administrator.post(path, body)
        if refused.status_code != 403:
            return False
        assert refused.get_json(force=True)["code"] == "forbidden"
        answer = self.writing.post(path, body)
        assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "insufficient_scope"), body
        assert "insufficient_scope" in answer.headers["WWW-Authenticate"]
        assert self.approving.post(path, body).status_code != 403
        return True


@pytest.fixture
def trio(systems: Systems) -> Trio:
    return Trio(
        systems.of("administrator", scopes=WRITING),
        systems.of("approver", scopes=WRITING),
        systems.of("approver"),
    )


def a_claim(runtime: Runtime, state: WorkState, step: str) -> str:
    with runtime.database.transaction() as session:
        claim_id = open_claim(
            session,
            f"{state}-{step}".replace("_", "-"),
            text=desk_claims.FINDING.text,
            area_code="",
            now=runtime.clock(),
        )
    if state is WorkState.PUBLISHED:
        desk_claims.published(runtime, claim_id)
    else:
        desk_claims.written(runtime, claim_id)
    return claim_id


def an_article(runtime: Runtime, state: ArticleState) -> str:
    article_id = desk_articles.drafted(runtime)
    if state is ArticleState.PUBLISHED:
        desk_articles.approved(runtime, article_id)
    else:
        desk_articles.submitted(runtime, article_id)
    return article_id


@pytest.mark.parametrize(
    ("state", "expected"),
    [(WorkState.DRAFTED, {"approve"}), (WorkState.PUBLISHED, {"approve", "close"})],
)
def test_of_a_claims_steps_a_writing_token_takes_none_that_needs_an_approver(
    runtime: Runtime, trio: Trio, state: WorkState, expected: set[str]
) -> None:
    assert len(CLAIM_STEPS) == len(claim_transitions.DOES)
    refused = set()
    for step, said in CLAIM_STEPS.items():
        claim_id = a_claim(runtime, state, step)
        body = {"step": step, "edition": desk_claims.edition(runtime, claim_id), **said}
        if trio.turned_away(f"/claims/{claim_id}/transitions", body):
            refused.add(step)
    assert refused == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ArticleState.DRAFT, {"publish", "send_back"}),
        (ArticleState.PUBLISHED, {"publish", "send_back", "withdraw"}),
    ],
)
def test_of_an_articles_steps_a_writing_token_takes_none_that_needs_a_second_person(
    runtime: Runtime, trio: Trio, state: ArticleState, expected: set[str]
) -> None:
    assert len(ARTICLE_STEPS) == len(article_transitions.DOES)
    refused = set()
    for step, said in ARTICLE_STEPS.items():
        article_id = an_article(runtime, state)
        body = {"step": step, "edition": desk_articles.edition(runtime, article_id), **said}
        if trio.turned_away(f"/articles/{article_id}/transitions", body):
            refused.add(step)
    assert refused == expected


def test_of_all_routes_a_writing_token_takes_none_that_needs_an_approver(trio: Trio) -> None:
    refused = set()
    for route in ROUTES:
        path = "/".join("none" if part.startswith("{") else part for part in route.path.split("/"))
        if route.needs in APPROVALS:
            assert route.access is Access.APPROVE
            answer = trio.writing.send(route.method, path, {})
            assert (answer.status_code, answer.get_json(force=True)["code"]) == (403, "insufficient_scope")
            refused.add(route.path)
    assert refused == {"/broadcasts/{broadcast_id}/approve", "/broadcasts/{broadcast_id}/reject"}


def test_whatever_an_administrator_may_not_do_takes_a_scope_of_approval() -> None:
    """So that a new permission cannot be forgotten."""
    beyond = {permission for permission in Permission if Role.ADMINISTRATOR not in GRANTED[permission]}
    assert beyond == set(APPROVALS)
    assert all(Access.APPROVE in RESOURCES[resource] for resource in APPROVALS.values())
