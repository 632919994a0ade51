"""Measures the server over HTTP, in one run, and prints a Markdown table against its goals.

Two servers run at the same time, over 10,000 and over 1,000,000 tasks; each owner has 10,000 tasks.
Two more have one owner each, of 10 and of 100,000 tasks, whose agendas are read. Rounds of all requests are interleaved, so that a busy moment of the machine affects all requests.
Each figure is the median of its rounds. Reads are compared with a plain-text route of the same
server.
"""

import contextlib
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

from bench_api import ask, measure_commands, measure_following
from server import TASKS, Client, Server, run_for_json

ROUNDS = 3
SECONDS = 3
STARTS = 5
READ_CONNECTIONS = 32
POST_CONNECTIONS = 64
SMALL = 10_000
LARGE = 1_000_000
OWNERS = (10, 10_000, 100_000)


class Store:
    """A database with tasks in it, and one owner of some of them."""

    def __init__(self, binary, folder, count, owners_of=10_000):
        self.binary = binary
        self.folder = folder
        self.count = count
        self.database = os.path.join(folder, f"{count}.db")
        started_at = time.perf_counter()
        loaded = run_for_json(
            *(binary, "load", "--database", self.database),
            *("--tasks", str(count), "--owners-of", str(owners_of)),
        )
        self.token = loaded["token"]
        self.task_id = loaded["taskID"]
        note(f"Loaded {count:,} tasks in {time.perf_counter() - started_at:.1f} s")

    def note_cursor(self, server):
        """Notes from where to follow what changes, and makes ten changes."""
        client = Client(server, self.token)
        self.cursor = ask(client, "GET", "/v1/changes")["cursor"]
        for number in range(10):
            ask(client, "PATCH", f"/v1/tasks/{self.task_id}", {"title": f"Call {number}"})

    def serve(self):
        log = os.path.join(self.folder, "server.log")
        return Server(self.binary, self.database, log, "--yardstick")

    def start_time(self):
        """Returns the median of seconds from the start of a process to its first good answer."""
        times = []
        for _ in range(STARTS):
            with self.serve() as server:
                times.append(server.wait_until_ready())
                server.stop()
        return statistics.median(times)


def note(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def wrk(server, token, path, connections, script=(), arguments=()):
    """Returns the requests a second of one round; anything but success ends the run."""
    done = subprocess.run(
        ["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "10s"]
        + ["-H", f"Authorization: Bearer {token}", *script, server.url + path, *arguments],
        capture_output=True,
        text=True,
    )
    rate = re.search(r"Requests/sec: *([\d.]+)", done.stdout)
    if done.returncode != 0 or rate is None or re.search(r"Non-2xx|Socket errors", done.stdout):
        raise SystemExit(f"wrk {path}:\n{done.stdout}{done.stderr}")
    return float(rate[1])


def fsync_rate(folder):
    """Returns how many times a second 4 KiB can be appended to a file and synced to the disk."""
    path = os.path.join(folder, "fsync")
    block = bytes(4096)
    count = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    started_at = time.perf_counter()
    while time.perf_counter() - started_at < SECONDS:
        os.write(descriptor, block)
        os.fsync(descriptor)
        count += 1
    elapsed = time.perf_counter() - started_at
    os.close(descriptor)
    os.remove(path)
    return count / elapsed


def memory(server):
    """Returns the resident memory of a server, now and at its highest, in MB."""
    with open(f"/proc/{server.process.pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return [int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")]


def machine():
    with open("/proc/cpuinfo") as information:
        model = re.search(r"model name\s*: (.*)", information.read())
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = model[1] if model else platform.machine()
    return f"{os.cpu_count()} cores, {name}, {total:.0f} GiB, Linux {platform.release()}"


def reads_of(store):
    """Returns the paths that are read of a store, by the names of the reads."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    agendas = {
        "LionDesk's agenda": f"{TASKS}?status=incomplete&due_at[$gte]={now}&$sort[due_at]=1&$limit=10",
        "own agenda": f"/v1/tasks?assignee=me&state=open&dueFrom={now}&limit=10",
    }
    records = {
        "GET": f"{TASKS}/{store.task_id}",
        "FIND": f"{TASKS}?$limit=10",
        "sorted FIND": f"{TASKS}?$sort[due_at]=-1&$limit=10",
        "own GET": f"/v1/tasks/{store.task_id}",
        "changes, 10 at a time": f"/v1/changes?after={store.cursor}&limit=10",
    }
    paths = {"plain text": "/yardstick"}
    if store.count in OWNERS:
        paths |= agendas
    if store.count in (SMALL, LARGE):
        paths |= records
    return paths


def measure_reads(stores, servers):
    """Returns the median rate of each read, by its name and the size of the store."""
    rates = defaultdict(list)
    reads = [reads_of(store) for store in stores]
    names = list(dict.fromkeys(name for paths in reads for name in paths))
    for number in range(ROUNDS):
        note(f"Reads, round {number + 1} of {ROUNDS}")
        for name in names:
            for store, server, paths in zip(stores, servers, reads):
                if name in paths:
                    rate = wrk(server, store.token, paths[name], READ_CONNECTIONS)
                    rates[name, store.count].append(rate)
    return {key: statistics.median(rounds) for key, rounds in rates.items()}


def measure_posts(store, server):
    """Returns the median rates of durable tasks, by each API, and of the disk's own fsync."""
    user_id = Client(server, store.token).user_id()
    paths = {"LionDesk's": TASKS, "own": "/v1/tasks"}
    posts, fsyncs = {api: [] for api in paths}, []
    for number in range(ROUNDS):
        note(f"POST and fsync, round {number + 1} of {ROUNDS}")
        fsyncs.append(fsync_rate(store.folder))
        script = ("-s", "scripts/support/post.lua")
        for api, path in paths.items():
            arguments = ("--", str(user_id), f"run {number + 1}", api)
            posts[api].append(wrk(server, store.token, path, POST_CONNECTIONS, script, arguments))
    return {api: statistics.median(each) for api, each in posts.items()}, statistics.median(fsyncs)


GOALS = {
    "GET": 0.5,
    "FIND": 0.25,
    "own GET": 0.5,
    "own agenda": 0.25,
    "changes, 10 at a time": 0.25,
}


def print_table(rates, posts, fsync, memories, starts):
    row("what", "figure", "of plain text", "goal", "")
    row("---", "---:", "---:", "---", "---")
    for (name, count), rate in rates.items():
        ratio = rate / rates["plain text", count]
        goal = GOALS.get(name)
        verdict = ("", "") if goal is None else (f"≥ {goal} of plain text", met(ratio >= goal))
        row(f"{name}, {count:,} tasks", f"{rate:,.0f}/s", f"{ratio:.2f}", *verdict)
    slower = rates["sorted FIND", SMALL] / rates["sorted FIND", LARGE]
    row("sorted FIND, small store over large", f"{slower:.2f}", "", "≤ 1.5", met(slower <= 1.5))
    enough = min(2000, 10 * fsync)
    post = posts["LionDesk's"]
    row(
        *(f"durable POST, {POST_CONNECTIONS} connections", f"{post:,.0f}/s", ""),
        *(f"≥ {enough:,.0f}/s (2,000 or 10 × fsync)", met(post >= enough)),
    )
    own = posts["own"]
    row("own durable POST", f"{own:,.0f}/s", "", f"≥ 0.9 of LionDesk's", met(own >= 0.9 * post))
    row("the disk's fsync of 4 KiB", f"{fsync:,.0f}/s", "", "", "")
    resident, highest = memories
    row("resident memory, after the runs", f"{resident:.0f} MB", "", "≤ 150", met(resident <= 150))
    row("resident memory, highest", f"{highest:.0f} MB", "", "", "")
    for count, seconds in starts.items():
        milliseconds = seconds * 1000
        row(
            *(f"start to first answer, {count:,} tasks", f"{milliseconds:.0f} ms", ""),
            *("≤ 300", met(milliseconds <= 300)),
        )


def row(*cells):
    print(f"| {' | '.join(cells)} |")


def met(holds):
    return "met" if holds else "**missed**"


def main():
    # Beside the build, so that the databases are on a disk.
    folder = tempfile.mkdtemp(prefix="bench-http-", dir=".build")
    try:
        small, large = (Store(sys.argv[1], folder, count) for count in (SMALL, LARGE))
        others = [Store(sys.argv[1], folder, count, count) for count in OWNERS if count != SMALL]
        stores = [small, large, *others]
        note("Starts")
        starts = {store.count: store.start_time() for store in (small, large)}
        with contextlib.ExitStack() as running:
            servers = [running.enter_context(store.serve()) for store in stores]
            for store, server in zip(stores, servers):
                server.wait_until_ready()
                store.note_cursor(server)
            rates = measure_reads(stores, servers)
            posts, fsync = measure_posts(large, servers[1])
            memories = memory(servers[1])
            figures = measure_following(Client(servers[1], large.token), large.cursor)
            figures += measure_commands(Client(servers[0], small.token))
            for server in servers:
                server.stop()
    finally:
        shutil.rmtree(folder)
    print(f"{machine()}; medians of {ROUNDS} rounds of {SECONDS} s, wrk -t2 beside the server,")
    print(f"{READ_CONNECTIONS} connections for reads. Memory: the server of {LARGE:,} tasks.\n")
    print_table(rates, posts, fsync, memories, starts)
    for name, seconds, limit in figures:
        verdict = ("", "") if limit is None else (f"≤ {limit * 1000:,.0f} ms", met(seconds <= limit))
        row(name, f"{seconds * 1000:,.1f} ms", "", *verdict)


main()
