"""Kills the server while series come due, and checks what became of each occurrence.

Two thousand series repeat every two seconds and catch up with all that they missed, so each slot
from the first on must have its task, once. Two schedulers work on the same shard, as two
nodes may for a short time, while clients write and read. The process is killed at random moments.
Afterwards the slots of every series are compared with its clock, and the file is checked.

At the end the check itself is tested: it must fail after a task is deleted by hand, and after a
task is doubled.
"""

import http.client
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

from recurring import Recurring, location_demo
from series import microseconds, multiply
from server import Server

SERIES = 2_000
PERIOD = 2


class Difference(Exception):
    """An occurrence was lost or doubled, or the file is damaged."""


class ScheduleCrashTest:
    def __init__(self, binary, folder, generator):
        self.binary = binary
        self.database = os.path.join(folder, "schedule.db")
        self.log = os.path.join(folder, "server.log")
        self.generator = generator
        self.options = ["--schedulers", "2", "--rate-limit", "0", "--daily-limit", "0"]
        self.demo = location_demo(binary, self.database)
        with self.start() as server:
            server.wait_until_ready()
            Recurring(server, self.demo).create("Water the plants")
            server.stop()
        self.first_slot = int(time.time()) // PERIOD * PERIOD
        self.series = multiply(
            self.database,
            SERIES,
            f"FREQ=SECONDLY;INTERVAL={PERIOD}",
            lambda _: self.first_slot * 1_000_000,
            catch_up="all",
        )
        self.requests = 0

    def start(self):
        return Server(self.binary, self.database, self.log, *self.options)

    def run(self, statement):
        connection = sqlite3.connect(self.database)
        with connection:
            rows = connection.execute(statement).fetchall()
        connection.close()
        return rows

    def write(self, server):
        """Creates and reads recurring tasks until the server is gone."""
        client = Recurring(server, self.demo)
        try:
            while True:
                client.read(client.create("Under load", start=time.time() + 86_400))
                self.requests += 2
        except (OSError, http.client.HTTPException):
            return

    def run_rounds(self, count):
        for _ in range(count):
            with self.start() as server:
                server.wait_until_ready()
                clients = [
                    threading.Thread(target=self.write, args=(server,)) for _ in range(2)
                ]
                for client in clients:
                    client.start()
                time.sleep(self.generator.uniform(0.02, 0.8))
                server.kill()
                for client in clients:
                    client.join()

    def finish(self):
        """Waits until all that is due is done, and stops the server normally."""
        with self.start() as server:
            server.wait_until_ready()
            self.wait_until_caught_up(server)
            server.stop()

    def check(self):
        """Compares the tasks of every series with its clock; returns how many there are."""
        verdict = self.run("PRAGMA integrity_check")[0][0]
        if verdict != "ok":
            raise Difference(f"PRAGMA integrity_check: {verdict}")
        series = f"{self.series.start} AND {self.series.stop - 1}"
        clocks = {
            number: (through, count)
            for number, through, count in self.run(
                f"""
                SELECT seriesID, materializedThrough, occurrenceCount FROM seriesClock
                WHERE seriesID BETWEEN {series}
                """
            )
        }
        if len(clocks) != SERIES:
            raise Difference(f"{len(clocks)} clocks, not {SERIES}")
        slots = {}
        for number, slot in self.run(
            f"SELECT seriesID, recurrenceID FROM task WHERE seriesID BETWEEN {series}"
        ):
            slots.setdefault(number, []).append(slot)
        for number in self.series:
            self.check_series(number, sorted(slots.get(number, [])), *clocks[number])
        return sum(map(len, slots.values()))

    def check_series(self, number, slots, through, count):
        expected = list(range(self.first_slot, through + 1, PERIOD))
        doubled = len(slots) - len(set(slots))
        lost = len(set(expected) - set(slots))
        if slots != expected or count != len(expected):
            raise Difference(
                f"series {number}: {lost} lost, {doubled} doubled of {len(expected)} slots, "
                f"{count} counted"
            )

    def check_damage(self):
        """Deletes a task, and then doubles it, and expects the check to fail both times."""
        chosen = f"(SELECT MAX(taskID) FROM task WHERE seriesID = {self.series.start})"
        self.run(f"CREATE TABLE chosen AS SELECT * FROM task WHERE taskID = {chosen}")
        self.run("DELETE FROM task WHERE taskID = (SELECT taskID FROM chosen)")
        self.expect_difference()
        self.run("DROP INDEX taskOfSlot")
        for _ in range(2):
            self.run("INSERT INTO task SELECT * FROM chosen")
            self.run("UPDATE chosen SET taskID = taskID + 1000000000")
        self.expect_difference()

    def expect_difference(self):
        try:
            self.check()
        except Difference as reason:
            print(f"after a change by hand the check fails, as it must: {reason}", flush=True)
        else:
            raise Difference("the check sees nothing of a change by hand")

    def wait_until_caught_up(self, server):
        client = Recurring(server, self.demo)
        limit = time.time() + 120
        while time.time() < limit:
            expected = (time.time() - self.first_slot) / PERIOD
            if all(task["totalOccurrence"] >= expected - 2 for task in client.page(0)):
                return
            time.sleep(0.5)
        raise Difference("the server does not catch up")


def main():
    if len(sys.argv) < 3:
        raise SystemExit("use: schedule_crash_test.py BINARY ROUNDS [SEED]")
    binary, rounds = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1_000_000)
    print(f"{rounds} rounds, seed {seed}", flush=True)
    generator = random.Random(seed)
    # Beside the build, so that the database is on a disk.
    folder = tempfile.mkdtemp(prefix="schedule-crash-test-", dir=".build")
    started = time.time()
    try:
        test = ScheduleCrashTest(binary, folder, generator)
        test.run_rounds(rounds)
        test.finish()
        tasks = test.check()
        print(
            f"{rounds} kills, {tasks} occurrences of {SERIES} series each made once, "
            f"{test.requests} requests, file intact, {time.time() - started:.0f} s",
            flush=True,
        )
        test.check_damage()
    except (Difference, SystemExit) as reason:
        raise SystemExit(f"FAILED (seed {seed}, files in {folder}): {reason}") from None
    shutil.rmtree(folder)


main()
