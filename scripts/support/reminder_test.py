"""Kills and stops servers while they remind people by mail, SMS and webhook, and looks at what came.

Tasks fall due all the time, each with a reminder by each of the three channels. At random moments, most of
them while reminders are on their way, a server is killed, or stopped for a while. At the end each task's
reminder must have arrived by each channel: none lost; those that came again under their first identifier,
and each no more often than there was a kill or a stop between two of its arrivals; and in the ledger each
must be sent.
"""

import argparse
import collections
import contextlib
import datetime
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from aiosmtpd.smtp import SMTP
from postgres import Postgres
from reminder_receivers import Receivers
from server import Client, Server

LOCATION = "ve9EPM428h8vShlRW1KT"
CHANNELS = ("email", "sms", "webhook")
USERS = 8
BATCH = 16
#: How many reminders a server has on their way at most: 16 mails, 32 messages and an event.
IN_FLIGHT = 49


class Difference(Exception):
    """A reminder was lost, came too often or under another identifier."""


def directory():
    people = range(1, USERS + 1)
    return {
        "locations": [{"id": LOCATION, "name": "Acme Realty", "timeZone": "America/New_York"}],
        "users": [
            {"id": number, "publicID": f"{number:020}", "location": LOCATION,
             "name": f"User {number}", "email": f"user{number}@example.com",
             "phone": f"+1555010{number:04}"}
            for number in people
        ],
        "tokens": [{"token": f"{number:040}", "user": number} for number in people]
        + [{"token": f"{0:040}", "location": LOCATION}],
    }


def token(number):
    """The token of a user; of the location for 0."""
    return f"{number:040}"


class Writer:
    """Creates tasks that fall due shortly, and numbers them by their titles."""

    def __init__(self):
        self.number = 0

    def write(self, server, due, count):
        moment = datetime.datetime.fromtimestamp(due, datetime.timezone.utc)
        reminders = [{"before": "PT0S", "channel": channel} for channel in CHANNELS]
        with contextlib.suppress(OSError, http.client.HTTPException):
            for first in range(0, count, BATCH):
                operations = []
                for _ in range(min(BATCH, count - first)):
                    self.number += 1
                    body = {
                        "title": f"Call No. {self.number}",
                        "dueAt": moment.isoformat(timespec="milliseconds"),
                        "reminders": reminders,
                    }
                    operations.append({"method": "POST", "path": "/tasks", "body": body})
                client = Client(server, token(1 + self.number // BATCH % USERS))
                client.send("POST", "/v1/batch", {"operations": operations})


def read_all(server, path, name):
    """The records of a list, page by page."""
    client = Client(server, token(0))
    records, cursor = [], ""
    while True:
        status, body = client.send("GET", f"/v1/{path}limit=500{cursor}")
        if status == 503:
            continue
        if status != 200:
            raise SystemExit(f"GET /v1/{path}: {status} {body.decode(errors='replace')}")
        page = json.loads(body)
        records += page[name]
        if "nextCursor" not in page:
            return records
        cursor = f"&cursor={page['nextCursor']}"


def reminded_tasks(server):
    """The tasks that were made before they fell due: of what is past nobody is reminded."""
    tasks = read_all(server, "tasks?", "tasks")
    return [task for task in tasks if task["createdAt"] < task["dueAt"]]


def check(titles, ledger, arrivals, disturbances):
    """Compares what arrived with what is stored; returns how many came again."""
    came = collections.defaultdict(list)
    for arrival in arrivals:
        came[arrival.title, arrival.channel].append(arrival)
    wanted = {(title, channel) for title in titles.values() for channel in CHANNELS}
    if lost := wanted - came.keys():
        raise Difference(f"lost {sorted(lost)[:5]}, {len(lost)} of {len(wanted)}")
    if strange := came.keys() - wanted:
        raise Difference(f"{sorted(strange, key=str)[:5]} are of no task")
    again = 0
    for (title, channel), several in came.items():
        if len({arrival.id for arrival in several}) > 1:
            raise Difference(f"{title} came by {channel} under several identifiers")
        reasons = sum(
            begun <= several[-1].at and several[0].at <= ended for begun, ended in disturbances
        )
        if len(several) - 1 > reasons:
            raise Difference(
                f"{title} came {len(several)} times by {channel}, with {reasons} kills and stops"
            )
        again += len(several) - 1
    states = collections.Counter()
    for row in ledger:
        states[row["state"]] += 1
        if row["state"] != "sent" or not row["sentAt"] or row["attempts"] < 1:
            raise Difference(f"the ledger has {row}")
    kept = {(titles.get(row["taskId"]), row["channel"]) for row in ledger}
    if kept != wanted or len(ledger) != len(wanted):
        raise Difference(f"the ledger has {len(ledger)} reminders of {len(wanted)}")
    return again


class ReminderTest:
    def __init__(self, binary, folder, options):
        self.binary, self.folder, self.options = binary, folder, options
        self.generator = random.Random(options.seed)
        self.log = os.path.join(folder, "server.log")
        self.key = os.path.join(folder, "key")
        with open(self.key, "w", encoding="ascii") as file:
            file.write("0" * 32)
        self.receivers = Receivers(lambda handler: SMTP(handler, enable_SMTPUTF8=True))
        #: When each kill and stop began and when the server was back.
        self.disturbances = []

    def serve(self, database):
        return Server(
            self.binary, database, self.log, "--secret-key-file", self.key,
            "--webhook-allow-private", "--reminder-hour-cap", "10000",
            "--reminder-day-cap", "100000", *self.receivers.options,
        )

    def run(self, database):
        if self.options.nodes > 1:
            subprocess.run([self.binary, "migrate", "--database", database], check=True)
        subprocess.run(
            [self.binary, "directory", "import", "-", "--database", database],
            input=json.dumps(directory()), text=True, check=True, stdout=subprocess.DEVNULL,
        )
        deeds = ["kill"] * self.options.kills + ["stop"] * self.options.stops
        self.generator.shuffle(deeds)
        each = -(-self.options.deliveries // len(CHANNELS) // max(1, len(deeds)))
        writer = Writer()
        with contextlib.ExitStack() as stack:
            nodes = [stack.enter_context(self.serve(database)) for _ in range(self.options.nodes)]
            for node in nodes:
                node.wait_until_ready()
            status, body = Client(nodes[0], token(0)).send(
                "POST", "/v1/webhooks",
                {"url": self.receivers.webhook_url, "events": ["reminder.due"]},
            )
            if status != 201:
                raise SystemExit(f"POST /v1/webhooks: {status} {body.decode()}")
            for number, deed in enumerate(deeds):
                place = self.generator.randrange(len(nodes))
                self.disturb(deed, nodes, place, writer, each)
                if nodes[place].process.poll() is not None:
                    nodes[place] = stack.enter_context(self.serve(database))
                    nodes[place].wait_until_ready()
                    self.disturbances[-1] = (self.disturbances[-1][0], time.monotonic())
                if (number + 1) % 20 == 0:
                    count = len(self.receivers.taken())
                    print(f"{number + 1} kills and stops, {count} deliveries", flush=True)
            missing = self.options.deliveries - len(CHANNELS) * len(reminded_tasks(nodes[0]))
            writer.write(nodes[0], time.time() + 5, max(0, -(-missing // len(CHANNELS))))
            tasks = reminded_tasks(nodes[0])
            self.wait_for(len(CHANNELS) * len(tasks))
            ledger = read_all(nodes[0], "reminders?", "reminders")
            titles = {task["id"]: task["title"].removeprefix("Call ") for task in tasks}
            again = check(titles, ledger, self.receivers.taken(), self.disturbances)
            if again > IN_FLIGHT * len(deeds):
                raise Difference(f"{again} came again, more than were on their way")
            for node in nodes:
                node.stop()
        print(
            f"{self.options.kills} kills, {self.options.stops} stops, "
            f"{len(CHANNELS) * len(tasks)} deliveries by {len(CHANNELS)} channels: none lost, "
            f"{again} came again, each under its first identifier and after a kill or a stop"
        )

    def disturb(self, deed, nodes, place, writer, count):
        """Lets tasks fall due, and kills or stops a node about then."""
        due = time.time() + 1
        thread = threading.Thread(
            target=writer.write, args=(nodes[(place + 1) % len(nodes)], due, count)
        )
        thread.start()
        time.sleep(max(0, due - time.time() + self.generator.uniform(-0.1, 0.4)))
        begun = time.monotonic()
        if deed == "kill":
            nodes[place].kill()
        else:
            nodes[place].process.send_signal(signal.SIGSTOP)
            time.sleep(self.generator.uniform(0.1, 8 if len(nodes) > 1 else 1))
            nodes[place].process.send_signal(signal.SIGCONT)
        self.disturbances.append((begun, time.monotonic()))
        thread.join()

    def wait_for(self, count):
        """Waits until as many different deliveries have arrived, or none has come for long."""
        last, at = None, time.monotonic()
        while True:
            found = len({(arrival.title, arrival.channel) for arrival in self.receivers.taken()})
            if found >= count:
                return
            if found != last:
                last, at = found, time.monotonic()
            if time.monotonic() - at > 90:
                return
            time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser(prog="reminder-test")
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--stops", type=int, default=50)
    parser.add_argument("--deliveries", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument(
        "--nodes", type=int, default=1, help="more than one: over a PostgreSQL server"
    )
    options = parser.parse_args()
    print(f"{options.kills} kills, {options.stops} stops, seed {options.seed}", flush=True)
    # Beside the build, so that the database is on a disk.
    os.makedirs(".build", exist_ok=True)
    folder = tempfile.mkdtemp(prefix="reminder-test-", dir=".build")
    test = ReminderTest(options.binary, folder, options)
    try:
        if options.nodes > 1:
            with Postgres() as postgres:
                test.run(postgres.create_database("reminders"))
        else:
            test.run(os.path.join(folder, "test.db"))
    except Difference as reason:
        raise SystemExit(f"{reason}\nleft in {folder}") from None
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
