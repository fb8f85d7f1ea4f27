"""The API's routes as data: what is asked, what is needed for it, what is answered. No row, no way in.

The document of the interface (`bot.api.openapi`) is made from the same rows, so that it cannot say anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from bot.access import Permission
from bot.api.shapes import Asked, Nothing, Told
from bot.office.act import Act
from bot.office.tokens import Access
from bot.store.api_tokens import ApiToken


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was let in. `path`, `query` and `body` are of the classes the route names."""

    act: Act
    token: ApiToken
    path: Any
    query: Any
    body: Any


View = Callable[[Call], BaseModel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`path` as in the document: "/broadcasts/{broadcast_id}". `access` is the scope the token needs for `resource`;
    `needs` what its owner's role must grant. Without `body` none is taken.
    """

    method: str
    path: str
    view: View
    needs: Permission
    resource: str
    access: Access
    summary: str
    answer: type[Told]
    status: int = 200
    parts: type[Asked] = Nothing
    query: type[Asked] = Nothing
    body: type[BaseModel] | None = None
    also: frozenset[int] = field(default_factory=frozenset)

    @property
    def rule(self) -> str:
        """As Flask writes it."""
        return self.path.replace("{", "<").replace("}", ">")

    @property
    def name(self) -> str:
        """The operation's: "post_broadcasts_broadcast_id_approve"."""
        words = "".join(char if char.isalnum() else " " for char in self.path).split()
        return "_".join((self.method.lower(), *words))

    @property
    def writes(self) -> bool:
        """Whether it changes anything: then it runs in a writing transaction and takes an Idempotency-Key."""
        return self.access is not Access.READ
