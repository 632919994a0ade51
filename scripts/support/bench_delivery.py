"""Measures how late events arrive: the time from a change, as the event tells it, to its receiver.

Tasks are created in many locations, each with one webhook: first at an even rate, then as many as there
may be in one go. The receiver is one process on the same machine, and answers at once.
"""

import argparse
import asyncio
import datetime
import json
import multiprocessing
import os
import shutil
import subprocess
import tempfile
import threading
import time

from server import Server

LANES = 8


class Receiver(asyncio.Protocol):
    """Takes requests of one connection, and notes when each came and what time its event tells."""

    def __init__(self, arrivals):
        self.arrivals, self.bytes = arrivals, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.bytes += data
        while (end := self.bytes.find(b"\r\n\r\n")) >= 0:
            head = self.bytes[:end].lower()
            count = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if len(self.bytes) < end + 4 + count:
                return
            event = json.loads(self.bytes[end + 4 : end + 4 + count])
            self.bytes = self.bytes[end + 4 + count :]
            changed = datetime.datetime.fromisoformat(event["timestamp"]).timestamp()
            self.arrivals.append(time.time() - changed)
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def receive(pipe):
    """Receives events; tells how late they were whenever it is asked, once a number has come."""

    async def run():
        arrivals = []
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Receiver(arrivals), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while count := await loop.run_in_executor(None, pipe.recv):
            limit = time.monotonic() + 120
            while len(arrivals) < count and time.monotonic() < limit:
                await asyncio.sleep(0.01)
            pipe.send(list(arrivals))
            arrivals.clear()

    asyncio.run(run())


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] * 1000


def tell(name, late, count):
    if len(late) < count:
        raise SystemExit(f"{name}: {len(late)} of {count} events arrived")
    print(
        f"{name}: {len(late)} events, late by p50 {percentile(late, 0.5):.1f} ms, "
        f"p99 {percentile(late, 0.99):.1f} ms, at most {max(late) * 1000:.1f} ms",
        flush=True,
    )


def location(number):
    return f"bench0bench0bench{number:03}"


def create(connection, place, count):
    operation = {
        "method": "POST",
        "path": "/tasks",
        "body": {"title": "Call", "dueAt": "2040-01-01T09:00:00Z"},
    }
    headers = {"Authorization": f"Bearer {place:040}", "Content-Type": "application/json"}
    body = json.dumps({"operations": [operation] * count})
    connection.request("POST", "/v1/batch", body, headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise SystemExit(f"POST /v1/batch: {response.status} {answer.decode()}")


def write(server, options, lane, end, interval, count):
    """Creates tasks in the lane's locations in turn, so many each interval."""
    connection = server.connect()
    places = range(lane, options.locations, LANES)
    start, turn = time.monotonic(), 0
    while time.monotonic() < end:
        create(connection, places[turn % len(places)] + 1, count)
        turn += 1
        time.sleep(max(0, start + turn * interval - time.monotonic()))
    counts[lane] = turn * count


counts = [0] * LANES


def in_lanes(work):
    threads = [threading.Thread(target=work, args=(lane,)) for lane in range(LANES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(binary, options, folder, pipe, port):
    key = os.path.join(folder, "key")
    with open(key, "w", encoding="ascii") as file:
        file.write("0" * 32)
    database = os.path.join(folder, "bench.db")
    directory = {
        "locations": [
            {"id": location(number), "name": f"{number}"} for number in range(options.locations)
        ],
        "tokens": [
            {"token": f"{number + 1:040}", "location": location(number)}
            for number in range(options.locations)
        ],
    }
    subprocess.run(
        [binary, "directory", "import", "-", "--database", database],
        input=json.dumps(directory),
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    arguments = ["--secret-key-file", key, "--webhook-allow-private", "--api-rate-limit", "0"]
    with Server(binary, database, os.path.join(folder, "log"), *arguments) as server:
        server.wait_until_ready()
        connection = server.connect()
        for number in range(options.locations):
            headers = {"Authorization": f"Bearer {number + 1:040}"}
            body = json.dumps({"url": f"http://127.0.0.1:{port}/"})
            connection.request("POST", "/v1/webhooks", body, headers)
            response = connection.getresponse()
            if response.status != 201:
                raise SystemExit(f"POST /v1/webhooks: {response.status} {response.read()}")
            response.read()
        batch = max(1, options.rate // 200)
        interval = batch * LANES / options.rate
        end = time.monotonic() + options.seconds
        in_lanes(lambda lane: write(server, options, lane, end, interval, batch))
        pipe.send(sum(counts))
        made = sum(counts) / options.seconds
        tell(f"at {made:.0f} changes a second", pipe.recv(), sum(counts))
        each = options.burst // options.locations

        def burst(lane):
            lane_connection = server.connect()
            for place in range(lane, options.locations, LANES):
                for first in range(0, each, 500):
                    create(lane_connection, place + 1, min(500, each - first))

        started = time.monotonic()
        in_lanes(burst)
        wrote = time.monotonic() - started
        pipe.send(each * options.locations)
        tell(f"written in {wrote:.1f} s", pipe.recv(), each * options.locations)
        server.stop()


def main():
    parser = argparse.ArgumentParser(prog="bench-delivery")
    parser.add_argument("binary")
    parser.add_argument("--rate", type=int, default=1000, help="changes a second")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--burst", type=int, default=20_000, help="changes in one go")
    parser.add_argument("--locations", type=int, default=50, help="each with one webhook")
    options = parser.parse_args()
    pipe, other = multiprocessing.Pipe()
    receiver = multiprocessing.Process(target=receive, args=(other,), daemon=True)
    receiver.start()
    port = pipe.recv()
    # Beside the build, so that the database is on a disk.
    os.makedirs(".build", exist_ok=True)
    folder = tempfile.mkdtemp(prefix="bench-delivery-", dir=".build")
    run(options.binary, options, folder, pipe, port)
    pipe.send(0)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
