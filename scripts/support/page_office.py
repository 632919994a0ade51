"""The settings and the office, as their users use them: a part of test_pages."""

import http.server
import re
import threading
import urllib.error
import urllib.request

import icalendar
from playwright.sync_api import expect

from page_site import inspect, told

VIEWS = {
    "office-people": "/admin/people", "office-person": "/admin/people/2",
    "office-teams": "/admin/teams",
    "office-contacts": "/admin/contacts", "office-contact": "/admin/contacts/20",
    "office-import": "/admin/contacts/import", "office-categories": "/admin/categories",
    "office-days-off": "/admin/days-off", "office-tokens": "/admin/tokens",
    "office-webhooks": "/admin/webhooks", "office-reminders": "/admin/reminders", "office-audit": "/admin/audit",
    "office-health": "/admin/health", "saved": "/search?q=call&state=open",
}
TABLE = """First name;Last name;E-mail;Phone;Company;Owner;Birthday
Nora;Vale;nora@example.com;+1 555 0101;Vale & Sons;{owner};May
Otto;Karl;otto@example.com;;;;
Nora;Again;nora@example.com;;;;
Rita;Low;rita@example.com;;;Nobody Known;
"""


class Receiver(http.server.BaseHTTPRequestHandler):
    """Another system that is told of what changes."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def start_receiver():
    """Listens on a loopback port, and returns the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/hook"


def secret(page):
    """What the page shows once."""
    return page.locator(".secret").inner_text()


def tell_receiver(page, site):
    """Adds a webhook and sends it a test."""
    page.goto(f"{site.server.url}/admin/webhooks")
    page.get_by_label("Address").fill("ftp://nowhere")
    page.get_by_role("button", name="Add", exact=True).last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Address").fill(start_receiver())
    page.get_by_label("task completed").check()
    page.get_by_role("button", name="Add", exact=True).last.click()
    expect(page.locator(".secret")).to_contain_text("whsec_")
    page.get_by_role("button", name="Send a test").click()
    told(page, "The test arrived")
    page.get_by_role("button", name="Pause").click()
    told(page, "Paused.")
    page.get_by_role("button", name="Resume").click()
    told(page, "It goes on where it stopped.")
    VIEWS["office-webhook"] = re.sub(r"^.*?(/admin.*)$", r"\1", page.url)
    page.goto(site.server.url)
    page.get_by_role("button", name=re.compile("^Complete ")).first.click()
    told(page, "Completed")


def look_after_people(page, site):
    """An absence, which is taken away and added again, and a day off."""
    page.goto(f"{site.server.url}/admin/people/2")
    page.get_by_label("First day").fill("2030-07-01")
    page.get_by_label("Last day").fill("2030-06-30")
    page.get_by_role("button", name="Add an absence").click()
    expect(page.get_by_role("alert")).to_contain_text("before the first day")
    expect(page.get_by_label("Last day")).to_be_focused()
    page.get_by_label("Last day").fill("2030-07-14")
    page.get_by_role("button", name="Add an absence").click()
    absence = page.get_by_text("Jul 1, 2030 –")
    expect(absence).to_be_visible()
    page.get_by_role("button", name="Remove Mon, Jul 1, 2030").click()
    told(page, "Saved.")
    expect(absence).to_have_count(0)
    page.get_by_label("First day").fill("2030-07-01")
    page.get_by_label("Last day").fill("2030-07-14")
    page.get_by_role("button", name="Add an absence").click()
    expect(absence).to_be_visible()
    page.goto(f"{site.server.url}/admin/days-off")
    page.get_by_label("Name", exact=True).last.fill("Harbour fairs")
    page.get_by_role("button", name="Add", exact=True).last.click()
    fairs = page.get_by_role("region").or_(page.locator("section.card")).filter(
        has=page.get_by_role("heading", name="Harbour fairs")
    )
    fairs.get_by_label("Day", exact=True).fill("2030-05-09")
    fairs.get_by_label("What it is").fill("Boat fair")
    fairs.get_by_role("button", name="Add a day off").click()
    expect(page.get_by_text("Boat fair")).to_be_visible()


def take_over_contacts(page, site):
    """A table is read, shown line by line, and taken over."""
    owner = page.request.get(f"{site.server.url}/admin/people/2").text()
    owner = re.search(r"<h1>(.*?)</h1>", owner).group(1)
    page.goto(f"{site.server.url}/admin/contacts")
    page.get_by_role("link", name="Import contacts").click()
    page.get_by_label("Or paste the table").fill("Shoes\n38")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("alert")).to_contain_text("names none")
    page.get_by_label("File").set_input_files(
        [{
            "name": "contacts.csv", "mimeType": "text/csv",
            "buffer": TABLE.format(owner=owner).encode(),
        }]
    )
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("It is the same contact as in line 2.")).to_be_visible()
    expect(page.get_by_text("No one colleague is called “Nobody Known”.")).to_be_visible()
    expect(page.get_by_text("Columns left out: Birthday")).to_be_visible()


def make_own(page, site):
    """What a user has alone: a token, a calendar's address, a search by name."""
    page.goto(f"{site.server.url}/settings")
    page.get_by_text("New token").click()
    page.get_by_label("change tasks").uncheck()
    page.get_by_role("button", name="Make the token").click()
    token = secret(page)
    request = urllib.request.Request(
        f"{site.server.url}/v1/me", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    page.goto(f"{site.server.url}/settings")
    page.get_by_role("button", name=f"Revoke {token[:4]}").click()
    told(page, "The token is revoked.")
    page.get_by_role("button", name="Make an address").click()
    address = secret(page)
    page.goto(f"{site.server.url}/search?q=call&state=open")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name", exact=True).fill("Open calls")
    page.locator(".save").get_by_role("button", name="Save").click()
    told(page, "Saved as “Open calls”.")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("link", name="Open calls").click()
    expect(page.get_by_role("searchbox")).to_have_value("call")
    return address


def read_calendar(address):
    """An independent library reads the calendar, and nobody gets it by another address."""
    with urllib.request.urlopen(address) as answer:
        tag, text = answer.headers["ETag"], answer.read()
    calendar = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    if not events or len({event["UID"] for event in events}) != len(events):
        raise SystemExit(f"{len(events)} events, not each with a name of its own")
    for event in events:
        event["DTSTART"].dt, event["DTSTAMP"].dt, event["SUMMARY"]
    if calendar.errors or any(event.errors for event in events):
        raise SystemExit(f"the calendar has faults: {calendar.errors}")
    if re.search(rb"[^\r]\n", text) or max(map(len, text.split(b"\r\n"))) > 75:
        raise SystemExit("a line of the calendar is too long, or ends otherwise than CRLF")
    with urllib.request.urlopen(address + "?as=todo") as answer:
        todos = icalendar.Calendar.from_ical(answer.read()).walk("VTODO")
    if len(todos) != len(events):
        raise SystemExit(f"{len(todos)} to-dos beside {len(events)} events")
    for url, headers, status in (
        (address, {"If-None-Match": tag}, 304),
        (address.replace(".ics", "0.ics"), {}, 404),
        (re.sub(r"[0-9a-f]{40}\.ics", "0" * 40 + ".ics", address), {}, 404),
    ):
        try:
            urllib.request.urlopen(urllib.request.Request(url, headers=headers))
            raise SystemExit(f"{status} was expected")
        except urllib.error.HTTPError as error:
            assert error.code == status, error.code
    print(f"the calendar has {len(events)} events that icalendar reads", flush=True)


def furnish(browser, site):
    """Gives the settings and the office something to show, by their own forms."""
    page = browser.new_context().new_page()
    site.sign_in(page)
    tell_receiver(page, site)
    look_after_people(page, site)
    take_over_contacts(page, site)
    read_calendar(make_own(page, site))
    page.context.close()
    print("settings and office furnished", flush=True)


def look_at_forms(page, site, faults, where, picture):
    """What only the answer to a form shows: the preview of a table, faults, and what is shown once."""
    page.goto(f"{site.server.url}/admin/contacts/import")
    page.get_by_label("Or paste the table").fill(TABLE.format(owner="Nobody Else"))
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("What it would do")).to_be_visible()
    inspect(page, faults, f"preview, {where}")
    picture("office-preview")
    page.goto(f"{site.server.url}/settings")
    page.get_by_label("Time zone").fill("Moon/Base")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("Time zone")).to_be_focused()
    inspect(page, faults, f"faulty settings, {where}")
    picture("settings-faulty")
    page.goto(f"{site.server.url}/settings")
    page.get_by_text("New token").click()
    page.get_by_role("button", name="Make the token").click()
    expect(page.locator(".secret")).to_be_visible()
    inspect(page, faults, f"token, {where}")
    picture("settings-token")


def journey_of_settings_without_scripts(browser, site):
    """The forms of the settings and of the import, by a browser without scripts."""
    page = browser.new_context(java_script_enabled=False).new_page()
    site.sign_in(page)
    page.goto(f"{site.server.url}/settings")
    zone = page.get_by_label("Time zone").input_value()
    page.get_by_label("Time zone").fill("Moon/Base")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert")).to_contain_text("no time zone")
    page.get_by_label("Time zone").fill(zone)
    page.get_by_label("Language and region").select_option(label="English (United Kingdom)")
    page.get_by_role("button", name="Save").first.click()
    told(page, "Saved.")
    page.get_by_label("Language and region").select_option(label="English (United States)")
    page.get_by_role("button", name="Save").first.click()
    told(page, "Saved.")
    page.get_by_text("New token").click()
    page.get_by_role("button", name="Make the token").click()
    expect(page.locator(".secret")).to_be_visible()
    page.goto(f"{site.server.url}/admin/contacts/import")
    page.get_by_label("Or paste the table").fill("E-mail,Last name\numa@example.com,Uma")
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("button", name="Import 1 contact").click()
    expect(page.get_by_role("heading", name="Imported")).to_be_visible()
    page.goto(f"{site.server.url}/search?q=boat")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name", exact=True).fill("Boats")
    page.locator(".save").get_by_role("button", name="Save").click()
    told(page, "Saved as “Boats”.")
    page.get_by_role("button", name="Remove Boats").click()
    told(page, "Removed “Boats”.")
    page.context.close()


def journey_of_settings_by_keys(browser, site):
    """The name is changed and changed back without a mouse."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    site.sign_in(page)
    page.goto(f"{site.server.url}/settings")
    name = page.get_by_label("Name", exact=True)
    former = name.input_value()
    for text in ("Keys Alone", former):
        name.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        told(page, "Saved.")
        expect(name).to_have_value(text)
        page.reload()
    page.context.close()


def hostile_office(browser, site, faults, texts):
    """Texts that would break a page, in every field of the settings and of the office."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    site.sign_in(page)
    for text in texts:
        short = text[:150]
        page.goto(f"{site.server.url}/admin/contacts")
        for label in ("First name", "Last name", "Business"):
            page.get_by_label(label).fill(short)
        page.get_by_role("button", name="Add", exact=True).last.click()
        told(page, "Added.")
        page.goto(f"{site.server.url}/admin/categories")
        page.get_by_label("Name").last.fill(short)
        page.get_by_role("button", name="Add", exact=True).last.click()
        told(page, "Added.")
        page.goto(f"{site.server.url}/admin/people")
        page.get_by_label("Name").fill(short)
        page.get_by_role("button", name="Add", exact=True).last.click()
        told(page, "Added.")
        inspect(page, faults, "hostile person")
        page.goto(f"{site.server.url}/search?q=x")
        page.get_by_text("Save this search").click()
        page.get_by_label("Name", exact=True).fill(text[:60])
        page.locator(".save").get_by_role("button", name="Save").click()
        told(page, "Saved as")
        page.goto(f"{site.server.url}/admin/contacts/import")
        page.get_by_label("Or paste the table").fill(f"Last name\t{short}\n{short}\t\n")
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_text("What it would do")).to_be_visible()
        inspect(page, faults, "hostile preview")
    for name, path in {**VIEWS, "settings": "/settings", "admin": "/admin"}.items():
        page.goto(site.server.url + path)
        inspect(page, faults, f"hostile texts, {name}")
    page.context.close()
