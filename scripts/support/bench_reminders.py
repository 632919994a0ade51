"""Measures how late reminders arrive, and what it costs to wait for very many.

Tasks are created ahead in many locations, each with one reminder by mail, SMS or webhook in turn: first
so that they fall due at an even rate, then all at one instant, and last as daily series, whose reminders
wait for a year. The receivers are processes on the same machine, and answer at once. A task's title has
its due time, in microseconds.
"""

import argparse
import asyncio
import datetime
import itertools
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time

from bench_delivery import percentile
from reminder_receivers import FormReceiver, MailReceiver
from server import Server

LANES = 8
CHANNELS = ("email", "sms", "webhook")
DUE = re.compile(rb"Call(?: |\+|%20)(\d{16})")


def receive(pipe, make):
    """Takes what is sent; tells how late each was whenever it is asked, once a number has come."""

    async def run():
        late = []

        def note(_fields, body):
            if found := DUE.search(body):
                late.append(time.time() - int(found[1]) / 1e6)

        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: make(note), "127.0.0.1", 0, backlog=1000)
        pipe.send(server.sockets[0].getsockname()[1])
        while count := await loop.run_in_executor(None, pipe.recv):
            limit = time.monotonic() + 180
            while len(late) < count and time.monotonic() < limit:
                await asyncio.sleep(0.01)
            pipe.send(list(late))
            late.clear()

    asyncio.run(run())


class Office:
    """Some locations, each with one user, and a server for them."""

    def __init__(self, binary, options, folder, ports):
        self.options = options
        key = os.path.join(folder, "key")
        with open(key, "w", encoding="ascii") as file:
            file.write("0" * 32)
        database = os.path.join(folder, "bench.db")
        numbers = range(1, options.locations + 1)
        places = [f"bench0bench0bench{number:03}" for number in numbers]
        directory = {
            "locations": [{"id": place, "name": place} for place in places],
            "users": [
                {"id": number, "publicID": f"{number:020}", "location": place, "name": "Ana",
                 "email": f"ana{number}@example.com", "phone": f"+1555{number:07}"}
                for number, place in zip(numbers, places)
            ],
            "tokens": [{"token": f"{number:040}", "user": number} for number in numbers]
            + [
                {"token": f"location{number:032}", "location": place}
                for number, place in zip(numbers, places)
            ],
        }
        subprocess.run(
            [binary, "directory", "import", "-", "--database", database],
            input=json.dumps(directory), text=True, check=True, stdout=subprocess.DEVNULL,
        )
        mail, sms, webhook = ports
        self.webhook = webhook
        self.server = Server(
            binary, database, os.path.join(folder, "log"), "--secret-key-file", key,
            "--webhook-allow-private", "--api-rate-limit", "0",
            "--reminder-hour-cap", "10000", "--reminder-day-cap", "100000",
            "--smtp", f"smtp://127.0.0.1:{mail}?tls=none", "--mail-from", "tasks@example.com",
            "--sms-url", f"http://127.0.0.1:{sms}/", "--sms-form", "To={to}&Body={text}",
        )
        self.server.wait_until_ready()

    def send(self, connection, token, path, body):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request("POST", f"/v1/{path}", json.dumps(body), headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status not in (200, 201):
            raise SystemExit(f"POST /v1/{path}: {response.status} {answer.decode()}")
        return json.loads(answer)

    def add_webhooks(self):
        connection = self.server.connect()
        for number in range(1, self.options.locations + 1):
            url = f"http://127.0.0.1:{self.webhook}/"
            body = {"url": url, "events": ["reminder.due"]}
            self.send(connection, f"location{number:032}", "webhooks", body)

    def in_lanes(self, operations):
        """Sends what is to be created, 100 a batch, in the locations in turn."""
        batches = list(itertools.batched(operations, 100)) if hasattr(itertools, "batched") else [
            operations[first : first + 100] for first in range(0, len(operations), 100)
        ]
        failures = []

        def write(lane):
            connection = self.server.connect(timeout=120)
            try:
                for turn in range(lane, len(batches), LANES):
                    place = 1 + turn % self.options.locations
                    answer = self.send(
                        connection, f"{place:040}", "batch", {"operations": batches[turn]}
                    )
                    for result in answer["results"]:
                        if result["status"] != 201:
                            raise SystemExit(f"{result}")
            except BaseException as error:  # pylint: disable=broad-except
                failures.append(error)

        threads = [threading.Thread(target=write, args=(lane,)) for lane in range(LANES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise SystemExit(f"{failures[0]}")


def instant(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds")


def tasks(dues, channels):
    """What creates a task for each due time, with channels in turn."""
    operations = []
    for number, due in enumerate(dues):
        due = int(due * 1000) / 1000
        body = {
            "title": f"Call {int(due * 1e6)}",
            "dueAt": instant(due),
            "reminders": [{"before": "PT0S", "channel": channels[number % len(channels)]}],
        }
        operations.append({"method": "POST", "path": "/tasks", "body": body})
    return operations


def measure(name, office, receivers, dues, channels):
    """Has tasks fall due, and tells how late their reminders arrived."""
    office.in_lanes(tasks(dues, channels))
    if (lead := dues[0] - time.time()) < 1:
        raise SystemExit(f"{name}: the tasks were not made in time ({lead:.1f} s)")
    late = []
    for place, channel in enumerate(channels):
        count = len(range(place, len(dues), len(channels)))
        receivers[channel].send(count)
        part = receivers[channel].recv()
        if len(part) < count:
            raise SystemExit(f"{name}: {len(part)} of {count} arrived by {channel}")
        print(
            f"{name}, {channel}: {len(part)}, late by p50 {percentile(part, 0.5):.1f} ms, "
            f"p99 {percentile(part, 0.99):.1f} ms, at most {max(part) * 1000:.1f} ms",
            flush=True,
        )
        late += part
    print(
        f"{name}: {len(late)} reminders, late by p50 {percentile(late, 0.5):.1f} ms, "
        f"p99 {percentile(late, 0.99):.1f} ms, at most {max(late) * 1000:.1f} ms",
        flush=True,
    )


def processor_seconds(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def wait_idly(office, count, seconds):
    """Has very many reminders wait, and tells what that costs."""
    days = 366
    recurrence = {"rule": "FREQ=DAILY", "timeZone": "UTC"}
    tomorrow = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    operations = []
    for number in range(-(-count // days)):
        start = tomorrow + datetime.timedelta(seconds=number % 3600)
        body = {
            "title": "Call",
            "recurrence": {**recurrence, "start": start.strftime("%Y-%m-%dT%H:%M:%S")},
            "reminders": [{"before": "PT0S", "channel": CHANNELS[number % 2]}],
        }
        operations.append({"method": "POST", "path": "/series", "body": body})
    begun = time.monotonic()
    office.in_lanes(operations)
    print(f"{len(operations)} series made in {time.monotonic() - begun:.1f} s", flush=True)
    process = office.server.process
    # The reminders are planned after the tasks are made.
    while True:
        before = processor_seconds(process)
        time.sleep(2)
        if processor_seconds(process) - before < 0.1:
            break
    print(f"planned after {time.monotonic() - begun:.1f} s", flush=True)
    before = processor_seconds(process)
    time.sleep(seconds)
    used = processor_seconds(process) - before
    print(
        f"{len(operations) * days} reminders waiting: {used:.2f} s of processor time in "
        f"{seconds} s, {resident_megabytes(process):.0f} MiB resident",
        flush=True,
    )


def run(office, receivers, options, channels):
    office.add_webhooks()
    if options.rate:
        count = options.rate * options.seconds
        start = time.time() + 5 + count / 300
        dues = [start + number / options.rate for number in range(count)]
        measure(f"at {options.rate} a second", office, receivers, dues, channels)
    if options.burst:
        dues = [time.time() + 5 + options.burst / 300] * options.burst
        measure("at one instant", office, receivers, dues, channels)
    if options.waiting:
        wait_idly(office, options.waiting, options.idle)


def main():
    parser = argparse.ArgumentParser(prog="bench-delivery --reminders")
    parser.add_argument("binary")
    parser.add_argument("--rate", type=int, default=1000, help="reminders a second")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--burst", type=int, default=20_000, help="reminders at one instant")
    parser.add_argument("--waiting", type=int, default=1_000_000, help="reminders that wait")
    parser.add_argument("--idle", type=int, default=60, help="for so many seconds")
    parser.add_argument("--locations", type=int, default=50)
    parser.add_argument("--channels", default=",".join(CHANNELS))
    options = parser.parse_args()
    channels = options.channels.split(",")
    receivers, ports = {}, []
    for channel, make in zip(CHANNELS, (MailReceiver, FormReceiver, FormReceiver)):
        pipe, other = multiprocessing.Pipe()
        multiprocessing.Process(target=receive, args=(other, make), daemon=True).start()
        receivers[channel] = pipe
        ports.append(pipe.recv())
    # Beside the build, so that the database is on a disk.
    os.makedirs(".build", exist_ok=True)
    folder = tempfile.mkdtemp(prefix="bench-delivery-", dir=".build")
    office = Office(options.binary, options, folder, ports)
    try:
        run(office, receivers, options, channels)
        office.server.stop()
    finally:
        office.server.kill()
    for pipe in receivers.values():
        pipe.send(0)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
