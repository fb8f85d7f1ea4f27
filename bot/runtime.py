"""Everything that is built once and passed down: the whole of our dependency injection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.clock import now_utc
from bot.configuration import encryption_key
from bot.live import Live
from bot.loading import Held, library_loader
from bot.messages import Work
from bot.metrics import Metrics
from bot.settings import Settings
from bot.store import revisions
from bot.store.areas import AreaTree, load_tree
from bot.store.engine import Database, Session, open_database
from bot.store.vault import Vault
from bot.thresholds import thresholds_of
from bot.wechat.credentials import Credentials, Mode
from broadcasts.bodies import Letter, sample_letters
from knowledge.library import Library
from knowledge.text import Segmenter, build_segmenter
from knowledge.thresholds import Thresholds

SCENE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Places:
    """The area tree, and the opaque scenes of the communities' QR codes: scene → division code."""

    tree: AreaTree
    scenes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Runtime:
    """Handed to everything that works. `enqueue` asks a worker to look after something; it may be lost, the sweep
    finds the work in our tables all the same.
    """

    settings: Settings
    database: Database
    vault: Vault
    clock: Callable[[], datetime]
    library: Live[Library]
    places: Live[Places]
    letters: tuple[Letter, ...]
    metrics: Metrics
    enqueue: Callable[[Work], None]

    @property
    def thresholds(self) -> Thresholds:
        """From which probability on something is said, as configured."""
        return thresholds_of(self.settings)

    @property
    def credentials(self) -> Credentials:
        """Who we are to the official account's platform."""
        wechat = self.settings.wechat
        return Credentials(
            app_id=wechat.app_id,
            app_secret=wechat.app_secret.get_secret_value(),
            token=wechat.token.get_secret_value(),
            encoding_aes_key=wechat.encoding_aes_key.get_secret_value(),
        )

    @property
    def corp_credentials(self) -> Credentials:
        """Who we are to WeCom: the corp id stands in the app id's place."""
        wecom = self.settings.wecom
        return Credentials(
            app_id=wecom.corp_id,
            app_secret=wecom.agent_secret.get_secret_value(),
            token=wecom.token.get_secret_value(),
            encoding_aes_key=wecom.encoding_aes_key.get_secret_value(),
        )

    @property
    def mode(self) -> Mode:
        """How the platform posts to us."""
        return Mode(self.settings.wechat.mode)

    def close(self) -> None:
        """Give everything back."""
        self.database.close()


def build_runtime(
    settings: Settings,
    *,
    enqueue: Callable[[Work], None],
    clock: Callable[[], datetime] | None = None,
    segmenter: Segmenter | None = None,
    held: Held | None = None,
) -> Runtime:
    """Open the database and load dictionary, models, articles, claims and areas: all before the first request. Of a library
    that is `held` only what differs is loaded.
    """
    clock = clock or now_utc
    database = open_database(settings.database_url)
    vault = Vault(encryption_key(settings))
    segmenter = segmenter or build_segmenter()
    loader = library_loader(segmenter, settings.service.data_dir, held=held)
    return Runtime(
        settings=settings,
        database=database,
        vault=vault,
        clock=clock,
        places=Live(database, revisions.AREAS, lambda session: load_places(session, vault)),
        library=Live(database, revisions.KNOWLEDGE, loader),
        letters=sample_letters(day=clock().astimezone(settings.service.zone).date()),
        metrics=Metrics(),
        enqueue=enqueue,
    )


def load_places(session: Session, vault: Vault) -> Places:
    """The area tree and the scenes of its communities."""
    tree = load_tree(session)
    return Places(tree, {scene_of(area.code, vault): area.code for area in tree.communities()})


def scene_of(community_code: str, vault: Vault) -> str:
    """What a community's QR code carries: opaque, so that nobody makes up the code of another village."""
    return vault.digest(f"scene {community_code}")[:SCENE_LENGTH]
