"""Three locations over one database: one that is struck by faults, two that go on working."""

import datetime
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
import zoneinfo
from collections import Counter

from recurring import instant
from server import TASKS, Client

STRUCK = "StruckByFaultsOffice"
ZONE = "America/Denver"
DOCUMENT = {
    "locations": [
        {"id": STRUCK, "name": "Struck", "timeZone": ZONE},
        {"id": "FirstBystanderOffice", "name": "First", "timeZone": "UTC"},
        {"id": "SecondBystanderPlace", "name": "Second", "timeZone": "UTC"},
    ],
    "users": [
        {"id": 1, "location": STRUCK, "name": "Ana"},
        {"id": 2, "location": "FirstBystanderOffice", "name": "Ben"},
        {"id": 3, "location": "SecondBystanderPlace", "name": "Cleo"},
    ],
}
BYSTANDERS = [2, 3]
PERIOD = 2  # seconds between the occurrences of the struck location's series


class Office:
    """A database with the three locations, made once and copied for each fault."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.folder = folder
        self.database = os.path.join(folder, "office.db")
        self.run("directory", "import", "-", input=json.dumps(DOCUMENT))
        self.tokens = {user: self.issue("--user", str(user)) for user in (1, 2, 3)}
        self.location_token = self.issue("--location", STRUCK)

    def run(self, *arguments, **options):
        command = [self.binary, *arguments, "--database", self.database]
        done = subprocess.run(command, text=True, check=True, stdout=subprocess.PIPE, **options)
        return done.stdout

    def issue(self, *holder):
        return self.run("token", "issue", *holder).split()[-1]

    def copy(self, folder):
        """Copies the database, which no server has open, and returns its path."""
        database = os.path.join(folder, "test.db")
        shutil.copy(self.database, database)
        return database

    def create_series(self, server):
        """Makes the series of the struck location."""
        client = Client(server, self.location_token)
        client.headers["Version"] = "2021-07-28"
        rule = {
            "intervalType": "hourly",
            "interval": 1,
            "startDate": instant(1_700_000_000),
            "dueAfterSeconds": 600,
            "createTaskIfOverDue": True,
        }
        body = {"title": "Water the plants", "rruleOptions": rule, "ignoreTaskCreation": True}
        status, answer = client.send("POST", f"/locations/{STRUCK}/recurring-tasks", body)
        if status not in (200, 201):
            raise SystemExit(f"no series: {status} {answer.decode(errors='replace')}")


def change(database, statement, *values):
    """Changes a database that no server has open, whatever its tables forbid."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    with connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def start_series(database, at):
    """Has the struck location's series come due every two seconds from a second on."""
    at = int(at)
    zone = zoneinfo.ZoneInfo(ZONE)
    local = at + int(datetime.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())
    change(
        database,
        "UPDATE series SET ruleText = ?, timeZone = ?, startLocal = ?, catchUp = 2",
        f"FREQ=SECONDLY;INTERVAL={PERIOD}",
        ZONE,
        local,
    )
    change(
        database,
        "UPDATE seriesClock SET materializedThrough = ?, nextAt = ?, fireAt = ?,"
        " occurrenceCount = 0",
        local - 1,
        at * 1_000_000,
        at * 1_000_000,
    )
    return local


def lost_slots(database, first):
    """How many occurrences of the struck location's series have no task so far, or two."""
    slots = [row[0] for row in change(database, "SELECT recurrenceID FROM task WHERE seriesID > 0")]
    doubled = len(slots) - len(set(slots))
    zone = zoneinfo.ZoneInfo(ZONE)
    now = int(time.time())
    end = now + int(datetime.datetime.fromtimestamp(now, zone).utcoffset().total_seconds())
    expected = range(first, end - 5, PERIOD)
    return len(set(expected) - set(slots)), doubled


class Bystander(threading.Thread):
    """Somebody of another location who creates tasks all the time."""

    def __init__(self, server, token, user, length=0):
        super().__init__()
        self.server = server
        self.token = token
        self.user = user
        self.notes = "\N{MATHEMATICAL BOLD SCRIPT SMALL N}" * length  # four bytes each
        self.answers = Counter()
        self.sent = set()
        self.acknowledged = {}
        self.acknowledged_at = 0
        self.slowest = 0
        self.is_stopped = False

    def run(self):
        client = None
        while not self.is_stopped and self.server.process.poll() is None:
            try:
                client = client or Client(self.server, self.token)
                self.create(client)
            except (OSError, http.client.HTTPException):
                client = None
                self.answers["no answer"] += 1
            if not self.notes:
                time.sleep(0.01)

    def create(self, client):
        description = f"user {self.user}, request {len(self.sent)}"
        self.sent.add(description)
        body = {
            "assigned_user_id": str(self.user),
            "due_at": "1971-01-04T12:00:00",
            "description": description,
            "status": "incomplete",
        }
        if self.notes:
            body["notes"] = self.notes
        began = time.perf_counter()
        status, answer = client.send("POST", TASKS, body)
        self.slowest = max(self.slowest, time.perf_counter() - began)
        self.answers[status] += 1
        if status == 201:
            self.acknowledged[description] = json.loads(answer)["id"]
            self.acknowledged_at = time.time()

    def check(self, server):
        """Returns what of the acknowledged is missing, and what is there twice."""
        found = Counter()
        ids = {}
        client = Client(server, self.token)
        for task in client.find_all("due_at[$lt]=1972-01-01"):
            found[task["description"]] += 1
            ids[task["description"]] = task["id"]
        missing = [each for each, id in self.acknowledged.items() if ids.get(each) != id]
        doubled = [each for each, count in found.items() if count > 1]
        strange = found.keys() - self.sent
        return len(missing), len(doubled) + len(strange)
