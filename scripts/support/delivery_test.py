"""Kills and stops servers between any two steps of a delivery, and looks at what the receivers got.

Three webhooks, two in the own form and one in HighLevel's, follow one location while a client creates
tasks in it. At random moments a server is killed, or stopped for a while. At the end each receiver must
have every event of the location's log: none lost; in the order of the changes when each came first;
those that came again under their first name and with the same bytes, and no more of them than were on
their way at a kill or a stop.
"""

import argparse
import contextlib
import hashlib
import http.client
import http.server
import json
import os
import random
import shutil
import signal
import tempfile
import threading
import time
import subprocess

from postgres import Postgres
from server import Client, Server, run_for_json

LOCATION = "ve9EPM428h8vShlRW1KT"
FORMS = ["standard", "standard", "highlevel"]
BATCH = 25


class Difference(Exception):
    """An event was lost, came too often, too early or with other bytes."""


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Connections that a kill resets are expected."""


class Receivers:
    """The three receivers; each notes the names and the bodies of what it is sent."""

    def __init__(self):
        self.arrivals = {place: [] for place in range(len(FORMS))}
        lock = threading.Lock()
        arrivals = self.arrivals

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                event = json.loads(body)
                # HighLevel's form says when an attempt was made.
                if "webhookId" in event:
                    name = event["webhookId"]
                    event.pop("timestamp")
                    body = json.dumps(event).encode()
                else:
                    name = event["id"]
                with lock:
                    arrivals[int(self.path[1:])].append((name, hashlib.sha256(body).digest()))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, place):
        return f"http://127.0.0.1:{self.server.server_port}/{place}"

    @property
    def counts(self):
        return [len({name for name, _ in self.arrivals[place]}) for place in self.arrivals]


class Writer:
    """Creates tasks until its server is gone."""

    def __init__(self, token):
        self.token = token

    def write(self, server, until):
        operations = [
            {
                "method": "POST",
                "path": "/tasks",
                "body": {"title": f"{number}", "dueAt": "2040-01-01T09:00:00Z"},
            }
            for number in range(BATCH)
        ]
        with contextlib.suppress(OSError, http.client.HTTPException):
            client = Client(server, self.token)
            while not until.is_set():
                client.send("POST", "/v1/batch", {"operations": operations})


def changes(server, token, cursor):
    """The names of the events since a cursor, in their order."""
    client = Client(server, token)
    names = []
    while True:
        status, body = client.send("GET", f"/v1/changes?after={cursor}&limit=500")
        if status == 503:
            continue
        if status != 200:
            raise SystemExit(f"GET /v1/changes: {status} {body.decode(errors='replace')}")
        page = json.loads(body)
        for change in page["changes"]:
            names.append(f"evt_{LOCATION}_{change['number']}_0")
        cursor = page["cursor"]
        if not page["hasMore"]:
            return names


def check(receivers, names, disturbances, nodes):
    """Compares what arrived with the log; returns how many events came again."""
    again = 0
    for place, arrivals in receivers.arrivals.items():
        first, bodies = [], {}
        for name, body in arrivals:
            if name not in bodies:
                first.append(name)
                bodies[name] = body
            elif bodies[name] != body:
                raise Difference(f"receiver {place}: {name} came with other bytes")
        if missing := set(names) - bodies.keys():
            raise Difference(f"receiver {place}: lost {sorted(missing)[:5]} of {len(names)}")
        if first != names:
            wrong = next(pair for pair in zip(first, names) if pair[0] != pair[1])
            raise Difference(f"receiver {place}: {wrong[0]} came where {wrong[1]} should")
        repeated = len(arrivals) - len(names)
        if repeated > disturbances * nodes:
            raise Difference(f"receiver {place}: {repeated} came again, of {disturbances} on the way")
        again += repeated
    return again


class DeliveryTest:
    def __init__(self, binary, folder, options):
        self.binary, self.folder, self.options = binary, folder, options
        self.generator = random.Random(options.seed)
        self.log = os.path.join(folder, "server.log")
        self.key = os.path.join(folder, "key")
        with open(self.key, "w", encoding="ascii") as file:
            file.write("0" * 32)
        self.receivers = Receivers()

    def serve(self, database):
        return Server(
            self.binary, database, self.log, "--secret-key-file", self.key,
            "--webhook-allow-private",
        )

    def run(self, database):
        if self.options.nodes > 1:
            subprocess.run([self.binary, "migrate", "--database", database], check=True)
        run_for_json(self.binary, "demo", "--database", database)
        token = subprocess.run(
            [self.binary, "token", "issue", "--location", LOCATION, "--database", database],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.strip()
        with contextlib.ExitStack() as stack:
            nodes = [stack.enter_context(self.serve(database)) for _ in range(self.options.nodes)]
            for node in nodes:
                node.wait_until_ready()
            for place, form in enumerate(FORMS):
                status, body = Client(nodes[0], token).send(
                    "POST", "/v1/webhooks", {"url": self.receivers.url(place), "form": form}
                )
                if status != 201:
                    raise SystemExit(f"POST /v1/webhooks: {status} {body.decode()}")
            status, body = Client(nodes[0], token).send("GET", "/v1/changes")
            cursor = json.loads(body)["cursor"]
            writer = Writer(token)
            deeds = ["kill"] * self.options.kills + ["stop"] * self.options.stops
            self.generator.shuffle(deeds)
            for number, deed in enumerate(deeds):
                place = self.generator.randrange(len(nodes))
                self.disturb(deed, nodes, place, writer)
                if nodes[place].process.poll() is not None:
                    nodes[place] = stack.enter_context(self.serve(database))
                    nodes[place].wait_until_ready()
                if (number + 1) % 20 == 0:
                    count = sum(self.receivers.counts)
                    print(f"{number + 1} kills and stops, {count} events arrived", flush=True)
            names = changes(nodes[0], token, cursor)
            self.wait_for(len(names))
            again = check(self.receivers, names, len(deeds), len(nodes))
            for node in nodes:
                node.stop()
        print(
            f"{self.options.kills} kills, {self.options.stops} stops, "
            f"{len(names) * len(FORMS)} deliveries to {len(FORMS)} receivers: none lost, "
            f"{again} came again, each under its first name and with the same bytes"
        )

    def disturb(self, deed, nodes, place, writer):
        """Writes for a moment, and kills or stops a node meanwhile."""
        is_over = threading.Event()
        thread = threading.Thread(
            target=writer.write, args=(nodes[(place + 1) % len(nodes)], is_over)
        )
        thread.start()
        time.sleep(self.generator.uniform(0.05, 0.4))
        if deed == "kill":
            nodes[place].kill()
        else:
            nodes[place].process.send_signal(signal.SIGSTOP)
            time.sleep(self.generator.uniform(0.1, 8 if len(nodes) > 1 else 1))
            nodes[place].process.send_signal(signal.SIGCONT)
        is_over.set()
        thread.join()

    def wait_for(self, count):
        """Waits until every receiver has some events, or none has come for long."""
        last, at = None, time.monotonic()
        while (counts := self.receivers.counts) != [count] * len(counts):
            if counts != last:
                last, at = counts, time.monotonic()
            if time.monotonic() - at > 60:
                return
            time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(prog="delivery-test")
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--stops", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument(
        "--nodes", type=int, default=1, help="more than one: over a PostgreSQL server"
    )
    options = parser.parse_args()
    print(f"{options.kills} kills, {options.stops} stops, seed {options.seed}", flush=True)
    # Beside the build, so that the database is on a disk.
    os.makedirs(".build", exist_ok=True)
    folder = tempfile.mkdtemp(prefix="delivery-test-", dir=".build")
    test = DeliveryTest(options.binary, folder, options)
    try:
        if options.nodes > 1:
            with Postgres() as postgres:
                test.run(postgres.create_database("deliveries"))
        else:
            test.run(os.path.join(folder, "test.db"))
    except Difference as reason:
        raise SystemExit(f"{reason}\nleft in {folder}") from None
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
