"""Opens the page of a demo team in a browser, as people do."""

import argparse
import os
import re
import sys
import tempfile
import time

from playwright.sync_api import expect, sync_playwright

import page_office
from mail_drop import MailDrop
from page_attacks import attack
from page_budgets import steadiness, zoom_and_print
from page_provider import Provider
from page_site import Faults, Site, inspect, told, watch
from page_stranger import five_tasks

SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
HOSTILE = [
    "<script>document.title='broken'</script>",
    "\" onmouseover=\"document.title='broken'",
    "</title><img src=x onerror=\"document.title='broken'\">",
    "\u202edrawkcab 🦊 'quoted' & \"double\"",
    "x" * 2000,
]
VIEWS = {
    "today": "/", "everybody": "/?who=all", "add": "/add", "month": "/calendar?who=all",
    "week": "/calendar?view=week&who=all", "day": "/calendar?view=day", "board": "/board?who=all",
    "people": "/board?by=assignee", "series": "/series", "search": "/search?q=call",
    "contact": "/contacts/20", "team": "/team", "settings": "/settings", "admin": "/admin",
    "nothing": "/tasks/999999999",
}


def look_at_views(browser, site, faults, pictures):
    for size, (width, height) in SIZES.items():
        for colours in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=colours,
                reduced_motion="reduce",
            )
            page = context.new_page()
            now = [f"sign-in, {size}, {colours}"]
            watch(page, site, faults, lambda: now[0])
            page.goto(site.server.url + "/sign-in?sent")
            inspect(page, faults, now[0])
            page.screenshot(path=os.path.join(pictures, f"mail-{size}-{colours}.png"))
            page.goto(site.link())
            inspect(page, faults, now[0])
            page.screenshot(path=os.path.join(pictures, f"sign-in-{size}-{colours}.png"))
            site.sign_in(page)
            task = page.locator(".task a.title").first.get_attribute("href")
            page.goto(f"{site.server.url}/series")
            series = page.locator(".series a.title").first.get_attribute("href")
            views = VIEWS | page_office.VIEWS | {"task": task, "one-series": series}
            for name, path in views.items():
                now[0] = f"{name}, {size}, {colours}"
                page.goto(site.server.url + path)
                page.wait_for_load_state("load")
                inspect(page, faults, now[0])
                page.screenshot(path=os.path.join(pictures, f"{name}-{size}-{colours}.png"))
            page_office.look_at_forms(
                page, site, faults, f"{size}, {colours}",
                lambda name: page.screenshot(
                    path=os.path.join(pictures, f"{name}-{size}-{colours}.png")
                ),
            )
            context.close()
            print(f"looked at {len(views)} views, {size}, {colours}", flush=True)


def add(page, line):
    box = page.get_by_role("textbox", name="Add a task")
    box.fill(line)
    expect(page.locator("#add-understood")).not_to_be_empty()
    box.press("Enter")
    told(page, "Added")


def journey_by_mouse(browser, site):
    # As high as a week, so that nothing scrolls while it is dragged.
    page = browser.new_context(viewport={"width": 1280, "height": 1800}).new_page()
    site.sign_in(page)
    for heading in ("Overdue", "Today", "Next seven days"):
        expect(page.get_by_role("heading", name=heading, exact=False).first).to_be_visible()
    add(page, "Measure the attic today at 16:00 @amara #viewing")
    page.get_by_role("button", name="Complete Measure the attic").click()
    told(page, "Completed “Measure the attic”.")
    page.get_by_role("button", name="Undo").click()
    told(page, "Undone.")
    expect(page.get_by_role("button", name="Complete Measure the attic")).to_be_visible()

    add(page, "Inspect the boiler every Monday at 7:00")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("boiler")
    page.get_by_role("link", name="Inspect the boiler", exact=True).nth(1).click()
    page.get_by_label("Due").fill(page.get_by_label("Due").input_value().replace("T07", "T08"))
    page.get_by_role("radio", name="This and following").check()
    expect(page.get_by_role("status", name="Effect")).to_contain_text("move")
    page.get_by_role("button", name="Save").click()
    told(page, "Saved “Inspect the boiler”.")

    page.get_by_role("link", name="Calendar", exact=True).click()
    page.get_by_role("link", name="Week", exact=True).click()
    entry = page.locator(".entry", has_text="Measure the attic")
    entry.drag_to(page.locator("tr.whole ~ tr td[data-drop]").nth(2))
    page.get_by_role("dialog").get_by_role("button", name="Move").click()
    told(page, "Moved “Measure the attic”")

    page.get_by_role("link", name="Today", exact=True).first.click()
    page.get_by_role("link", name="More for").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow at 9").click()
    told(page, "to Tomorrow")

    for box in page.locator("section.next").get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_label("Selected tasks:").select_option(label="Tomorrow at 9")
    page.get_by_role("button", name="Apply").click()
    told(page, "Changed")
    page.get_by_role("button", name="Undo").click()
    told(page, "Undone.")
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_text("this browser")).to_be_visible()
    page.context.close()


def journey_by_keys(browser, site):
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    site.sign_in(page)
    page.keyboard.press("n")
    page.keyboard.type("Ring the plumber today at 23:45")
    expect(page.locator("#add-understood")).to_contain_text("Ring the plumber")
    page.keyboard.press("Enter")
    told(page, "Added “Ring the plumber”")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    title = page.locator(".task.here .title").inner_text()
    page.keyboard.press("c")
    told(page, f"Completed “{title}”.")
    page.keyboard.press("u")
    told(page, "Undone.")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".pick:checked")).to_have_count(1)
    page.keyboard.press("x")
    page.keyboard.press("p")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/calendar")
    month = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(month)
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/series")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.context.close()


def journey_without_scripts(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    site.sign_in(page)
    page.get_by_role("textbox", name="Add a task").fill("Oil the gate today at 23:15")
    page.get_by_role("button", name="Add", exact=True).click()
    told(page, "Added “Oil the gate”")
    page.get_by_role("button", name="Complete Oil the gate").click()
    told(page, "Completed “Oil the gate”.")
    page.get_by_role("button", name="Undo").click()
    told(page, "Undone.")
    page.get_by_role("link", name="More for Oil the gate").click()
    page.get_by_role("button", name="Tomorrow at 9").click()
    told(page, "to Tomorrow")
    page.get_by_role("link", name="Oil the gate", exact=True).click()
    page.get_by_label("Title").fill("Oil both gates")
    page.get_by_label("In words").fill("every month on the 15th")
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("list", name="Next dates")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    told(page, "Saved “Oil both gates”.")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("gates")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("link", name="Oil both gates", exact=True).first).to_be_visible()
    page.context.close()


def journey_of_two(browser, site):
    """What one does, the other sees within a second, and what was being typed stays."""
    ana = browser.new_context().new_page()
    site.sign_in(ana, 1)
    ben = browser.new_context().new_page()
    site.sign_in(ben, 2)
    box = ana.get_by_role("textbox", name="Add a task")
    box.fill("half of a")
    ana.wait_for_timeout(500)
    add(ben, "Seen by the other today at 23:50 @ana")
    begun = time.monotonic()
    expect(ana.get_by_role("link", name="Seen by the other", exact=True)).to_be_visible()
    if time.monotonic() - begun > 1:
        raise SystemExit("what the other did came later than after a second")
    expect(box).to_have_value("half of a")
    expect(box).to_be_focused()
    ana.context.close()
    ben.context.close()


def journey_by_mail(browser, site):
    """A link comes by mail, and its button signs in."""
    page = browser.new_context().new_page()
    page.goto(site.server.url + "/calendar")
    page.get_by_label("E-mail").fill("Ana@acme.example")
    page.get_by_role("button", name="Send me a link").click()
    told(page, "a link is on its way")
    # Reminders and notices of assignments come by mail, too.
    link = None
    while link is None:
        text = site.mails.next().get_body(("plain",)).get_content()
        link = re.search(r"http\S+/sign-in\?link=\S+", text)
    page.goto(link.group())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.context.close()


def journey_by_provider(browser, site, provider):
    """A provider says who somebody is; whom the directory does not know is not let in."""
    page = browser.new_context().new_page()
    page.goto(site.server.url)
    page.get_by_role("link", name="Sign in with 127.0.0.1").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_text("ana@acme.example")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    provider.address = "nobody@acme.example"
    page.get_by_role("link", name="Sign in with 127.0.0.1").click()
    told(page, "That did not sign you in.")
    # An answer that was begun in another browser.
    page.goto(f"{site.server.url}/sign-in/openid?state={'x' * 43}&code=y")
    told(page, "That did not sign you in.")
    page.context.close()


def hostile_texts(browser, site, faults):
    """Texts that would break a page are shown, and nothing runs or overflows."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    watch(page, site, faults, lambda: "hostile texts")
    site.sign_in(page)
    for text in HOSTILE:
        page.goto(f"{site.server.url}/add")
        page.get_by_label("Title").fill(text)
        page.get_by_label("Notes").fill(text)
        page.get_by_role("button", name="Create").click()
        told(page, "Added")
    for path in ("/", "/board", "/calendar?view=day", "/search?q=x", "/calendar"):
        page.goto(site.server.url + path)
        inspect(page, faults, f"hostile texts, {path}")
    policy = page.goto(site.server.url).headers["content-security-policy"]
    if "unsafe" in policy:
        faults.note("policy", policy)
    page.context.close()


def injected_script(browser, site, faults):
    """A script that got into the page all the same would not run."""
    page = browser.new_context().new_page()
    site.sign_in(page)
    ran = page.evaluate(
        """() => { const one = document.createElement('script');
        one.textContent = 'window.ran = true'; document.body.append(one); return window.ran; }"""
    )
    if ran:
        faults.note("policy", "an inline script ran")
    page.context.close()


def first_view(browser, site, faults):
    """How much the first view takes: bytes on the wire, and requests until it can be used."""
    page = browser.new_context().new_page()
    site.sign_in(page)
    # Nothing is kept in a browser that has only the cookies.
    context = browser.new_context(storage_state=page.context.storage_state())
    page.context.close()
    page = context.new_page()
    asked, sizes = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: sizes.append(request.sizes()))
    page.goto(site.server.url)
    # The page can be used once its scripts have run; what follows others begins after that.
    until_usable = [url for url in asked if "/live" not in url]
    page.locator("[data-keys]").wait_for()
    page.wait_for_timeout(500)
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    print(f"first view: {total / 1000:.0f} kB in {len(until_usable)} requests", flush=True)
    if total > 100_000:
        faults.note("first view", f"{total} bytes")
    if len(until_usable) > 3:
        faults.note("first view", f"asked for {until_usable}")
    context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument(
        "--whole", action="store_true",
        help="also hostile texts in the office, layout shift, zoom, print and a stranger's tasks",
    )
    arguments = parser.parse_args()
    expect.set_options(timeout=10_000)
    faults = Faults()
    with (
        tempfile.TemporaryDirectory() as folder,
        MailDrop() as mails,
        Provider(folder) as provider,
        sync_playwright() as playwright,
    ):
        site = Site(arguments.binary, folder, mails, options=provider.options)
        with site.server:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            page_office.furnish(browser, site)
            look_at_views(browser, site, faults, arguments.pictures)
            for journey in (
                journey_by_mouse, journey_by_keys, journey_without_scripts, journey_of_two,
                journey_by_mail,
                page_office.journey_of_settings_by_keys,
                page_office.journey_of_settings_without_scripts,
            ):
                journey(browser, site)
                print(re.sub("_", " ", journey.__name__), "done", flush=True)
            journey_by_provider(browser, site, provider)
            hostile_texts(browser, site, faults)
            injected_script(browser, site, faults)
            first_view(browser, site, faults)
            attack(site, faults)
            if arguments.whole:
                page_office.hostile_office(browser, site, faults, HOSTILE)
                steadiness(browser, site, VIEWS.values(), faults)
                zoom_and_print(browser, site, VIEWS.values(), faults)
                five_tasks(browser, site, faults)
            browser.close()
    if faults.found:
        sys.exit(f"{len(faults.found)} faults")


if __name__ == "__main__":
    main()
