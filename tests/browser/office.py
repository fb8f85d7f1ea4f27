"""The console as staff use it: doors, buttons by their words, fields by their labels."""

from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

# The queue hands work on within two seconds, the scheduler looks every few; a busy machine takes longer.
SOON_MS = 60_000


class Office:
    """One staff member's browser page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def sign_in(self, who: Mapping[str, str]) -> None:
        """Name and password; for an approver the digits of the sample phone."""
        self.go("/console/sign-in")
        self.page.get_by_label("姓名").fill(who["name"])
        self.page.get_by_label("密码").fill(who["password"])
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda address: "/sign-in" not in address)
        if "/second-step" in self.page.url:
            self.page.get_by_label("验证码").fill(self._digits())
            self.page.get_by_role("button", name="继续").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("您好")

    def go(self, path: str) -> None:
        self.page.goto(self._url + path)

    def press(self, words: str) -> None:
        """A button or a link, by just these words; the page they are on may still be on its way."""
        button = self.page.get_by_role("button", name=words, exact=True)
        button.or_(self.page.get_by_role("link", name=words, exact=True)).first.click()

    def fill(self, fields: Mapping[str, str]) -> None:
        """Fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def choose(self, name: str, label: str) -> None:
        """One of what a field has to choose from."""
        self.page.locator(f"[name={name}]").select_option(label=label)

    def reads(self, words: str) -> None:
        """The line above the page says so: it is done."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

    def shows_in_time(self, words: str) -> None:
        """Load this page again and again until it says so: what residents write is sorted in the background."""
        for _ in range(SOON_MS // 1_000):
            if words in self.page.locator("main").inner_text():
                return
            self.page.wait_for_timeout(1_000)
            self.page.reload()
        raise AssertionError(f"the page never said {words}")

    def opens_when_there(self, path: str, words: str) -> None:
        """Look at a list again and again until it has a link of these words; open it and be there."""
        self._when_there(path, self.page.get_by_role("link", name=words).first)
        self.page.wait_for_url(lambda address: address != self._url + path)

    def presses_when_there(self, path: str, words: str, *, then: str) -> None:
        """Likewise a button; done when the page says so."""
        self._when_there(path, self.page.get_by_role("button", name=words).first)
        self.reads(then)

    def _when_there(self, path: str, wanted: Locator) -> None:
        for _ in range(SOON_MS // 1_000):
            self.go(path)
            if wanted.count():
                wanted.click()
                return
            self.page.wait_for_timeout(1_000)
        raise AssertionError(f"{path} never had what was looked for")

    def _digits(self) -> str:
        phone = self.page.context.new_page()
        phone.goto(f"{self._url}/demo/code")
        digits = phone.locator("#code").inner_text()
        phone.close()
        return digits
