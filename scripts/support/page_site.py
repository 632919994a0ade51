"""The page of a demo team, and what is wrong with it, for scripts that open it in a browser."""

import base64
import json
import os
import subprocess

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from server import Server

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Site:
    """A server with the demo team, and who signs in to it."""

    def __init__(self, binary, folder, mails, *demo, options=()):
        self.binary = binary
        self.database = os.path.join(folder, "pages.db")
        demo = json.loads(self.run(*(demo or ("demo", "--team"))))
        self.token, self.location_token = demo["token"], demo["locationToken"]
        self.mails = mails
        mail = ("--smtp", mails.url, "--mail-from", "Acme <tasks@acme.example>")
        # Webhooks need a key, and their receiver is on this machine.
        key = os.path.join(folder, "key")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(base64.b64encode(os.urandom(32)).decode())
        hooks = ("--secret-key-file", key, "--webhook-allow-private")
        self.server = Server(
            *(binary, self.database, os.path.join(folder, "log"), *mail, "--public-url", "{url}"),
            *(*hooks, *options),
        )
        self.server.wait_until_ready()

    def run(self, *arguments):
        command = [self.binary, *arguments, "--database", self.database]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    def link(self, user=1):
        """A link by which a user signs in; it is made while the server runs."""
        return self.run("sign-in", "--user", str(user), "--url", self.server.url).strip()

    def sign_in(self, page, user=1):
        """Opens a link, and presses the button that it leads to."""
        page.goto(self.link(user))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(self.server.url + "/")


class Faults:
    """What is wrong with any view, told at the end together."""

    def __init__(self):
        self.found = []

    def note(self, where, what):
        print(f"  {where}: {what}", flush=True)
        self.found.append(f"{where}: {what}")


def watch(page, site, faults, where):
    """Notes what the console tells, and what is asked of anybody else."""

    def console(message):
        # A view that is not there is answered 404, which the console tells.
        if message.type in ("error", "warning") and "404" not in message.text:
            faults.note(where(), f"console: {message.text[:300]}")

    def request(request):
        if not request.url.startswith((site.server.url, "data:", "blob:")):
            faults.note(where(), f"asked {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.note(where(), f"error: {error}"))
    page.on("request", request)


def inspect(page, faults, where):
    """Looks for what axe finds, and for what is wider than the page."""
    for violation in AXE.run(page, options=RULES).response["violations"]:
        node = violation["nodes"][0]["html"][:120]
        faults.note(where, f"axe {violation['id']} × {len(violation['nodes'])}: {node}")
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wider > 0:
        faults.note(where, f"{wider} px wider than the window")
    if page.title() == "broken":
        faults.note(where, "a script in a text ran")


def told(page, text):
    expect(page.get_by_role("status").filter(has_text=text).first).to_be_visible()
