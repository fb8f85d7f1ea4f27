"""Published claims as lists may name them: the text of one about a private person stands in no list, and who cannot open its
page is given no way there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.access import Permission
from bot.office.act import Act
from bot.office.claim_scope import is_seen
from bot.store.claim_files import files_among
from knowledge.claim import Claim


@dataclass(frozen=True, slots=True)
class ClaimName:
    """`text`: empty for one that is `private`. `opens`: whether the member has a page of it to open."""

    text: str
    private: bool = False
    opens: bool = False

    @property
    def withheld(self) -> bool:
        """Whether not even its number and its verdict are for this member."""
        return self.private and not self.opens


def names_of(act: Act, claims: Iterable[Claim]) -> dict[str, ClaimName]:
    """How each may be named, by its id."""
    named = {claim.id: claim for claim in claims}
    files, reads = files_among(act.session, tuple(named)), act.may(Permission.CLAIM_READ)
    names = {}
    for claim_id, claim in named.items():
        file = files.get(claim_id)
        private = file is not None and file.restricted
        opens = file is not None and reads and is_seen(act, file)
        names[claim_id] = ClaimName("" if private else claim.text, private, opens)
    return names
