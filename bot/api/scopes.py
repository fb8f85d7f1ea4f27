"""How far a token reaches. Most calls need what their route says; what approves is withheld from the act (`Act.withheld`)."""

from bot.errors import OutOfScope
from bot.office.tokens import Access, allows
from bot.store.api_tokens import ApiToken


def require_scope(token: ApiToken, resource: str, access: Access) -> None:
    """Raises OutOfScope."""
    if not allows(token, resource, access):
        raise OutOfScope(f"{resource}:{access}")
