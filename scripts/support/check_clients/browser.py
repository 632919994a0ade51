"""A page of another origin in Chromium lists, creates and completes tasks through both dialects."""

import functools
import http.server
import os
import threading
import urllib.parse

from check_clients.harness import expect, server_of
from check_highlevel.office import CONTACTS, TOKEN, USER_TOKEN
from playwright.sync_api import expect as eventually
from playwright.sync_api import sync_playwright

FOLDER = os.path.dirname(__file__)


class Pages(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve_pages():
    """Serves the page at an origin of its own, and returns the origin."""
    handler = functools.partial(Pages, directory=FOLDER)
    pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    return f"http://localhost:{pages.server_port}"


def open_page(browser, origin, server):
    """Opens the page, and returns it with what the browser's console says."""
    settings = {
        "api": server.url,
        "user": USER_TOKEN,
        "location": TOKEN,
        "contact": CONTACTS[0],
    }
    page = browser.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{origin}/page.html#{urllib.parse.urlencode(settings)}")
    page.wait_for_selector("body[data-is-ready]")
    return page, messages


def use(page, dialect):
    """Adds two tasks and completes the first."""
    section = page.locator(f"#{dialect}")
    eventually(section.locator("li")).to_have_count(0)
    for count, title in enumerate(["Call Stacy", "Send the card"], start=1):
        section.get_by_label("Title").fill(title)
        section.get_by_role("button", name="Add").click()
        eventually(section.locator("li")).to_have_count(count)
    first = section.locator("li").filter(has_text="Call Stacy")
    first.get_by_role("button", name="Complete").click()
    eventually(section.locator("li.done")).to_have_text("Call StacyComplete")
    expect(f"{dialect}: error", page.locator("#error").inner_text(), "")


def check(browser, origin, server):
    page, messages = open_page(browser, origin, server)
    for dialect in ["liondesk", "highlevel"]:
        use(page, dialect)
    expect("the browser's console", messages, [])
    # What one dialect made the other shows, after the page is loaded again.
    page.reload()
    page.wait_for_selector("body[data-is-ready]")
    for dialect in ["liondesk", "highlevel"]:
        eventually(page.locator(f"#{dialect} li.done")).to_have_count(1)

    # The same page at another name of the same machine has another origin.
    stranger = origin.replace("localhost", "127.0.0.1")
    page, messages = open_page(browser, stranger, server)
    expect("what a stranger sees", page.locator("li").count(), 0)
    expect("error", "Failed to fetch" in page.locator("#error").inner_text(), True)
    blocked = [message for message in messages if "blocked by CORS policy" in message]
    expect("whether the browser blocks both dialects", len(blocked), 2)


if __name__ == "__main__":
    origin = serve_pages()
    with server_of("browser", "--cors-origins", f"https://app.example.com,{origin}") as server:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            check(browser, origin, server)
            browser.close()
    print("browser: a page of another origin used both dialects, and a stranger's could not")
