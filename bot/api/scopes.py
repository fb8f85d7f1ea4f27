"""How far a token reaches. Most calls need what their route says; a step of approval needs more than its route does."""

from bot.api.problems import Refused
from bot.office.tokens import Access, allows
from bot.store.api_tokens import ApiToken


def require_scope(token: ApiToken, resource: str, access: Access) -> None:
    """Raises Refused (403), naming the scope that is missing as RFC 6750 has it."""
    if allows(token, resource, access):
        return
    scope = f"{resource}:{access}"
    challenge = f'Bearer realm="dingxin", error="insufficient_scope", scope="{scope}"'
    raise Refused(
        403,
        "insufficient_scope",
        f"the token needs the scope {access} or {scope}",
        headers={"WWW-Authenticate": challenge},
    )
