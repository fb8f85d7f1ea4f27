"""Who may do what in the office: roles, permissions, and the area a member is bound to. Data, read in one place.

Every route of the console and the API names the permission it needs; what no row grants is refused. That the second
person is another one than the first is no permission but a rule of the thing approved, and checked there.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a staff member is here for."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    AREA_LEAD = "area_lead"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One kind of thing done. Reading is its own: an auditor sees everything and changes nothing."""

    OWN_ACCOUNT = "own_account"
    FIGURES_READ = "figures.read"
    ARTICLE_READ = "article.read"
    ARTICLE_WRITE = "article.write"
    ARTICLE_APPROVE = "article.approve"
    QUESTION_READ = "question.read"
    QUESTION_ANSWER = "question.answer"
    CLAIM_READ = "claim.read"
    CLAIM_REVIEW = "claim.review"
    CLAIM_APPROVE = "claim.approve"
    REPORT_ENTER = "report.enter"
    APPEAL_DECIDE = "appeal.decide"
    ALERT_ACKNOWLEDGE = "alert.acknowledge"
    BROADCAST_READ = "broadcast.read"
    BROADCAST_WRITE = "broadcast.write"
    BROADCAST_APPROVE = "broadcast.approve"
    BROADCAST_HALT = "broadcast.halt"
    HEADCOUNT_READ = "headcount.read"
    AREA_READ = "area.read"
    AREA_WRITE = "area.write"
    GRID_WORKER_DISMISS = "grid_worker.dismiss"
    AUDIT_READ = "audit.read"
    STAFF_READ = "staff.read"
    STAFF_WRITE = "staff.write"
    TOKEN_WRITE = "token.write"  # noqa: S105 - the name of a right


EVERYBODY = frozenset(Role)
# Whoever works on the content; an auditor only looks, an area lead only in the own area.
DESK = frozenset({Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR})
READERS = DESK | {Role.AUDITOR, Role.AREA_LEAD}

GRANTED: dict[Permission, frozenset[Role]] = {
    Permission.OWN_ACCOUNT: EVERYBODY,
    Permission.FIGURES_READ: READERS,
    Permission.ARTICLE_READ: READERS,
    Permission.ARTICLE_WRITE: DESK,
    Permission.ARTICLE_APPROVE: frozenset({Role.REVIEWER, Role.APPROVER}),
    Permission.QUESTION_READ: READERS,
    Permission.QUESTION_ANSWER: DESK | {Role.AREA_LEAD},
    Permission.CLAIM_READ: READERS,
    Permission.CLAIM_REVIEW: frozenset({Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR}),
    Permission.CLAIM_APPROVE: frozenset({Role.APPROVER}),
    Permission.REPORT_ENTER: DESK | {Role.AREA_LEAD},
    Permission.APPEAL_DECIDE: frozenset({Role.REVIEWER, Role.APPROVER}),
    Permission.ALERT_ACKNOWLEDGE: DESK | {Role.AREA_LEAD},
    Permission.BROADCAST_READ: READERS,
    Permission.BROADCAST_WRITE: DESK,
    Permission.BROADCAST_APPROVE: frozenset({Role.APPROVER}),
    Permission.BROADCAST_HALT: DESK,
    Permission.HEADCOUNT_READ: READERS,
    Permission.AREA_READ: READERS,
    Permission.AREA_WRITE: frozenset({Role.ADMINISTRATOR}),
    Permission.GRID_WORKER_DISMISS: frozenset({Role.ADMINISTRATOR, Role.AREA_LEAD}),
    Permission.AUDIT_READ: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Permission.STAFF_READ: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Permission.STAFF_WRITE: frozenset({Role.ADMINISTRATOR}),
    Permission.TOKEN_WRITE: frozenset({Role.ADMINISTRATOR}),
}

# Whoever may approve what goes out needs a second factor.
APPROVING = frozenset({Role.APPROVER})
# Made by two administrators: who may say the second yes to anything, and who could make somebody such a one.
GRANTED_BY_TWO = APPROVING | {Role.REVIEWER, Role.ADMINISTRATOR}
# Roles that mean nothing without an area.
BOUND = frozenset({Role.AREA_LEAD})
# How many digits of a division code name the area itself; the rest are zeros (GB/T 2260, GB/T 10114).
LEVELS = (2, 4, 6, 9, 12)
DIGITS = 12


def may(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission. What no row grants is refused."""
    return role in GRANTED.get(permission, frozenset())


def needs_second_factor(role: Role) -> bool:
    """Whether an account of this role is no use without one."""
    return role in APPROVING


def prefix_of(area_code: str) -> str:
    """The digits by which everything below an area begins: "621121" for a county's 621121000000."""
    return next((area_code[:length] for length in LEVELS if not area_code[length:].strip("0")), area_code)


def covers(area_code: str | None, place: str | None) -> bool:
    """Whether a member bound to `area_code` (None: to nowhere, the whole prefecture) may see what is of `place`."""
    if area_code is None:
        return True
    return place is not None and place.startswith(prefix_of(area_code))
