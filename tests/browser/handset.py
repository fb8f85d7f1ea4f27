"""The phone page as a thumb uses it: pick a conversation, type, read what comes back."""

from playwright.sync_api import Locator, Page

REPLY, FOLLOW_UP, MASS = "被动回复", "客服消息", "群发"
# A reply takes at most the platform's 5 s and three tries; the page looks every 0.7 s.
REPLY_MS = 25_000


class Handset:
    """One browser page at a phone's size."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/demo/")
        page.locator("[data-chat]").first.wait_for()

    def enter(self, chat: str) -> None:
        """Open a conversation of the list."""
        self.show_list()
        self.page.click(f"[data-chat={chat}]")
        self.page.locator("#bubbles > li").first.wait_for()

    def show_list(self) -> None:
        if self.page.locator("#back").is_visible():
            self.page.click("#back")

    def says(self, words: str) -> str:
        """Type and send; the reply that comes back to just these words, whatever else arrives meanwhile."""
        mine = self.page.locator(".said.me", has=self.page.locator(".bubble", has_text=words))
        before = mine.count()
        self.page.fill("#words", words)
        self.page.press("#words", "Enter")
        replies = mine.nth(before).locator(
            f"xpath=following-sibling::li[contains(@class, 'them')][contains(., '{REPLY}')]"
        )
        return self.read(replies.first, REPLY_MS)

    def shows(self, sample: str) -> str:
        """Send one of the sample pictures; the reply that comes back at once."""
        before = self.bubbles(REPLY).count()
        self.page.click("#plus")
        self.page.click("[data-open=samples]")
        self.page.click(f"[data-sample={sample}]")
        return self.read(self.bubbles(REPLY).nth(before), REPLY_MS)

    def bubbles(self, channel: str) -> Locator:
        """What the account sent this way into the open conversation, oldest first."""
        return self.page.locator(".said.them", has=self.page.locator(".below", has_text=channel))

    def read(self, bubble: Locator, within_ms: float) -> str:
        """The words of a bubble once it is there."""
        bubble.wait_for(timeout=within_ms)
        return bubble.locator(".bubble").inner_text()
