"""What is done with an article, one shape for each step; each takes the edition it was read with."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel

from bot.api.routing import Call
from bot.api.shapes import Asked, Colleague, Edition, Fingerprint, Number, Reason
from bot.office import article_steps as steps
from bot.office import articles
from bot.office.act import Act
from bot.store.article_files import ArticleFile

RESOURCE = "articles"


class _Step(Asked):
    edition: Edition


class Submit(_Step):
    step: Literal["submit"]
    fingerprint: Fingerprint


class Publish(_Step):
    """A second person's yes to these bytes. Needs the scope of approval."""

    step: Literal["publish"]
    fingerprint: Fingerprint


class SendBack(_Step):
    """Needs the scope of approval."""

    step: Literal["send_back"]
    reason: Reason


class Restore(_Step):
    """An earlier version becomes what is being written."""

    step: Literal["restore"]
    number: Number


class Give(_Step):
    step: Literal["give"]
    name: Colleague


class Drop(_Step):
    step: Literal["drop"]
    reason: Reason


class Withdraw(_Step):
    """Of a public one: needs the scope of approval."""

    step: Literal["withdraw"]
    reason: Reason


Steps = Submit | Publish | SendBack | Restore | Give | Drop | Withdraw


class ArticleTransitionIn(RootModel[Annotated[Steps, Field(discriminator="step")]]):
    """One step."""

    model_config = ConfigDict(frozen=True)


def take(call: Call) -> ArticleFile:
    """Take the step; the article after it."""
    asked: Any = call.body.root
    return DOES[type(asked)](call.act, call.path.article_id, asked)


DOES: Mapping[type[_Step], Callable[[Act, str, Any], ArticleFile]] = {
    Submit: lambda act, name, asked: steps.submit(act, name, asked.edition, seen=asked.fingerprint),
    Publish: lambda act, name, asked: steps.publish(act, name, asked.edition, seen=asked.fingerprint),
    SendBack: lambda act, name, asked: steps.send_back(act, name, asked.edition, reason=asked.reason),
    Restore: lambda act, name, asked: steps.restore(act, name, asked.edition, number=asked.number),
    Give: lambda act, name, asked: articles.give(act, name, asked.edition, name=asked.name),
    Drop: lambda act, name, asked: steps.drop(act, name, asked.edition, reason=asked.reason),
    Withdraw: lambda act, name, asked: steps.withdraw(act, name, asked.edition, reason=asked.reason),
}
