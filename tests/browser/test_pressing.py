"""What pressing does when the page of the button is still on its way."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.office import Office

pytestmark = pytest.mark.browser

LATE = """<main></main><script>
setTimeout(() => {
  document.querySelector("main").innerHTML = `<p role="status"></p><{tag} href="#">送审</{tag}>`;
  document.querySelector("{tag}").onclick = () => { document.querySelector("p").textContent = "已送审"; };
}, 500)</script>"""


@pytest.mark.parametrize("tag", ["button", "a"])
def test_a_button_and_a_link_that_come_late_are_pressed(browser: Browser, tag: str) -> None:
    page = browser.new_page()
    page.set_content(LATE.replace("{tag}", tag))
    page.set_default_timeout(5_000)

    Office(page, "").press("送审")

    expect(page.get_by_role("status")).to_have_text("已送审")
    page.close()
