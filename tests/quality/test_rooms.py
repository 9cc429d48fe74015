"""An operator with nothing but a keyboard: signs in, opens an incident, says what is new, and resolves it."""

from playwright.sync_api import Browser, Page, expect

from tests.quality.conftest import NAME, PASSWORD


def _walk_to(page: Page, name: str) -> None:
    """Presses the tabulator until the element of that name has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.name || (e.innerText || '').trim() || (e.labels && e.labels[0] && e.labels[0].innerText) || ''; }"
        )
        if words == name:
            return
    raise AssertionError(f"the keyboard does not reach {name!r} at {page.url}")


def _enter(page: Page) -> None:
    """Follows the link or sends the form that has the focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _type(page: Page, name: str, text: str) -> None:
    _walk_to(page, name)
    page.keyboard.type(text)


def test_an_incident_is_steered_by_the_keyboard_alone(browser: Browser, demo: str, cookie: str) -> None:
    assert cookie, "the first admin is there"
    context = browser.new_context(base_url=demo, locale="en-GB")
    page = context.new_page()
    page.goto("/admin")
    assert page.url.endswith("/admin/login")
    _type(page, "name", NAME)
    _type(page, "password", PASSWORD)
    _enter(page)
    expect(page.get_by_role("heading", name="What we doubt of ourselves")).to_be_visible()

    _walk_to(page, "Incidents")
    _enter(page)
    _walk_to(page, "Open an incident")
    page.keyboard.press("Enter")
    _type(page, "title", "Logins fail for some")
    _type(page, "message", "We **look** into it.")
    _walk_to(page, "Open the incident")
    _enter(page)
    expect(page.get_by_role("status")).to_have_text("The incident is open.")

    _walk_to(page, "Say what is new")
    page.keyboard.press("Enter")
    _walk_to(page, "status")
    page.keyboard.type("Resolved")
    _type(page, "message", "It is over.")
    _walk_to(page, "Publish the update")
    _enter(page)
    expect(page.get_by_role("status")).to_have_text("The update is published.")
    expect(page.locator(".lead")).to_contain_text("Resolved")

    page.goto("/incidents")
    expect(page.get_by_role("link", name="Logins fail for some")).to_be_visible()
    context.close()
