"""Nodes over one PostgreSQL database, and clients that write through them, for other scripts."""

import collections
import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time

from recurring import Recurring
from server import TASKS, Server

LOCATIONS = 48


class Difference(Exception):
    """Something was lost or doubled."""


class Town:
    """A database with locations, a token for each, and series that come due."""

    def __init__(self, postgres, binary, folder, url):
        self.postgres = postgres
        self.url = url
        self.series_count = 0
        self.binary = binary
        self.folder = folder
        self.shim = os.path.abspath(os.path.join(folder, "clock_shim.so"))
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clock_shim.c")
        subprocess.run(
            ["gcc", "-O2", "-shared", "-fPIC", "-o", self.shim, source, "-ldl"], check=True
        )
        self.locations = [f"NodeTestLocation{number:04}" for number in range(LOCATIONS)]
        document = {
            "locations": [
                {"id": location, "name": "Office", "timeZone": "UTC"}
                for location in self.locations
            ],
            "users": [
                {"id": number + 1, "location": location, "name": "Ana"}
                for number, location in enumerate(self.locations)
            ],
        }
        self.run("directory", "import", "-", input=json.dumps(document))
        self.tokens = [
            self.run("token", "issue", "--user", str(number + 1)).split()[-1]
            for number in range(LOCATIONS)
        ]
        self.shards = {
            location: int(shard)
            for location, shard in postgres.sql("SELECT locationID, shard FROM location")
        }

    def run(self, *command, **options):
        return subprocess.run(
            [self.binary, *command, "--database", self.url],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        ).stdout

    def make_series(self, count, period, first_slot):
        """Makes series, spread over the locations, from one that a client makes."""
        location = self.locations[0]
        issue = ("token", "issue", "--location", location)
        token = self.run(*issue).split()[-1]
        with self.start("template") as server:
            server.wait_until_ready()
            client = Recurring(server, token)
            client.PATH = f"/locations/{location}/recurring-tasks"
            client.create("Water the plants", start=time.time() + 86_400)
            server.stop()
        columns = [
            name
            for [name] in self.postgres.sql(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'series' "
                "AND table_schema = 'public' ORDER BY ordinal_position"
            )
        ]
        self.series_count += 1
        # Far beyond all numbers that were given before.
        first = 10_000_000 * self.series_count
        changed = {
            "shard": "location.shard",
            "locationid": "location.locationID",
            "seriesid": f"{first} + number",
            "ruletext": f"'FREQ=SECONDLY;INTERVAL={period}'",
            "timezone": "'UTC'",
            "catchup": "2",
            "whileoverdue": "1",
            "startlocal": str(first_slot),
        }
        values = ", ".join(changed.get(name, f"series.{name}") for name in columns)
        self.postgres.sql(
            f"""
            INSERT INTO series ({', '.join(columns)})
            SELECT {values} FROM series, generate_series(0, {count - 1}) AS number
            JOIN (
                SELECT shard, locationID, ROW_NUMBER() OVER (ORDER BY locationID) - 1 AS place
                FROM location
            ) AS location ON location.place = number % {LOCATIONS}
            WHERE series.seriesID = (SELECT MIN(seriesID) FROM series);
            INSERT INTO seriesClock (
                shard, locationID, seriesID, materializedThrough, nextAt, fireAt, occurrenceCount
            )
            SELECT shard, locationID, seriesID, {first_slot - 1}, {first_slot} * 1000000::bigint,
                {first_slot} * 1000000::bigint, 0
            FROM series WHERE seriesID >= {first};
            UPDATE numberBlock SET nextNumber = GREATEST(nextNumber, {first + count})
            WHERE name = 'task';
            """
        )
        return range(first, first + count)

    def end_series(self, series):
        """Stops the clocks."""
        self.postgres.sql(f"UPDATE seriesClock SET fireAt = NULL WHERE {among(series)}")

    def start(self, name, clock_offset=0):
        log = os.path.join(self.folder, f"{name}.log")
        options = ["--rate-limit", "0", "--daily-limit", "0", "--open-task-limit", "1000000000"]
        options += ["--hourly-task-limit", "1000000000", "--series-limit", "1000000000", "--database-connections", "6"]
        environment = {"LD_PRELOAD": self.shim, "CLOCK_SHIM_SECONDS": str(clock_offset)}
        return Server(self.binary, self.url, log, *options, environment=environment)


def among(series):
    return f"seriesID BETWEEN {series.start} AND {series.stop - 1}"


class Node:
    """A place for a server, which is started again whenever it ends."""

    def __init__(self, town, number):
        self.town = town
        self.name = f"node{number}"
        # The first node's clock is right, the others are ten minutes fast and slow.
        self.clock_offset = (0, 600, -600)[number % 3]
        self.lock = threading.Lock()
        self.server = None
        self.start()

    def start(self):
        self.server = self.town.start(self.name, self.clock_offset)
        self.server.wait_until_ready()

    def kill(self):
        with self.lock:
            self.server.kill()
            killed_at = time.time()
            return killed_at

    def restart(self):
        with self.lock:
            self.server.kill()
            self.start()

    def pause(self, seconds):
        with self.lock:
            self.server.process.send_signal(signal.SIGSTOP)
            time.sleep(seconds)
            self.server.process.send_signal(signal.SIGCONT)


class Writers:
    """Clients that write single tasks through whichever node answers."""

    def __init__(self, town, nodes, count):
        self.town = town
        self.nodes = nodes
        self.acknowledged = {}
        # When each was acknowledged.
        self.times = []
        self.uncertain = set()
        self.statuses = collections.Counter()
        self.lock = threading.Lock()
        self.is_over = False
        # What a node answered that refused a write which is good.
        self.refusal = None
        self.threads = [
            threading.Thread(target=self.write, args=(number,)) for number in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def write(self, number):
        generator = random.Random(number)
        connection, node = None, None
        count = 0
        while not self.is_over:
            place = generator.randrange(LOCATIONS)
            key = f"write {number} {count}"
            count += 1
            body = {
                "description": key,
                "due_at": "2030-01-01T12:00:00",
                "assigned_user_id": str(place + 1),
                "status": "incomplete",
            }
            headers = {
                "Authorization": f"Bearer {self.town.tokens[place]}",
                "Content-Type": "application/json",
            }
            is_sent = False
            try:
                if connection is None:
                    node = generator.choice(self.nodes)
                    connection = http.client.HTTPConnection(
                        "127.0.0.1", node.server.port, timeout=10
                    )
                    connection.connect()
                is_sent = True
                connection.request("POST", TASKS, json.dumps(body), headers)
                response = connection.getresponse()
                answer = response.read()
                with self.lock:
                    self.statuses[response.status] += 1
                    if response.status in (200, 201):
                        self.acknowledged[key] = json.loads(answer)["id"]
                        self.times.append(time.time())
                    else:
                        self.uncertain.add(key)
                        if response.status < 500:
                            self.refusal = answer.decode(errors="replace")
                if response.status >= 500:
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException, ValueError):
                with self.lock:
                    self.statuses["lost"] += 1
                    if is_sent:
                        self.uncertain.add(key)
                if connection:
                    connection.close()
                connection = None
                time.sleep(0.02)

    def stop(self):
        self.is_over = True
        for thread in self.threads:
            thread.join()
        if self.refusal:
            raise Difference(f"a good write was refused: {self.refusal}")


def check_writes(postgres, writers):
    """Compares the tasks that clients wrote with what they were answered."""
    stored = collections.Counter()
    numbers = {}
    for number, title in postgres.sql(
        "SELECT taskID, title FROM task WHERE title LIKE 'write %'"
    ):
        stored[title] += 1
        numbers[title] = number
    for key, number in writers.acknowledged.items():
        if stored[key] != 1 or numbers[key] != number:
            raise Difference(f"'{key}', acknowledged as {number}, is there {stored[key]} times")
    for key, count in stored.items():
        if count != 1:
            raise Difference(f"'{key}' is there {count} times")
        if key not in writers.acknowledged and key not in writers.uncertain:
            raise Difference(f"'{key}' is there and was never sent")
