"""Makes one thing after another fail under a server, and checks what the server does about it.

While each fault lasts, two locations create tasks without a pause. Afterwards the server must work
again by itself, or have stopped with the status that is wanted; a server without faults is started
over the same database, and everything that was acknowledged must be there, once. The log must tell
each kind of fault once, as no fault here lasts for a minute.
"""

import errno
import http.client
import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time

from fault_office import (
    BYSTANDERS,
    ZONE,
    Bystander,
    Office,
    change,
    lost_slots,
    start_series,
)
from fault_shim import HANG, SHORT, Shim, build
from server import Server

LOST = 74  # the exit status of a server whose database was lost
REFUSED = 69  # the exit status of a server that cannot begin


class Trial:
    """One fault: a server over a fresh copy of the database, the bystanders, and what is seen."""

    def __init__(self, office, library, notes=0):
        self.office = office
        self.folder = tempfile.mkdtemp(prefix="fault-", dir=office.folder)
        self.database = office.copy(self.folder)
        self.log = os.path.join(self.folder, "server.log")
        self.shim = Shim(library, self.folder)
        self.notes = notes
        self.environment = dict(self.shim.environment)
        self.began = time.time()
        self.words = []  # what /health said, without repetitions
        self.seen = []
        self.misses = []
        self.bystanders = []
        self.server = None

    def start(self, wait=True):
        before = dict(os.environ)
        os.environ.update(self.environment)
        try:
            self.server = Server(
                self.office.binary, self.database, self.log, "--log-format", "json"
            )
        finally:
            os.environ.clear()
            os.environ.update(before)
        if wait:
            self.server.wait_until_ready()

    def begin_work(self):
        self.bystanders = [
            Bystander(self.server, self.office.tokens[user], user, self.notes)
            for user in BYSTANDERS
        ]
        self.listener = threading.Thread(target=self.listen, daemon=True)
        for thread in [*self.bystanders, self.listener]:
            thread.start()
        time.sleep(0.5)

    def listen(self):
        """Asks /health all the time, on one connection."""
        connection = None
        while self.server.process.poll() is None:
            try:
                connection = connection or self.server.connect()
                word = self.ask(connection, "/health")
                if not self.words or self.words[-1] != word:
                    self.words.append(word)
            except (OSError, http.client.HTTPException, ValueError):
                connection = None
            time.sleep(0.02)

    @staticmethod
    def ask(connection, path):
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())["status"]

    def expect(self, is_good, miss):
        if not is_good:
            self.misses.append(miss)

    def expect_recovery(self, limit=10):
        """Expects that the server becomes ready again without being asked for anything."""
        for bystander in self.bystanders:
            bystander.is_stopped = True
        began = time.time()
        while time.time() - began < limit:
            if self.words and self.words[-1] == "ok":
                self.seen.append(f"ready after {time.time() - began:.1f} s")
                return
            time.sleep(0.02)
        self.misses.append(f"not ready within {limit} s")

    def expect_end(self, status, limit=5):
        try:
            found = self.server.process.wait(limit)
        except Exception:
            self.misses.append(f"does not stop within {limit} s")
            return
        self.seen.append(f"exit status {found}")
        self.expect(found == status, f"exit status {found}, not {status}")

    def expect_log(self, trouble, limit=1):
        """Expects that the log tells each kind of a trouble, and not more than `limit` times."""
        told = [entry for entry in self.entries() if entry.get("trouble") == trouble]
        kinds = {(entry["activity"], entry["reason"]) for entry in told}
        self.seen.append(f"logged {len(told)}x")
        self.expect(told, f"{trouble} is not logged")
        self.expect(len(told) <= limit * len(kinds), f"{trouble} is logged {len(told)} times")

    def entries(self):
        with open(self.log) as file:
            for line in file:
                try:
                    yield json.loads(line)
                except ValueError:
                    pass

    def expect_undisturbed(self):
        for bystander in self.bystanders:
            others = {k: n for k, n in bystander.answers.items() if k != 201}
            self.expect(not others, f"a bystander was answered {others}")
            self.expect(bystander.slowest < 1, f"a bystander waited {bystander.slowest:.1f} s")

    def end(self, keeps=True):
        """Stops what runs, and checks over a server without faults that all is kept."""
        for bystander in self.bystanders:
            bystander.is_stopped = True
        if self.server.process.poll() is None:
            self.server.stop()
        for bystander in self.bystanders:
            bystander.join()
        acknowledged = sum(len(each.acknowledged) for each in self.bystanders)
        refused = sum(
            n for each in self.bystanders for k, n in each.answers.items() if k != 201
        )
        if self.bystanders:
            self.seen.insert(0, f"{acknowledged} acknowledged, {refused} not")
            self.expect(acknowledged > 0, "nothing was acknowledged")
        if keeps:
            self.shim.end()
            with Server(self.office.binary, self.database, self.log) as server:
                server.wait_until_ready()
                for bystander in self.bystanders:
                    missing, doubled = bystander.check(server)
                    self.expect(missing == 0, f"{missing} acknowledged tasks are missing")
                    self.expect(doubled == 0, f"{doubled} tasks are there twice")
                server.stop()
            [[verdict]] = change(self.database, "PRAGMA quick_check")
            self.expect(verdict == "ok", f"the file is damaged: {verdict}")

    def said(self):
        return [word for word in self.words if word != "ok"]


def fail_calls(call, suffix, effect, word, seconds=2.0):
    """A fault of the disk that refuses writes, is told, and passes."""

    def run(trial):
        trial.start()
        trial.begin_work()
        trial.shim.begin(call, suffix, effect)
        if effect == HANG:
            time.sleep(1.5)  # an answer of the last second would be given again
            deep = trial.ask(trial.server.connect(), "/health?deep")
            trial.expect(deep == word, f"deep health says {deep}")
        time.sleep(seconds)
        said = set(trial.said())
        refusals = sum(each.answers[503] for each in trial.bystanders)
        trial.shim.end()
        trial.seen.append("health says " + ", ".join(sorted(said)) if said else "health says ok")
        trial.expect(trial.shim.count, "no call was affected")
        if word:
            trial.expect(said == {word}, f"health says {said or 'ok'}")
            trial.expect(refusals or effect == HANG, "no write was refused")
            trial.expect_recovery()
            trial.end()
            trial.expect_log(word)
        else:
            time.sleep(0.5)
            trial.end()
            trial.expect_undisturbed()

    return run


def fail_reads(trial):
    trial.start()
    trial.begin_work()
    trial.shim.begin("pread", ".db", errno.EIO)
    connection = trial.server.connect()
    deep = trial.ask(connection, "/health?deep")
    time.sleep(2)
    trial.shim.end()
    trial.seen.append(f"deep health says {deep}")
    trial.expect_recovery()
    trial.end()


def fail_checkpoints(trial):
    """The log cannot be taken into the database, and grows beyond its limit."""
    trial.start()
    trial.begin_work()
    trial.shim.begin("pwrite", ".db", errno.EIO)
    limit = time.time() + 90
    log = trial.database + "-wal"
    while time.time() < limit and os.path.getsize(log) < 66 << 20:
        time.sleep(0.1)
    time.sleep(2)
    trial.seen.append(f"log of {os.path.getsize(log) >> 20} MB")
    refused = sum(each.answers[503] for each in trial.bystanders)
    trial.expect(refused == 0, f"{refused} writes were refused")
    trial.shim.end()
    time.sleep(2)
    trial.end()
    told = [entry for entry in trial.entries() if entry.get("activity") == "checkpointing"]
    trial.seen.append(f"logged {len(told)}x")
    trial.expect(len(told) == 1, f"failed checkpoints are logged {len(told)} times")


def exhaust_descriptors(trial):
    trial.start()
    trial.begin_work()
    process = trial.server.process.pid
    limits = resource.prlimit(process, resource.RLIMIT_NOFILE)
    count = len(os.listdir(f"/proc/{process}/fd"))
    resource.prlimit(process, resource.RLIMIT_NOFILE, (count, limits[1]))
    acknowledged = sum(len(each.acknowledged) for each in trial.bystanders)
    time.sleep(2)
    went_on = sum(len(each.acknowledged) for each in trial.bystanders) - acknowledged
    resource.prlimit(process, resource.RLIMIT_NOFILE, limits)
    trial.seen.append(f"{went_on} acknowledged meanwhile")
    trial.expect(went_on > 0, "open connections are not served")
    trial.expect_recovery()
    trial.end()


def lose(mishap, suffix=""):
    """The database or its log is taken away under the server."""

    def run(trial):
        trial.start()
        trial.begin_work()
        path = trial.database + suffix
        if mishap == "removed":
            os.remove(path)
        elif mishap == "moved":
            os.rename(path, path + ".old")
        else:
            shutil.copy(path, path + ".new")
            os.replace(path + ".new", path)
        lost_at = time.time()
        trial.expect_end(LOST)
        late = max(each.acknowledged_at for each in trial.bystanders) - lost_at
        trial.expect(late < 0.05, f"acknowledged {late:.2f} s later")
        if mishap == "moved":
            os.replace(path + ".old", path)
        # Where the file is gone, what was in it is, too.
        trial.end(keeps=mishap == "moved" or suffix == "-wal")
        trial.expect_log("storage-moved")

    return run


def begin_full(trial):
    """The disk is full at the start of a server that has nothing to write at once."""
    trial.shim.begin("pwrite", "-wal", errno.ENOSPC)
    trial.start(wait=False)
    connection = None
    while not connection and time.time() - trial.began < 20:
        try:
            connection = trial.server.connect()
            connection.connect()
        except OSError:
            connection = None
            time.sleep(0.05)
    word = trial.ask(connection, "/health?deep")
    trial.seen.append(f"deep health says {word}")
    trial.expect(word == "storage-full", f"deep health says {word}")
    trial.shim.end()
    trial.begin_work()
    trial.expect_recovery()
    trial.end()
    trial.expect_log("storage-full")


def begin_without(call, suffix, effect):
    """The server cannot begin, and says why."""

    def run(trial):
        trial.shim.begin(call, suffix, effect)
        trial.start(wait=False)
        trial.expect_end(REFUSED, limit=10)
        with open(trial.log) as file:
            text = file.read().strip()
        reason = text.splitlines()[-1] if text else ""
        trial.expect(trial.database in reason, f"the reason told is '{reason}'")
        trial.end()

    return run


def damage_pages(trial):
    """A quarter of the pages that the tables grew by is damaged while no server runs."""
    trial.start()
    trial.begin_work()
    time.sleep(2)
    trial.end()
    trial.words.clear()
    # A damaged schema is another fault: the server says so and does not begin.
    connection = sqlite3.connect(trial.database)
    (first,) = connection.execute("SELECT max(rootpage) FROM sqlite_schema").fetchone()
    connection.close()
    with open(trial.database, "r+b") as file:
        pages = os.path.getsize(trial.database) // 4096
        for page in range(first, pages, 4):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    trial.start(wait=False)
    time.sleep(2)
    connection = trial.server.connect()
    for path in ("/health", "/health?deep"):
        word = trial.ask(connection, path)
        trial.expect(word == "storage-damaged", f"{path} says {word}")
        trial.seen.append(f"{path} says {word}")
    trial.server.stop()
    trial.expect_log("storage-damaged")


def spoil_zone(spoil):
    """The file of the struck location's zone is spoiled from before the start, for 3 seconds."""

    def run(trial):
        zones = os.path.join(trial.folder, "zones")
        for name in (ZONE, "UTC", "Etc/UTC"):
            os.makedirs(os.path.dirname(f"{zones}/{name}"), exist_ok=True)
            shutil.copy(f"/usr/share/zoneinfo/{name}", f"{zones}/{name}")
        trial.environment["TZDIR"] = zones
        trial.start()
        trial.office.create_series(trial.server)
        trial.server.stop()
        first = start_series(trial.database, time.time())
        spoil(f"{zones}/{ZONE}")
        trial.start()
        trial.begin_work()
        time.sleep(3)
        shutil.copy(f"/usr/share/zoneinfo/{ZONE}", f"{zones}/{ZONE}")
        time.sleep(10)
        trial.end()
        trial.expect_undisturbed()
        lost, doubled = lost_slots(trial.database, first)
        trial.seen.append(f"{lost} occurrences lost, {doubled} doubled")
        trial.expect(not lost and not doubled, "the series was not taken up again")

    return run


def truncate(path):
    with open(path, "r+b") as file:
        file.truncate(20)


def replace_by_text(path):
    with open(path, "w") as file:
        file.write("This is not a time zone.\n")


def spoil_row(column, value):
    """A series of the struck location has a value that none can have."""

    def run(trial):
        trial.start()
        trial.office.create_series(trial.server)
        trial.server.stop()
        start_series(trial.database, time.time())
        change(trial.database, f"UPDATE series SET {column} = ?", value)
        trial.start()
        trial.begin_work()
        time.sleep(2)
        is_running = trial.server.process.poll() is None
        trial.seen.append("runs" if is_running else "has crashed")
        trial.expect(is_running, "the server has crashed")
        trial.end()
        trial.expect_undisturbed()

    return run


FAULTS = [
    ("no room for the log", "503, told, passes", fail_calls("pwrite", "-wal", errno.ENOSPC, "storage-full")),
    ("the log cannot be written", "503, told, passes", fail_calls("pwrite", "-wal", errno.EIO, "storage-failing")),
    ("the log cannot be synchronized", "503, told, passes", fail_calls("fdatasync", "-wal", errno.EIO, "storage-failing")),
    ("the disk does not answer", "told, passes", fail_calls("fdatasync", "-wal", HANG, "storage-stalled", 7)),
    ("writes of half the bytes", "nothing noticed", fail_calls("pwrite", "-wal", SHORT, None)),
    ("the database cannot be read", "passes", fail_reads),
    ("no checkpoint succeeds", "writes go on, told", fail_checkpoints),
    ("no descriptors", "connections served, passes", exhaust_descriptors),
    ("the database is removed", "stops with 74", lose("removed")),
    ("the database is moved", "stops with 74", lose("moved")),
    ("the database is replaced", "stops with 74", lose("replaced")),
    ("the log is removed", "stops with 74", lose("removed", "-wal")),
    ("no room at the start", "told, passes", begin_full),
    ("a directory that is read-only", "69 and the reason", begin_without("open", ".lock", errno.EROFS)),
    ("no log can be opened at the start", "69 and the reason", begin_without("open", "-wal", errno.EMFILE)),
    ("a quarter of the pages damaged", "told by health and log", damage_pages),
    ("a zone's file is hidden", "others undisturbed, passes", spoil_zone(os.remove)),
    ("a zone's file is truncated", "others undisturbed, passes", spoil_zone(truncate)),
    ("a zone's file is replaced", "others undisturbed, passes", spoil_zone(replace_by_text)),
    ("a row with catchUp 99", "others undisturbed", spoil_row("catchUp", 99)),
    ("a row with reminder 99", "others undisturbed", spoil_row("reminder", 99)),
    ("a row with an extreme start", "others undisturbed", spoil_row("startLocal", 2**63 - 1)),
]  # fmt: skip


def run(fault, wanted, trial, effect):
    try:
        effect(trial)
    except (SystemExit, Exception) as reason:  # noqa: BLE001
        trial.misses.append(str(reason) or type(reason).__name__)
    finally:
        for bystander in trial.bystanders:
            bystander.is_stopped = True
        if trial.server:
            trial.server.kill()
    verdict = "MISSED: " + "; ".join(trial.misses) if trial.misses else "good"
    print(f"{fault:34} | {'; '.join(trial.seen):78} | {wanted:26} | {verdict}", flush=True)
    if not trial.misses:
        shutil.rmtree(trial.folder)
    return not trial.misses


def main():
    if len(sys.argv) < 2:
        raise SystemExit("use: fault_test.py BINARY [WORDS OF A FAULT]")
    binary, chosen = os.path.abspath(sys.argv[1]), " ".join(sys.argv[2:])
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    # Beside the build, so that the database is on a disk.
    folder = os.path.abspath(tempfile.mkdtemp(prefix="fault-test-", dir=".build"))
    office = Office(binary, folder)
    library = build(folder)
    print(f"{'fault':34} | {'seen':78} | {'wanted':26} | verdict")
    missed = 0
    for fault, wanted, effect in FAULTS:
        if chosen in fault:
            notes = 2_000 if effect is fail_checkpoints else 0
            missed += not run(fault, wanted, Trial(office, library, notes), effect)
    if missed:
        raise SystemExit(f"{missed} of {len(FAULTS)} missed; files in {folder}")
    shutil.rmtree(folder)


main()
