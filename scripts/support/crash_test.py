"""Kills the server while it is written to, and checks what it kept.

Each round starts the server over the same database, checks the tasks of the round before, streams
single tasks and series over several connections, and kills the process at a random moment. A task
that was answered with 201 must be there once, under the id that was given; a series must have all
of its occurrences under one event. A request that was cut off may have been done or not, but whole.

A killed process leaves the kernel's caches intact. So this shows that no answer comes before its
transaction is written to the system. It does not show that the disk keeps what was written.
"""

import datetime
import http.client
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections import defaultdict

from server import TASKS, Client, Server, run_for_json

CONNECTIONS = 4
OCCURRENCES = 5
REQUEST_LIMIT = 1_000  # for each connection of a round
ROUND_LIMIT = 1_500

# Every round has a week of its own, long past, where no other task falls due: its tasks can be
# found by their due times, in any time zone, and no moving horizon adds to them.
FIRST_WEEK = datetime.date(1971, 1, 3)


class Difference(Exception):
    """The server did not keep what it acknowledged."""


class Round:
    """The requests to the server in one round, and what it acknowledged."""

    def __init__(self, number):
        week = FIRST_WEEK + datetime.timedelta(weeks=number)
        self.number = number
        self.first_due = f"{week + datetime.timedelta(days=1)}T12:00:00"
        self.filters = f"due_at[$gte]={week}&due_at[$lt]={week + datetime.timedelta(weeks=1)}"
        self.sent = {}  # how many tasks each description stands for
        self.acknowledged = {}  # the id that was answered for a description
        self.refusal = None
        self.lock = threading.Lock()

    def stream(self, server, token, user_id, lane):
        """Creates tasks over one connection until the server is gone."""
        client = Client(server, token)
        for number in range(REQUEST_LIMIT):
            description = f"round {self.number}, connection {lane}, request {number}"
            body = {
                "assigned_user_id": user_id,
                "due_at": self.first_due,
                "description": description,
                "status": "incomplete",
            }
            recurs = (number + lane) % 2 == 0
            if recurs:
                body["recurrence_rule"] = f"FREQ=DAILY;COUNT={OCCURRENCES}"
            with self.lock:
                self.sent[description] = OCCURRENCES if recurs else 1
            try:
                status, answer = client.send("POST", TASKS, body)
            except (OSError, http.client.HTTPException):
                return
            with self.lock:
                if status != 201:
                    self.refusal = f"POST {TASKS}: {status} {answer.decode(errors='replace')}"
                    return
                self.acknowledged[description] = json.loads(answer)["id"]

    def check(self, client):
        """Compares what the server has of this round with what it acknowledged.

        Returns how many tasks there are.
        """
        found = defaultdict(list)
        for task in client.find_all(self.filters):
            found[task["description"]].append(task)
        for description in self.acknowledged.keys() - found.keys():
            raise Difference(f"lost: {description} (id {self.acknowledged[description]})")
        for description, tasks in found.items():
            self.check_tasks(description, tasks)
        return sum(map(len, found.values()))

    def check_tasks(self, description, tasks):
        expected_count = self.sent.get(description)
        if expected_count is None:
            raise Difference(f"never sent: {description}")
        if len(tasks) != expected_count:
            raise Difference(f"{len(tasks)} tasks instead of {expected_count}: {description}")
        if len({task["id"] for task in tasks}) != len(tasks):
            raise Difference(f"an id was given twice: {description}")
        if len({task["scheduled_event_id"] for task in tasks}) != 1:
            raise Difference(f"one series under several events: {description}")
        tasks.sort(key=lambda task: task["due_at"])
        start = datetime.datetime.fromisoformat(self.first_due)
        for day, task in enumerate(tasks):
            if task["due_at"] != (start + datetime.timedelta(days=day)).isoformat():
                raise Difference(f"due at {task['due_at']}, day {day} of: {description}")
        acknowledged_id = self.acknowledged.get(description, tasks[0]["id"])
        if tasks[0]["id"] != acknowledged_id:
            raise Difference(f"id {tasks[0]['id']}, not {acknowledged_id}: {description}")


class CrashTest:
    def __init__(self, binary, folder, generator):
        self.binary = binary
        self.database = os.path.join(folder, "crash.db")
        self.log = os.path.join(folder, "server.log")
        self.generator = generator
        self.token = run_for_json(binary, "demo", "--database", self.database)["token"]
        self.user_id = None
        self.rounds = []
        self.kept = 0  # tasks that were found in all rounds so far

    def start(self):
        return Server(self.binary, self.database, self.log)

    def kill_in_recovery(self):
        """Sometimes, the server is killed while it starts."""
        if self.generator.random() < 0.2:
            with self.start():
                time.sleep(self.generator.uniform(0, 0.05))

    def run_round(self, number):
        self.kill_in_recovery()
        with self.start() as server:
            server.wait_until_ready()
            client = Client(server, self.token)
            self.user_id = self.user_id or client.user_id()
            self.check_last_round(client)
            current = Round(number)
            self.rounds.append(current)
            streams = [
                threading.Thread(
                    target=current.stream, args=(server, self.token, self.user_id, lane)
                )
                for lane in range(CONNECTIONS)
            ]
            for stream in streams:
                stream.start()
            time.sleep(self.generator.uniform(0.01, 0.4))
            server.kill()
            for stream in streams:
                stream.join()
        if current.refusal:
            raise Difference(current.refusal)

    def check_last_round(self, client):
        """Checks the last round's tasks one by one, and that the earlier ones are as many."""
        if self.rounds:
            self.kept += self.rounds[-1].check(client)
        end = FIRST_WEEK + datetime.timedelta(weeks=ROUND_LIMIT)
        total = client.find(f"due_at[$lt]={end}&$limit=1")["total"]
        if total != self.kept:
            raise Difference(f"{total} tasks in all rounds, not {self.kept}")

    def finish(self):
        """Checks every round once more, stops the server in order, and checks the file."""
        with self.start() as server:
            server.wait_until_ready()
            client = Client(server, self.token)
            self.check_last_round(client)
            for done in self.rounds:
                done.check(client)
            server.stop()
        connection = sqlite3.connect(self.database)
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
        if verdict != "ok":
            raise Difference(f"PRAGMA integrity_check: {verdict}")


def main():
    if len(sys.argv) < 3:
        raise SystemExit("use: crash_test.py BINARY ROUNDS [SEED]")
    binary, count = sys.argv[1], int(sys.argv[2])
    if not 1 <= count <= ROUND_LIMIT:
        raise SystemExit(f"rounds: 1 to {ROUND_LIMIT}")
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1_000_000)
    print(f"{count} rounds, seed {seed}", flush=True)
    # Beside the build, so that the database is on a disk.
    folder = tempfile.mkdtemp(prefix="crash-test-", dir=".build")
    try:
        test = CrashTest(binary, folder, random.Random(seed))
        for number in range(count):
            test.run_round(number)
            if (number + 1) % 10 == 0:
                print(f"{number + 1} kills, {test.kept} tasks kept", flush=True)
        test.finish()
    except (Difference, SystemExit) as reason:
        raise SystemExit(f"FAILED (seed {seed}, files in {folder}): {reason}") from None
    shutil.rmtree(folder)
    requests = sum(len(each.sent) for each in test.rounds)
    acknowledged = sum(len(each.acknowledged) for each in test.rounds)
    print(
        f"{count} kills: {requests} requests, {acknowledged} acknowledged and all kept once, "
        f"{requests - acknowledged} cut off and whole or absent; {test.kept} tasks, "
        f"no series torn, file intact"
    )


main()
