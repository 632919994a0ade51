"""A client of HighLevel's recurring tasks, for the scripts that test the schedule from outside."""

import datetime
import json
import subprocess

from server import Client

LOCATION = "ScheduleTestLocation"
DOCUMENT = {
    "locations": [{"id": LOCATION, "name": "Office", "timeZone": "UTC"}],
    "users": [{"id": 1, "location": LOCATION, "name": "Ana"}],
}


def location_demo(binary, database):
    """Makes a database with one location and returns the location's own token."""
    subprocess.run(
        [binary, "directory", "import", "-", "--database", database],
        input=json.dumps(DOCUMENT),
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    issue = [binary, "token", "issue", "--location", LOCATION, "--database", database]
    return subprocess.run(issue, text=True, check=True, stdout=subprocess.PIPE).stdout.split()[-1]


def instant(seconds):
    """A point in time as HighLevel writes it."""
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Recurring(Client):
    """One connection to a server, as the holder of a location's token."""

    PATH = f"/locations/{LOCATION}/recurring-tasks"

    def __init__(self, server, token):
        super().__init__(server, token)
        self.headers["Version"] = "2021-07-28"

    def ask(self, method, path, body=None):
        """Returns the members of an answer that is expected to be good."""
        status, answer = self.send(method, path, body)
        if status not in (200, 201):
            raise SystemExit(f"{method} {path}: {status} {answer.decode(errors='replace')}")
        return json.loads(answer)

    def create(self, title, start=1_700_000_000):
        """Makes a recurring task of every hour and returns its id."""
        rule = {
            "intervalType": "hourly",
            "interval": 1,
            "startDate": instant(start),
            "dueAfterSeconds": 600,
            "createTaskIfOverDue": True,
        }
        body = {"title": title, "rruleOptions": rule, "ignoreTaskCreation": True}
        return self.ask("POST", self.PATH, body)["recurringTask"]["id"]

    def read(self, task_id):
        return self.ask("GET", f"{self.PATH}/{task_id}")["recurringTask"]

    def page(self, skip, limit=100):
        """Recurring tasks, the oldest first."""
        return self.ask("GET", f"{self.PATH}?limit={limit}&skip={skip}")["recurringTasks"]
