"""What is done with a claim, one shape for each step; each takes the edition it was read with.

The steps are those of `knowledge.review`, as the office's functions take them: writing anew while a claim is public is a
correction, publishing then corrects.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel, StringConstraints

from bot.api.findings import FindingIn
from bot.api.routing import Call
from bot.api.shapes import PRINTABLE, Asked, Colleague, Edition, Fingerprint, Key, Reason
from bot.errors import Unacceptable
from bot.office import claims, reports, verdicts
from bot.office.act import Act
from bot.store.claim_files import ClaimFile
from knowledge.risk import Harm, Risk

RESOURCE = "claims"
Note = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=500)]


class _Step(Asked):
    edition: Edition


class Triage(_Step):
    step: Literal["triage"]
    harm: Harm


class SetRisk(_Step):
    step: Literal["set_risk"]
    risk: Risk
    reason: Reason


class TakeUp(_Step):
    step: Literal["take_up"]


class Assign(_Step):
    step: Literal["assign"]
    name: Colleague


class Draft(_Step):
    """Of a public claim: a correction, whose `note` says why."""

    step: Literal["draft"]
    finding: FindingIn
    note: Note = ""


class Submit(_Step):
    step: Literal["submit"]
    fingerprint: Fingerprint


class Approve(_Step):
    """Needs the scope of approval."""

    step: Literal["approve"]
    fingerprint: Fingerprint


class SendBack(_Step):
    step: Literal["send_back"]
    reason: Reason


class Publish(_Step):
    step: Literal["publish"]
    fingerprint: Fingerprint


class Close(_Step):
    """Of a public claim: it is withdrawn, which needs the scope of approval."""

    step: Literal["close"]
    reason: Reason


class SetAside(_Step):
    step: Literal["set_aside"]
    reason: Reason


class Reopen(_Step):
    step: Literal["reopen"]
    reason: Reason


class Merge(_Step):
    step: Literal["merge"]
    into: Key


Steps = (
    Triage
    | SetRisk
    | TakeUp
    | Assign
    | Draft
    | Submit
    | Approve
    | SendBack
    | Publish
    | Close
    | SetAside
    | Reopen
    | Merge
)


class TransitionIn(RootModel[Annotated[Steps, Field(discriminator="step")]]):
    """One step."""

    model_config = ConfigDict(frozen=True)


def take(call: Call) -> ClaimFile:
    """Take the step; the claim after it."""
    asked: Any = call.body.root
    return DOES[type(asked)](call.act, call.path.claim_id, asked)


def _draft(act: Act, claim_id: str, asked: Draft) -> ClaimFile:
    finding = asked.finding.finding()
    if finding.scope.area_code and act.areas.get(finding.scope.area_code) is None:
        raise Unacceptable({"finding.area_code": "there is no such area"})
    return verdicts.draft(act, claim_id, asked.edition, finding, note=asked.note)


DOES: Mapping[type[_Step], Callable[[Act, str, Any], ClaimFile]] = {
    Triage: lambda act, claim, asked: claims.triage(act, claim, asked.edition, harm=asked.harm),
    SetRisk: lambda act, claim, asked: claims.set_risk(
        act, claim, asked.edition, risk=asked.risk, reason=asked.reason
    ),
    TakeUp: lambda act, claim, asked: claims.take_up(act, claim, asked.edition),
    Assign: lambda act, claim, asked: claims.assign(act, claim, asked.edition, name=asked.name),
    Draft: _draft,
    Submit: lambda act, claim, asked: verdicts.submit(act, claim, asked.edition, seen=asked.fingerprint),
    Approve: lambda act, claim, asked: verdicts.approve(act, claim, asked.edition, seen=asked.fingerprint),
    SendBack: lambda act, claim, asked: verdicts.send_back(act, claim, asked.edition, reason=asked.reason),
    Publish: lambda act, claim, asked: verdicts.publish(act, claim, asked.edition, seen=asked.fingerprint),
    Close: lambda act, claim, asked: claims.close(act, claim, asked.edition, reason=asked.reason),
    SetAside: lambda act, claim, asked: claims.set_aside(act, claim, asked.edition, reason=asked.reason),
    Reopen: lambda act, claim, asked: claims.reopen(act, claim, asked.edition, reason=asked.reason),
    Merge: lambda act, claim, asked: reports.merge(act, claim, asked.edition, into=asked.into),
}
