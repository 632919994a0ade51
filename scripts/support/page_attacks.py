"""Attacks on who is signed in, as somebody makes them who has no browser to hold back."""

import re
import statistics
import time
import urllib.parse

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
KNOWN = "ana@acme.example"
# As many as show a difference of a millisecond.
TIMED = 40


class Attacker:
    """One connection, which keeps the cookies that it is given."""

    def __init__(self, server):
        self.connection = server.connect()
        self.cookies = {}

    def send(self, method, path, fields=None, **headers):
        """Returns the status, the header and the text of an answer."""
        sent = {"Accept": "text/html", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body, sent = urllib.parse.urlencode(fields), sent | FORM
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status, response.headers, text

    def token(self, path):
        """The token of the forms of a page."""
        found = re.search(r'name="csrf" value="(\w+)"', self.send("GET", path)[2])
        return found.group(1) if found else ""

    def sign_in(self, site, user=1):
        link = site.link(user).split("link=")[1]
        token = self.token(f"/sign-in?link={link}")
        status = self.send("POST", "/sign-in", {"csrf": token, "link": link})[0]
        if status != 303:
            raise SystemExit(f"signing in was answered {status}")
        return link


def forge(site, faults):
    """Forms without their token, or from pages of somebody else's."""
    victim, attacker = Attacker(site.server), Attacker(site.server)
    victim.sign_in(site)
    attacker.sign_in(site, 2)
    own = {"text": "Forged today at 23:59"}
    attempts = {
        "no token": (own, {}),
        "another's token": (own | {"csrf": attacker.token("/")}, {}),
        "another origin": (own | {"csrf": victim.token("/")}, {"Origin": "https://e.example"}),
        "no origin": (own | {"csrf": victim.token("/")}, {"Origin": "null"}),
        "another site": (own | {"csrf": victim.token("/")}, {"Sec-Fetch-Site": "cross-site"}),
    }
    for name, (fields, headers) in attempts.items():
        for path in ("/add", "/tasks", "/sign-out", "/team", "/admin/people", "/undo/1"):
            status = victim.send("POST", path, fields, **headers)[0]
            if status != 403:
                faults.note("attacks", f"{path} with {name} was answered {status}")
    if "Forged" in victim.send("GET", "/")[2]:
        faults.note("attacks", "a forged form added a task")


def guess_links(site, faults):
    """Links that were never made, were used, or have the shard of others."""
    attacker = Attacker(site.server)
    used = attacker.sign_in(site)
    stranger = Attacker(site.server)
    for link in ("", "0" * 42, used, used[:41], used + "0", "../..", "%00", "ff" + used[2:]):
        token = stranger.token(f"/sign-in?link={urllib.parse.quote(link)}")
        status, headers, _ = stranger.send("POST", "/sign-in", {"csrf": token, "link": link})
        if status == 303 or any("perennial=" in one for one in headers.get_all("Set-Cookie") or []):
            faults.note("attacks", f"the link {link!r} signed in")
    refused = 0
    token = stranger.token("/sign-in")
    for _ in range(400):
        status = stranger.send("POST", "/sign-in", {"csrf": token, "link": "0" * 42})[0]
        refused += status == 429
    if not refused:
        faults.note("attacks", "links may be guessed without end")
    # Nobody is shut out by it.
    Attacker(site.server).sign_in(site)


def steal_sessions(site, faults):
    """Cookies of sessions that ended, and such as were made up."""
    owner, thief = Attacker(site.server), Attacker(site.server)
    owner.sign_in(site)
    thief.cookies = dict(owner.cookies)
    former = owner.cookies["perennial"]
    owner.sign_in(site)
    if owner.cookies["perennial"] == former:
        faults.note("attacks", "signing in kept the session")
    for value in (former, "", "0" * 42, former[:-1] + "x", former.upper(), f"{former}; x"):
        thief.cookies = {"perennial": value}
        if thief.send("GET", "/")[0] != 303:
            faults.note("attacks", f"the cookie {value!r} opened the page")
    token = owner.token("/")
    thief.cookies = dict(owner.cookies)
    owner.send("POST", "/sign-out", {"csrf": token})
    if thief.send("GET", "/")[0] != 303:
        faults.note("attacks", "a session goes on that was ended")


def look_for_accounts(site, faults):
    """Whether an answer tells, by its text or its time, that an address is known."""
    known, unknown = KNOWN, "nobody@acme.example"
    times = {known: [], unknown: []}
    answers = set()
    attacker = Attacker(site.server)
    for _ in range(TIMED):
        for address in times:
            token = attacker.token("/sign-in")
            begun = time.perf_counter()
            status, headers, _ = attacker.send(
                "POST", "/sign-in/mail", {"csrf": token, "address": address}
            )
            times[address].append(time.perf_counter() - begun)
            page = attacker.send("GET", headers["Location"])[2]
            answers.add((status, re.sub(r'value="\w{64}"', "", page)))
    if len(answers) != 1:
        faults.note("attacks", f"addresses are answered in {len(answers)} ways")
    medians = [statistics.median(one) * 1000 for one in times.values()]
    print(f"known and unknown address: {medians[0]:.2f} and {medians[1]:.2f} ms", flush=True)
    if abs(medians[0] - medians[1]) > 1:
        faults.note("attacks", "known addresses take another time")


def hold_up_scripts(site, faults):
    """Whether pages use up what the scripts of the location may ask."""
    reader = Attacker(site.server)
    reader.sign_in(site)
    for _ in range(30):
        reader.send("GET", "/")
    status = Attacker(site.server).send("GET", "/v1/me", Authorization=f"Bearer {site.token}")[0]
    if status != 200:
        faults.note("attacks", f"a script was answered {status} after somebody read pages")


def attack(site, faults):
    for one in (forge, guess_links, steal_sessions, hold_up_scripts, look_for_accounts):
        one(site, faults)
        print(f"attacked: {one.__doc__}", flush=True)
