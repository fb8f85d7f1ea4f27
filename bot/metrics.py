"""What Prometheus reads. One object built with the runtime; counters by kind and outcome, never by person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3.5, 5)


class Metrics:
    """All of Dingxin's figures on one registry."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter(
            "dingxin_messages_total", "Messages received, by kind", ["kind"], registry=self.registry
        )
        self.rejected = Counter(
            "dingxin_rejected_total", "Requests refused, by reason", ["reason"], registry=self.registry
        )
        self.repeats = Counter("dingxin_repeats_total", "Platform retries recognised", registry=self.registry)
        self.handled = Counter(
            "dingxin_handled_total",
            "Messages answered, by handler and way",
            ["handler", "way"],
            registry=self.registry,
        )
        self.failures = Counter("dingxin_failures_total", "Handlers that crashed", registry=self.registry)
        self.seconds = Histogram(
            "dingxin_answer_seconds", "From request to reply", registry=self.registry, buckets=BUCKETS
        )
        self.platform = Counter(
            "dingxin_platform_calls_total",
            "Calls to WeChat and WeCom",
            ["endpoint", "outcome"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "dingxin_deliveries_total",
            "Deliveries, by channel and outcome",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self.articles = Gauge("dingxin_articles", "Articles loaded", registry=self.registry)
        self.claims = Gauge("dingxin_claims", "Claims loaded", registry=self.registry)

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)
