"""Kills the server between any two steps of requests with an idempotency key, and sends them again.

In each round four clients send creations with keys of their own, and the server is killed at a random
moment. Then each client sends its last request again until it has an answer, and once more. However
often a request was sent, there is one task of it, and the answers that came are alike.
"""

import http.client
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time

from server import Client, Server, run_for_json

CONNECTIONS = 4


class Difference(Exception):
    """A request had another effect than one, or answers that differ."""


class KeyedClient:
    """One client with a request that it may have to send again."""

    def __init__(self, name, token):
        self.name = name
        self.token = token
        self.answered = {}  # the id of the task that was answered for each key
        self.pending = None
        self.count = 0
        self.refusal = None

    def body(self, key):
        return {"title": key, "due": {"local": "2040-01-01T09:00:00", "timeZone": "UTC"}}

    def send(self, client, key):
        client.headers["Idempotency-Key"] = key
        status, answer = client.send("POST", "/v1/tasks", self.body(key))
        if status in (409, 429, 503):
            return None
        if status != 201:
            raise Difference(f"{key}: {status} {answer.decode(errors='replace')}")
        return json.loads(answer)["task"]["id"]

    def stream(self, server):
        """Sends requests until the server is gone."""
        try:
            client = Client(server, self.token)
            while True:
                if self.pending is None:
                    self.count += 1
                    self.pending = f"{self.name}-{self.count}"
                self.note(self.pending, self.send(client, self.pending))
        except (OSError, http.client.HTTPException):
            return
        except Difference as reason:
            self.refusal = str(reason)

    def note(self, key, answer):
        if answer is None:
            return
        if self.answered.setdefault(key, answer) != answer:
            raise Difference(f"{key}: {answer} after {self.answered[key]}")
        self.pending = None

    def settle(self, server):
        """Sends what has no answer until it has one, and then once more."""
        client = Client(server, self.token)
        key = self.pending
        for _ in range(100):
            if self.pending is None:
                break
            self.note(key, self.send(client, key))
        else:
            raise Difference(f"{key}: no answer")
        if key:
            self.note(key, self.send(client, key))


def found(server, token):
    """Returns how many tasks each title has."""
    client = Client(server, token)
    counts, cursor = {}, ""
    while True:
        status, body = client.send(
            "GET", f"/v1/tasks?dueFrom=2040-01-01T00:00:00Z&limit=500{cursor}"
        )
        if status != 200:
            raise SystemExit(f"GET /v1/tasks: {status} {body.decode(errors='replace')}")
        page = json.loads(body)
        for task in page["tasks"]:
            counts.setdefault(task["title"], []).append(task["id"])
        if "nextCursor" not in page:
            return counts
        cursor = f"&cursor={page['nextCursor']}"


def run(binary, folder, count, generator):
    database, log = os.path.join(folder, "keys.db"), os.path.join(folder, "server.log")
    token = run_for_json(binary, "demo", "--database", database)["token"]
    clients = [KeyedClient(f"client{lane}", token) for lane in range(CONNECTIONS)]
    resent = 0
    for number in range(count):
        with Server(binary, database, log) as server:
            server.wait_until_ready()
            resent += sum(client.pending is not None for client in clients)
            for client in clients:
                client.settle(server)
            threads = [
                threading.Thread(target=client.stream, args=(server,)) for client in clients
            ]
            for thread in threads:
                thread.start()
            time.sleep(generator.uniform(0.005, 0.08))
            server.kill()
            for thread in threads:
                thread.join()
        for client in clients:
            if client.refusal:
                raise Difference(client.refusal)
        if (number + 1) % 20 == 0:
            print(f"{number + 1} kills, {resent} requests sent again", flush=True)
    with Server(binary, database, log) as server:
        server.wait_until_ready()
        for client in clients:
            client.settle(server)
        tasks = found(server, token)
        server.stop()
    answered = {key: id for client in clients for key, id in client.answered.items()}
    for key, ids in tasks.items():
        if len(ids) != 1 or answered.get(key) != ids[0]:
            raise Difference(f"{key}: tasks {ids}, answered {answered.get(key)}")
    if missing := answered.keys() - tasks.keys():
        raise Difference(f"lost: {sorted(missing)[:5]}")
    print(f"{count} kills, {len(tasks)} requests, {resent} sent again: one effect each")


def main():
    if len(sys.argv) < 3:
        raise SystemExit("use: keyed_crash_test.py BINARY KILLS [SEED]")
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1_000_000)
    print(f"{sys.argv[2]} kills, seed {seed}", flush=True)
    # Beside the build, so that the database is on a disk.
    folder = tempfile.mkdtemp(prefix="keyed-crash-test-", dir=".build")
    try:
        run(sys.argv[1], folder, int(sys.argv[2]), random.Random(seed))
    except Difference as reason:
        raise SystemExit(f"{reason}\nleft in {folder}") from None
    shutil.rmtree(folder)


main()
