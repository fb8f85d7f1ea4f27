"""What a person's thumb does: every act opens the right window and pushes the right message."""

from concurrent.futures import Future

from bot.demo.lanes import Lanes
from bot.demo.platform.chats import Author, Content, Look
from bot.demo.platform.followers import Follower
from bot.demo.platform.media import MediaKind
from bot.demo.platform.state import Platform
from bot.demo.push import Push, event
from bot.demo.pusher import Delivery, Pusher


class NotFollowingError(Exception):
    """Somebody who does not follow the account cannot write to it."""


class Handset:
    """The phones of all followers. Everything returns at once with a future of what became of the push."""

    def __init__(self, platform: Platform, pusher: Pusher, lanes: Lanes) -> None:
        self._platform = platform
        self._pusher = pusher
        self._lanes = lanes

    def text(self, openid: str, words: str) -> Future[Delivery]:
        return self._say(openid, "text", Content(Look.TEXT, words), (("Content", words),))

    def image(self, openid: str, body: bytes, content_type: str) -> Future[Delivery]:
        medium = self._platform.media.keep(MediaKind.IMAGE, body, content_type, at=self._platform.clock())
        url = f"http://mmbiz.qpic.invalid/{medium.media_id[:16]}"
        return self._say(
            openid,
            "image",
            Content(Look.IMAGE, media_id=medium.media_id),
            (("PicUrl", url), ("MediaId", medium.media_id)),
        )

    def voice(self, openid: str, transcript: str) -> Future[Delivery]:
        """A recording whose words the platform has recognised."""
        media_id = self._platform.mint(64)
        fields = (("MediaId", media_id), ("Format", "amr"), ("Recognition", transcript))
        return self._say(openid, "voice", Content(Look.VOICE, transcript), fields)

    def video(self, openid: str, *, short: bool = False) -> Future[Delivery]:
        fields = (("MediaId", self._platform.mint(64)), ("ThumbMediaId", self._platform.mint(64)))
        return self._say(openid, "shortvideo" if short else "video", Content(Look.VIDEO, "视频"), fields)

    def place(self, openid: str, *, latitude: float, longitude: float, label: str) -> Future[Delivery]:
        fields = (
            ("Location_X", f"{latitude:.6f}"),
            ("Location_Y", f"{longitude:.6f}"),
            ("Scale", "15"),
            ("Label", label),
        )
        return self._say(openid, "location", Content(Look.PLACE, label), fields)

    def link(self, openid: str, *, title: str, description: str, url: str) -> Future[Delivery]:
        fields = (("Title", title), ("Description", description), ("Url", url))
        return self._say(openid, "link", Content(Look.LINK, description, title, url=url), fields)

    def file(self, openid: str, *, name: str) -> Future[Delivery]:
        fields = (
            ("Title", name),
            ("Description", ""),
            ("FileKey", self._platform.mint(32)),
            ("FileTotalLen", "2048"),
        )
        return self._say(openid, "file", Content(Look.FILE, name), fields)

    def follow(self, openid: str, scene: str = "") -> Future[Delivery]:
        """Follow, by search or by a code; following twice is only a scan, as on the platform."""
        follower = self._platform.followers.known(openid)
        if follower.following:
            return self.scan(openid, scene)
        now = self._platform.clock()
        with self._platform.lock:
            follower.following, follower.followed_at, follower.scene = True, now, scene
        self._platform.chats.notice(follower.chat, "你已关注“" + self._platform.account.name + "”", at=now)
        key = f"qrscene_{scene}" if scene else ""
        return self._touch(follower, event(openid, "subscribe", key=key, more=self._ticket(scene)))

    def unfollow(self, openid: str) -> Future[Delivery]:
        """The platform forgets the person's tags and windows; nobody waits for a reply."""
        follower = self._platform.followers.following(openid)
        with self._platform.lock:
            follower.following = False
            follower.tags.clear()
            follower.opt_ins.clear()
            follower.long_term.clear()
            follower.window.close()
        self._platform.chats.notice(follower.chat, "你已取消关注", at=self._platform.clock())
        return self._push(follower, event(openid, "unsubscribe", key="", visible=False))

    def scan(self, openid: str, scene: str) -> Future[Delivery]:
        """A follower's scan carries the bare scene; anybody else's becomes a follow."""
        follower = self._platform.followers.known(openid)
        if not follower.following:
            return self.follow(openid, scene)
        return self._touch(follower, event(openid, "SCAN", key=scene, more=self._ticket(scene)))

    def click(self, openid: str, key: str) -> Future[Delivery]:
        return self._touch(self._platform.followers.following(openid), event(openid, "CLICK", key=key))

    def view(self, openid: str, url: str) -> Future[Delivery]:
        """Opening a link of the menu is told, but opens no window."""
        return self._push(
            self._platform.followers.following(openid), event(openid, "VIEW", key=url, visible=False)
        )

    def position(self, openid: str, *, latitude: float, longitude: float) -> Future[Delivery]:
        more = (("Latitude", f"{latitude:.6f}"), ("Longitude", f"{longitude:.6f}"), ("Precision", "30.0"))
        follower = self._platform.followers.following(openid)
        return self._push(follower, event(openid, "LOCATION", more=more, visible=False))

    def opt_in(self, openid: str, template_id: str, *, long_term: bool = False) -> Future[Delivery]:
        """The person accepts a subscription notice: one, or for good."""
        follower = self._platform.followers.following(openid)
        with self._platform.lock:
            if long_term:
                follower.long_term.add(template_id)
            else:
                follower.opt_ins[template_id] += 1
        more = (("TemplateId", template_id), ("SubscribeStatusString", "accept"), ("PopupScene", "2"))
        return self._push(follower, event(openid, "subscribe_msg_popup_event", more=more, visible=False))

    def _say(
        self, openid: str, kind: str, content: Content, fields: tuple[tuple[str, str], ...]
    ) -> Future[Delivery]:
        """Show it on the person's own phone at once, open the 48 hours, push."""
        follower = self._platform.followers.known(openid)
        if not follower.following:
            raise NotFollowingError
        limits, now = self._platform.limits, self._platform.clock()
        with self._platform.lock:
            follower.window.spoke(now, count=limits.replies_per_message, span=limits.message_window)
            number = self._platform.next_number()
        self._platform.chats.add(follower.chat, content, at=now, author=Author.ME)
        return self._push(follower, Push(openid, kind, fields, message_id=number))

    def _touch(self, follower: Follower, push: Push) -> Future[Delivery]:
        limits = self._platform.limits
        with self._platform.lock:
            follower.window.touched(
                self._platform.clock(), count=limits.replies_per_touch, span=limits.touch_window
            )
        return self._push(follower, push)

    def _push(self, follower: Follower, push: Push) -> Future[Delivery]:
        return self._lanes.run(follower.chat, lambda: self._pusher.deliver(push))

    def _ticket(self, scene: str) -> tuple[tuple[str, str], ...]:
        code = self._platform.codes.of_scene(scene, self._platform.clock()) if scene else None
        return (("Ticket", code.ticket),) if code else ()
