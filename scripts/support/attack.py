"""Attacks a server with costly requests of one tenant while another works.

For each attack a server is started on the same database. Eight connections of the attacker repeat
the attack. Meanwhile another tenant reads and writes tasks, and somebody asks for /health. At the end
of its time the server is told to stop while the attack goes on. The figures stand beside what is
wanted.

Use: attack.py BINARY [NAME]... with the names of the attacks to run; all if none is named.
"""

import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from server import TASKS, Client, Server, run_for_json

SECONDS = 10
CONNECTIONS = 8
OWNED = 300_000
SERIES = 200
LONG_TASKS = 600
FOLLOWING = 5_000
CONTACTS = 100
VICTIM = "VictimVictimVictim01"
ATTACKER = "AttackerAttacker0001"
DOCUMENT = {
    "locations": [{"id": VICTIM, "name": "Victim"}, {"id": ATTACKER, "name": "Attacker"}],
    "users": [
        {"id": 900001, "location": VICTIM, "name": "Vera", "timeZone": "UTC"},
        {"id": 900002, "location": ATTACKER, "name": "Adam", "timeZone": "UTC"},
        {"id": 900003, "location": ATTACKER, "name": "Fred", "timeZone": "UTC"},
    ],
    "contacts": [
        {"id": 900001 + number, "publicID": f"AttackedContact{1 + number:05}", "location": ATTACKER}
        for number in range(CONTACTS)
    ],
}
CONTACT_TASKS = "/contacts/AttackedContact00001/tasks"
LIMITS = ("--rate-limit", "0", "--daily-limit", "0")
WANTED = {"reads": 100, "writes": 200, "health": 50}


def note(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


class HighLevel(Client):
    """One connection of the attacker's, as the holder of the location's token."""

    def __init__(self, server, token):
        super().__init__(server, token)
        self.headers["Version"] = "2021-07-28"


class World:
    """A database with much of everything that attacks need, and the tokens of both tenants."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.database = os.path.join(folder, "attack.db")
        note(f"Loading {OWNED:,} tasks of one owner")
        loaded = run_for_json(
            *(binary, "load", "--database", self.database),
            *("--tasks", str(OWNED), "--owners-of", str(OWNED)),
        )
        self.owner = loaded["token"]
        self.run("directory", "import", "-", input=json.dumps(DOCUMENT))
        self.victim = self.issue("--user", "900001")
        self.user = self.issue("--user", "900002")
        self.follower = self.issue("--user", "900003")
        self.location = self.issue("--location", ATTACKER)
        with self.serve() as server:
            server.wait_until_ready()
            self.make_series(Client(server, self.user))
            self.make_long_tasks(HighLevel(server, self.location))
            self.following = self.make_long_series(Client(server, self.follower))
            server.stop()

    def run(self, *arguments, **options):
        command = [self.binary, *arguments, "--database", self.database]
        done = subprocess.run(command, text=True, check=True, stdout=subprocess.PIPE, **options)
        return done.stdout

    def issue(self, *holder):
        return self.run("token", "issue", *holder).split()[-1]

    def serve(self):
        return Server(self.binary, self.database, os.path.join(self.folder, "log"), *LIMITS)

    def make_series(self, client):
        note(f"Making {SERIES} series of every minute")
        for number in range(SERIES):
            body = task("900002", f"Minutely {number}")
            body["recurrence_rule"] = "FREQ=MINUTELY"
            expect(client.send("POST", TASKS, body), 201)

    def make_long_tasks(self, client):
        note(f"Making {LONG_TASKS} tasks with long bodies")
        length = 60_000
        for number in range(LONG_TASKS):
            body = {"title": f"Long {number}", "dueDate": "2030-01-01T00:00:00Z"}
            answer = 422, b""
            while answer[0] == 422 and length > 100:
                body |= {"completed": False, "body": "\U0001f600" * length}
                answer = client.send("POST", CONTACT_TASKS, body)
                length = length if answer[0] == 201 else length // 2
            expect(answer, 201)

    def make_long_series(self, client):
        """Makes a series with as many tasks as a series has ahead, and returns their numbers."""
        note(f"Making a series of {FOLLOWING:,} tasks")
        body = task("900003", "Hourly") | {"recurrence_rule": "FREQ=HOURLY"}
        expect(client.send("POST", TASKS, body), 201)
        path = f"{TASKS}?due_at[$lt]=2035-01-01&$sort[due_at]=1&$limit=50"
        answer = 503, b""
        while answer[0] == 503:
            answer = client.send("GET", path)
        expect(answer, 200)
        made = json.loads(answer[1])
        note(f"There are {made['total']:,}")
        return [record["id"] for record in made["data"]]


def task(user, description):
    return {
        "assigned_user_id": user,
        "due_at": "2030-01-01T09:00:00",
        "status": "incomplete",
        "description": description,
    }


def expect(answer, status):
    if answer[0] != status:
        raise SystemExit(f"{answer[0]} {answer[1][:500].decode(errors='replace')}")


# Attacks: each returns a function that sends one request, or holds one, and the token's client.


def long_lists(server, world):
    """Thirty lists of 999 equal values, on next to no tasks."""
    values = ",".join(["1"] * 999)
    query = "&".join(f"$or[{number}][reminder_type]={values}" for number in range(30))
    return asking(Client(server, world.user), "GET", f"{TASKS}?{query}")


def many_conditions(server, world):
    """Ninety conditions on the notes of 300,000 tasks."""
    query = "&".join(f"$or[{number}][notes]=x{number}" for number in range(90))
    return asking(Client(server, world.owner), "GET", f"{TASKS}?{query}")


def far_pages(server, world):
    """A page far down in a sorted list of 300,000 tasks."""
    path = f"{TASKS}?$sort[notes]=1&$sort[modified_at]=-1&$skip=299000&$limit=50"
    return asking(Client(server, world.owner), "GET", path)


def text_search(server, world):
    """A search in texts of 150 MB."""
    body = {"query": "\U0001f600" * 400 + "x", "limit": 500}
    client = HighLevel(server, world.location)
    return asking(client, "POST", f"/locations/{ATTACKER}/tasks/search", body)


def unread_lists(server, world):
    """Lists of 150 MB, asked for again and again and never read."""
    request = (
        f"GET {CONTACT_TASKS} HTTP/1.1\r\nHost: localhost\r\nVersion: 2021-07-28\r\n"
        f"Authorization: Bearer {world.location}\r\n\r\n"
    )

    def hold():
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(request.encode())
        time.sleep(SECONDS * 10)

    return hold


def look_ahead(server, world):
    """Tasks of 200 series of every minute, years beyond what is stored."""
    return asking(Client(server, world.user), "GET", f"{TASKS}?due_at[$lt]=2036-01-01&$limit=50")


def following(server, world):
    """Edits of "this and following" that each concern thousands of tasks."""
    client = Client(server, world.follower)
    turns = itertools.count()

    def edit():
        turn = next(turns)
        # Most split the series: what follows gets another one.
        number = world.following[turn % len(world.following)]
        body = {"update_type": 2, "description": f"Edited {turn} " + "x" * 1900}
        client.send("PATCH", f"{TASKS}/{number}", body)

    return edit


def long_creations(server, world):
    """Series of a hundred contacts, each of which gets the longest description at once."""
    client = HighLevel(server, world.location)
    rule = {"intervalType": "daily", "interval": 1, "startDate": "2030-01-01T09:00:00.000Z"}
    rule |= {"dueAfterSeconds": 600, "createTaskIfOverDue": True}
    body = {"title": "Long", "rruleOptions": rule, "ignoreTaskCreation": False}
    body["contactIds"] = [contact["publicID"] for contact in DOCUMENT["contacts"]]
    lengths = [65_535]

    def create():
        body["description"] = "\U0001f600" * lengths[0]
        status, answer = client.send("POST", f"/locations/{ATTACKER}/recurring-tasks", body)
        if status in (400, 422):
            lengths[0] = lengths[0] * 9 // 10
        return status, answer

    return create


def every_second(server, world):
    """Series of every second, without an end."""
    body = task("900003", "Secondly") | {"recurrence_rule": "FREQ=SECONDLY"}
    return asking(Client(server, world.follower), "POST", TASKS, body)


def asking(client, method, path, body=None):
    return lambda: client.send(method, path, body)


READ_ATTACKS = (long_lists, many_conditions, far_pages, text_search, unread_lists, look_ahead)
WRITE_ATTACKS = (following, long_creations, every_second)
ATTACKS = READ_ATTACKS + WRITE_ATTACKS


class Probe:
    """Somebody who asks the same again and again, and how long each answer took."""

    def __init__(self, ask, statuses):
        self.ask = ask
        self.statuses = statuses
        self.times = []
        self.failures = 0
        self.is_over = False
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self):
        while not self.is_over:
            asked_at = time.perf_counter()
            try:
                status = self.ask()[0]
            except (OSError, ValueError):
                status = 0
            if self.is_over:
                return
            self.times.append(time.perf_counter() - asked_at)
            self.failures += status not in self.statuses
            time.sleep(0.005)

    def percentile(self, percent):
        """Milliseconds."""
        times = sorted(self.times)
        # An answer that never came counts, too.
        return times[len(times) * percent // 100] * 1000 if times else float("inf")


def resident(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["VmHWM"].split()[0]) / 1024


def attacker(make, server, world):
    """Repeats an attack until the server is gone."""

    def work():
        while server.process.poll() is None:
            try:
                attack = make(server, world)
                while True:
                    attack()
            except Exception:  # The server is stopping, or closed the connection.
                time.sleep(0.01)

    threading.Thread(target=work, daemon=True).start()


def run(make, world):
    note(f"{make.__name__}: {make.__doc__}")
    with world.serve() as server:
        server.wait_until_ready()
        victim = [Client(server, world.victim) for _ in range(3)]
        body = task("900001", "A task of the victim's")
        created = victim[0].send("POST", TASKS, body)
        expect(created, 201)
        path = f"{TASKS}/{json.loads(created[1])['id']}"
        for _ in range(CONNECTIONS):
            attacker(make, server, world)
        time.sleep(0.5)
        probes = {
            "reads": Probe(asking(victim[0], "GET", path), (200,)),
            "writes": Probe(asking(victim[1], "POST", TASKS, body), (201,)),
            "health": Probe(asking(victim[2], "GET", "/health"), (200,)),
        }
        finds = Probe(asking(Client(server, world.victim), "GET", f"{TASKS}?status=complete"), (200,))
        time.sleep(SECONDS)
        for probe in (*probes.values(), finds):
            probe.is_over = True
        memory = resident(server)
        told_at = time.perf_counter()
        server.process.send_signal(signal.SIGTERM)
        try:
            status = server.process.wait(60)
        except subprocess.TimeoutExpired:
            status = None
        stop = time.perf_counter() - told_at
    cells = [make.__name__]
    for name, probe in probes.items():
        failures = f", {probe.failures} failed" if probe.failures else ""
        median = f"{probe.percentile(50):.0f} / "
        cells.append(median + figure(probe.percentile(99), WANTED[name], "ms", failures))
    cells.append(
        f"{finds.percentile(99):.0f} ms, {finds.failures} failed of {len(finds.times)}"
    )
    cells.append(figure(memory, 400, "MB"))
    cells.append(figure(stop, 5, "s", "" if status == 0 else f", status {status}"))
    row(*cells)


def figure(value, wanted, unit, remark=""):
    verdict = "" if value <= wanted and not remark else " **missed**"
    number = f"{value:.1f}" if unit == "s" else f"{value:.0f}"
    return f"{number} {unit}{remark}{verdict}"


def row(*cells):
    print(f"| {' | '.join(cells)} |", flush=True)


def main():
    binary, names = sys.argv[1], sys.argv[2:]
    chosen = [attack for attack in ATTACKS if not names or attack.__name__ in names]
    # Beside the build, so that the database is on a disk.
    folder = tempfile.mkdtemp(prefix="attack-", dir=".build")
    try:
        world = World(binary, folder)
        print(
            f"p50 / p99 of another tenant over {SECONDS} s,"
            f" {CONNECTIONS} attacking connections.\n"
        )
        row("attack", "reads", "writes", "/health", "filtered finds", "memory", "SIGTERM")
        row("---", "---:", "---:", "---:", "---:", "---:", "---:")
        row("wanted", "≤ 100 ms", "≤ 200 ms", "≤ 50 ms", "", "≤ 400 MB", "≤ 5 s")
        for attack in chosen:
            run(attack, world)
    finally:
        shutil.rmtree(folder)


main()
