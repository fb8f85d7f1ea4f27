"""The clients of the two platforms, built once a process, and what is told of every call."""

from dataclasses import dataclass

import structlog

from bot.metrics import Metrics
from bot.runtime import Runtime
from bot.store.tokens import DatabaseTokenStore
from bot.wechat import connection as wechat
from bot.wechat.calls import Observation, Observe
from bot.wechat.client import PlatformClient
from bot.wecom import connection as wecom
from bot.wecom.webhook import Webhooks

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Platforms:
    """`corp` is None while WeCom is switched off; webhooks work without it."""

    account: PlatformClient
    corp: PlatformClient | None
    webhooks: Webhooks


def connect_platforms(runtime: Runtime) -> Platforms:
    """Nothing is called yet. Raises ConfigError (an `api_base_url` that is none)."""
    settings, clock = runtime.settings, runtime.clock
    store = DatabaseTokenStore(runtime.database, runtime.vault, clock)
    observe = observer(runtime.metrics)
    account = wechat.connect(
        settings.wechat.api_base_url, runtime.credentials, store=store, clock=clock, observe=observe
    )
    corp = None
    if settings.wecom.corp_id:
        corp = wecom.connect(
            settings.wecom.api_base_url, runtime.corp_credentials, store=store, clock=clock, observe=observe
        )
    return Platforms(account, corp, wecom.connect_webhooks(settings.wecom.api_base_url, observe=observe))


def observer(metrics: Metrics) -> Observe:
    """Counts every call; what went wrong also gets a log line, with the platform's own trace id."""

    def observe(seen: Observation) -> None:
        metrics.platform.labels(seen.endpoint, seen.outcome).inc()
        if seen.outcome != "ok":
            log.warning(
                "platform_call_failed",
                endpoint=seen.endpoint,
                outcome=seen.outcome,
                code=seen.code,
                rid=seen.rid,
                address=seen.address,
            )

    return observe
