"""Lets clients follow a server's changes while others write, and kills the server in between.

Half of the followers ask again and again and let the answer be held, the other half read the stream of
events; some let go of their connection from time to time. At the end each follower's copy of the
tasks has to be the server's, and no change may have come twice or out of order. Then idle followers
are counted in memory.
"""

import http.client
import json
import os
import random
import shutil
import socket
import sys
import tempfile
import threading
import time

from server import Client, Server, run_for_json

WRITERS, FOLLOWERS = 20, 50


class Difference(Exception):
    """A follower's copy is not the server's."""


class Town:
    """The server, which may be killed and started again."""

    def __init__(self, binary, folder):
        self.binary, self.log = binary, os.path.join(folder, "server.log")
        self.database = os.path.join(folder, "follow.db")
        self.token = run_for_json(binary, "demo", "--database", self.database)["token"]
        self.server = None
        self.is_over = False
        self.start()

    def start(self, *options):
        server = Server(self.binary, self.database, self.log, *options)
        server.wait_until_ready()
        self.server = server

    def connect(self):
        return Client(self.server, self.token)


def write(town, lane, generator):
    """Makes, changes and deletes tasks until the time is over."""
    ids, client = [], None
    while not town.is_over:
        try:
            client = client or town.connect()
            choice = generator.random()
            if choice < 0.4 or not ids:
                due = {"local": f"2041-01-{generator.randint(1, 28):02}T09:00:00", "timeZone": "UTC"}
                status, body = client.send(
                    "POST", "/v1/tasks", {"title": f"lane {lane}", "due": due}
                )
                if status == 201:
                    ids.append(json.loads(body)["task"]["id"])
            else:
                path = f"/v1/tasks/{generator.choice(ids)}"
                if choice < 0.7:
                    client.send("PATCH", path, {"title": f"lane {lane}, {generator.random()}"})
                elif choice < 0.9:
                    client.send("POST", path + "/complete")
                else:
                    client.send("DELETE", path)
            time.sleep(0.02)
        except (OSError, http.client.HTTPException):
            client = None
            time.sleep(0.05)


class Follower:
    """A copy of the tasks that is kept by following what changes."""

    def __init__(self, town, generator):
        self.town, self.generator = town, generator
        self.tasks, self.cursor, self.last = {}, None, 0
        self.fault = None
        self.end = None  # the number of the change that has to be reached

    def take(self, change):
        if change["number"] < self.last:
            self.fault = f"change {change['number']} after {self.last}"
        self.last = max(self.last, change["number"])
        for task in change["tasks"]:
            self.tasks[task["id"]] = task
        for removed in change["removed"]:
            self.tasks.pop(removed.get("taskId"), None)

    @property
    def is_done(self):
        return self.fault or (self.end is not None and self.last >= self.end)

    def run(self):
        while not self.is_done:
            try:
                self.follow()
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.05)


class Poller(Follower):
    """Asks again and again."""

    def follow(self):
        client = self.town.connect()
        while not self.is_done:
            status, body = client.send("GET", f"/v1/changes?after={self.cursor}&wait=5&limit=100")
            if status != 200:
                raise OSError(status)
            page = json.loads(body)
            for change in page["changes"]:
                self.take(change)
            self.cursor = page["cursor"]
            if self.generator.random() < 0.02:
                return


class Listener(Follower):
    """Reads the stream of events."""

    def follow(self):
        connection = self.town.server.connect(timeout=30)
        headers = {"Authorization": f"Bearer {self.town.token}", "Last-Event-ID": self.cursor}
        connection.request("GET", "/v1/events", headers=headers)
        response = connection.getresponse()
        if response.status != 200:
            raise OSError(response.status)
        identifier = None
        while not self.is_done:
            line = response.readline()
            if not line:
                return
            if line.startswith(b"id: "):
                identifier = line[4:].strip().decode()
            elif line.startswith(b"data: "):
                self.take(json.loads(line[6:]))
                self.cursor = identifier
                if self.generator.random() < 0.01:
                    connection.close()
                    return


def all_tasks(client):
    tasks, cursor = {}, ""
    while True:
        path = f"/v1/tasks?state=open,complete,skipped,deleted&limit=500{cursor}"
        status, body = client.send("GET", path)
        if status != 200:
            raise SystemExit(f"GET {path}: {status} {body.decode(errors='replace')}")
        page = json.loads(body)
        tasks |= {task["id"]: task for task in page["tasks"]}
        if "nextCursor" not in page:
            return tasks, page["cursor"]
        cursor = f"&cursor={page['nextCursor']}"


def follow(town, seconds, generator):
    first, _ = all_tasks(town.connect())
    cursor = json.loads(town.connect().send("GET", "/v1/changes")[1])["cursor"]
    followers = []
    for number in range(FOLLOWERS):
        kind = Poller if number % 2 else Listener
        follower = kind(town, random.Random(generator.random()))
        follower.tasks, follower.cursor = dict(first), cursor
        followers.append(follower)
    threads = [threading.Thread(target=each.run, daemon=True) for each in followers]
    writers = [
        threading.Thread(target=write, args=(town, lane, random.Random(generator.random())))
        for lane in range(WRITERS)
    ]
    for thread in threads + writers:
        thread.start()
    time.sleep(seconds / 2)
    town.server.kill()
    town.start()
    time.sleep(seconds / 2)
    town.is_over = True
    for writer in writers:
        writer.join()
    client = town.connect()
    # A last change that everybody has to come to.
    due = {"local": "2041-02-01T09:00:00", "timeZone": "UTC"}
    last = json.loads(client.send("POST", "/v1/tasks", {"title": "last", "due": due})[1])
    for each in followers:
        each.end = last["changeNumber"]
    for thread in threads:
        thread.join(60)
    tasks, _ = all_tasks(client)
    for number, each in enumerate(followers):
        if each.fault or not each.is_done:
            raise Difference(f"follower {number}: {each.fault or 'did not come to the end'}")
        if each.tasks != tasks:
            missing = tasks.keys() ^ each.tasks.keys()
            other = [key for key in tasks if each.tasks.get(key) != tasks[key]]
            raise Difference(f"follower {number}: {len(missing)} missing, {len(other)} differ")
    print(f"{FOLLOWERS} followers, {last['changeNumber']} changes, one kill: all copies equal")


def resident(process):
    with open(f"/proc/{process.pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0


def idle(town, count):
    """Prints how much memory idle followers take."""
    town.server.stop()
    town.start("--connection-limit", str(count + 100))
    cursor = json.loads(town.connect().send("GET", "/v1/changes")[1])["cursor"]
    before = resident(town.server.process)
    sockets = []
    for number in range(count):
        path = "/v1/events" if number % 2 else f"/v1/changes?after={cursor}&wait=55"
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {town.token}\r\n\r\n"
        one = socket.create_connection(("127.0.0.1", town.server.port))
        one.sendall(request.encode())
        sockets.append(one)
    time.sleep(5)
    after = resident(town.server.process)
    print(f"{count} idle followers: {after - before:.1f} MB ({before:.1f} before)")
    for one in sockets:
        one.close()
    if after - before > 100:
        raise Difference("they take more than 100 MB")


def main():
    if len(sys.argv) < 4:
        raise SystemExit("use: follow_test.py BINARY SECONDS IDLE [SEED]")
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1_000_000)
    print(f"{sys.argv[2]} s, seed {seed}", flush=True)
    folder = tempfile.mkdtemp(prefix="follow-test-", dir=".build")
    town = Town(sys.argv[1], folder)
    try:
        follow(town, float(sys.argv[2]), random.Random(seed))
        idle(town, int(sys.argv[3]))
    except Difference as reason:
        raise SystemExit(f"{reason}\nleft in {folder}") from None
    finally:
        town.server.kill()
    shutil.rmtree(folder)


main()
