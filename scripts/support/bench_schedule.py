"""Measures how fast the tasks of series are made when their occurrences come.

These are measured, each on its own database, which is beside the build:

- the herd: 100,000 series are due in the same second: how long until all have their task, and how
  long readers of the API wait meanwhile;
- the same inserts in a simple loop over SQLite, for a ratio;
- punctuality: how long after its instant a client that keeps asking sees a task, at 100 instants a
  second;
- idleness: the cost of series that have nothing to do, by default a million.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

from recurring import Recurring, location_demo
from series import connect, microseconds, multiply
from server import Server

HERD = 100_000
PUNCTUAL = 2_000
PUNCTUAL_RATE = 100
HOUR = 3_600
UNLIMITED = ("--rate-limit", "0", "--daily-limit", "0")


class Bench:
    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.rows = []

    def prepare(self, name, count, first_due, step=0):
        """Makes a database of series, and returns it with its token."""
        database = os.path.join(self.folder, f"{name}.db")
        token = location_demo(self.binary, database)
        with self.start(database) as server:
            server.wait_until_ready()
            Recurring(server, token).create("Water the plants")
            server.stop()
        numbers = multiply(
            database, count, "FREQ=HOURLY", lambda number: first_due + number * step
        )
        return database, token, numbers

    def start(self, database):
        return Server(self.binary, database, os.path.join(self.folder, "log"), *UNLIMITED)

    def report(self, what, figure, goal, is_met):
        self.rows.append((what, figure, goal, "met" if is_met else "NOT MET"))
        print(f"  {what}: {figure} (wanted {goal})", flush=True)

    def measure_herd(self):
        due = int(time.time() + 15) * 1_000_000
        database, token, numbers = self.prepare("herd", HERD, due)
        bare = os.path.join(self.folder, "bare.db")
        shutil.copy(database, bare)
        with self.start(database) as server:
            server.wait_until_ready()
            client = Recurring(server, token)
            last_id = client.page(HERD - 1, limit=1)[0]["id"]
            waits = Waits(server, token)
            time.sleep(max(0.0, due / 1_000_000 - time.time()))
            while client.read(last_id)["totalOccurrence"] == 0 or not self.all_made(client):
                time.sleep(0.01)
            seconds = time.time() - due / 1_000_000
            waits.stop()
            server.stop()
        made = sqlite3.connect(database).execute("SELECT COUNT(*) FROM task").fetchone()[0]
        if made != HERD:
            raise SystemExit(f"{made} tasks were made, not {HERD}")
        rate = HERD / seconds
        bare_rate = HERD / bare_loop(bare, numbers, due)
        self.report(f"{HERD:,} due in one second", f"{seconds:.2f} s", "10 s", seconds <= 10)
        self.report("tasks made", f"{rate:,.0f}/s", "10,000/s", rate >= 10_000)
        self.report("to a bare loop", f"{rate / bare_rate:.2f} of {bare_rate:,.0f}/s", "-", True)
        p99 = waits.percentile(0.99) * 1000
        self.report(
            f"reads meanwhile, p99 of {len(waits.times):,}", f"{p99:.1f} ms", "100 ms", p99 < 100
        )

    def all_made(self, client):
        return all(
            task["totalOccurrence"] == 1
            for skip in range(0, HERD, HERD // 10)
            for task in client.page(skip, limit=1)
        )

    def measure_punctuality(self):
        step = 1_000_000 // PUNCTUAL_RATE
        first = microseconds(8) // 1_000_000 * 1_000_000
        database, token, _ = self.prepare("punctual", PUNCTUAL, first, step)
        with self.start(database) as server:
            server.wait_until_ready()
            client = Recurring(server, token)
            ids = [
                task["id"] for skip in range(0, PUNCTUAL, 100) for task in client.page(skip)
            ]
            lags = []
            for number, task_id in enumerate(ids):
                due = (first + number * step) / 1_000_000
                time.sleep(max(0.0, due - time.time()))
                while client.read(task_id)["totalOccurrence"] == 0:
                    pass
                lags.append(time.time() - due)
            server.stop()
        lags.sort()
        p99 = lags[len(lags) * 99 // 100] * 1000
        self.report(
            f"seen after its instant, p99 at {PUNCTUAL_RATE}/s", f"{p99:.1f} ms", "50 ms", p99 <= 50
        )

    def measure_idleness(self, count):
        database, _, _ = self.prepare("idle", count, microseconds(HOUR), 1_000)
        with self.start(database) as server:
            server.wait_until_ready()
            time.sleep(5)
            before, seconds = cpu_seconds(server), 65
            time.sleep(seconds)
            share = (cpu_seconds(server) - before) / seconds * 100
            memory = resident_megabytes(server)
            server.stop()
        self.report(f"{count:,} idle series", f"{share:.2f} % of a core", "1 %", share <= 1)
        self.report("their memory", f"{memory:.0f} MB", "200 MB", memory <= 200)

    def print_table(self):
        widths = [max(len(row[column]) for row in self.rows) for column in range(4)]
        for row in self.rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)))


class Waits:
    """How long a reader waits for each answer, on a connection of its own."""

    def __init__(self, server, token):
        self.times = []
        self.is_over = False
        self.client = Recurring(server, token)
        self.task_id = self.client.page(0, limit=1)[0]["id"]
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        while not self.is_over:
            began = time.perf_counter()
            self.client.read(self.task_id)
            self.times.append(time.perf_counter() - began)
            time.sleep(0.002)

    def stop(self):
        self.is_over = True
        self.thread.join()

    def percentile(self, share):
        return sorted(self.times)[int(len(self.times) * share)]


def bare_loop(database, numbers, due):
    """Makes the same tasks and moves the same clocks without a server; returns the seconds."""
    connection = connect(database)
    connection.execute("PRAGMA synchronous = FULL")
    connection.isolation_level = None
    [shard, location] = connection.execute("SELECT shard, locationID FROM location").fetchone()
    slot = due // 1_000_000
    began = time.perf_counter()
    for first in range(0, len(numbers), 200):
        batch = numbers[first : first + 200]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            """
            INSERT INTO task (
                seriesID, recurrenceID, slotContactID, creatorID, title, body, assigneeID,
                contactID, categoryID, reminder, isAllDay, notifiesAssignee, dueAt, dueLocal,
                timeZone, state, createdAt, modifiedAt, shard, locationID, taskID
            ) VALUES (
                ?, ?, 0, NULL, 'Water the plants', '', NULL, NULL, NULL, 0, 0, 1, ?, ?, 'UTC', 3,
                ?, ?, ?, ?, ?
            )
            """,
            [
                (n, slot, due, slot, due, due, shard, location, n + 10_000_000) for n in batch
            ],
        )
        connection.executemany(
            """
            UPDATE seriesClock SET
                materializedThrough = ?, nextAt = ?, fireAt = ?, occurrenceCount = 1
            WHERE shard = ? AND locationID = ? AND seriesID = ?
            """,
            [
                (slot, due + HOUR * 1_000_000, due + HOUR * 1_000_000, shard, location, n)
                for n in batch
            ],
        )
        connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def cpu_seconds(server):
    with open(f"/proc/{server.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    raise SystemExit("the kernel does not tell the resident memory")


def main():
    if len(sys.argv) != 3:
        raise SystemExit("use: bench_schedule.py BINARY IDLE")
    # Beside the build, so that the databases are on a disk.
    folder = tempfile.mkdtemp(prefix="bench-schedule-", dir=".build")
    bench = Bench(sys.argv[1], folder)
    try:
        bench.measure_herd()
        bench.measure_punctuality()
        bench.measure_idleness(int(sys.argv[2]))
    finally:
        shutil.rmtree(folder)
    bench.print_table()


main()
