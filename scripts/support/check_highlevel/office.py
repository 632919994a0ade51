"""The directory with which HighLevel's dialect is checked, and the server that has it."""

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import tempfile

from server import Server

LOCATION = "ve9EPM428h8vShlRW1KT"
OTHER_LOCATION = "wf0FQN539i9wTimSX2LU"
CONTACTS = ["sx6wyHhbFdRXh302LLNR", "v5cEPM428h8vShlRW1KT"]
OTHER_CONTACT = "UlRWGLSXh0ji5qbiGu4i"
USERS = ["hxHGVRb1YJUscrCB8eXK", "63e4qiWDsFJjOYAC8phG"]
OTHER_USER = "IyIHWSc2ZKVtdsDC9fYL"

TOKEN = "pit-11111111-0000-4000-8000-000000000000"
# LionDesk's API needs a user's token.
USER_TOKEN = "1" * 40
SCOPELESS_TOKEN = "pit-22222222-0000-4000-8000-000000000000"
EXPIRED_TOKEN = "pit-33333333-0000-4000-8000-000000000000"
OTHER_LOCATIONS_TOKEN = "pit-44444444-0000-4000-8000-000000000000"
UNKNOWN_TOKEN = "pit-55555555-0000-4000-8000-000000000000"

DIRECTORY = {
    "locations": [
        {"id": LOCATION, "name": "Acme Realty", "timeZone": "America/Los_Angeles"},
        {"id": OTHER_LOCATION, "name": "Other Realty", "timeZone": "Europe/Madrid"},
    ],
    "users": [
        {"id": 1, "publicID": USERS[0], "location": LOCATION, "name": "Ana Lopez"},
        {"id": 2, "publicID": USERS[1], "location": LOCATION, "name": "Ben Cole"},
        {"id": 3, "publicID": OTHER_USER, "location": OTHER_LOCATION, "name": "Olga"},
    ],
    "contacts": [
        {"id": 1, "publicID": CONTACTS[0], "location": LOCATION, "firstName": "Stacy"},
        {"id": 2, "publicID": CONTACTS[1], "location": LOCATION, "business": "a" * 24},
        {"id": 3, "publicID": OTHER_CONTACT, "location": OTHER_LOCATION, "firstName": "Otto"},
    ],
    "tokens": [
        {"token": TOKEN, "location": LOCATION},
        {"token": SCOPELESS_TOKEN, "location": LOCATION, "scopes": []},
        {"token": EXPIRED_TOKEN, "location": LOCATION, "expiresAt": "2020-01-01T00:00:00Z"},
        {"token": OTHER_LOCATIONS_TOKEN, "location": OTHER_LOCATION},
        {"token": USER_TOKEN, "user": 1},
    ],
}

RECURRING_TASK = {
    "title": "Call Stacy",
    "description": "Ask about the viewing.",
    "contactIds": CONTACTS,
    "owners": USERS,
    "rruleOptions": {
        "intervalType": "daily",
        "interval": 1,
        "startDate": "2030-01-07T10:00:00.000Z",
        "dueAfterSeconds": 600,
    },
    "ignoreTaskCreation": False,
}
TASK = {
    "title": "First Task",
    "body": "Bring the keys.",
    "dueDate": "2030-10-25T11:00:00Z",
    "completed": False,
    "assignedTo": USERS[0],
}

# Options for a server that gets requests as fast as it answers.
NO_LIMITS = ["--rate-limit", "0", "--daily-limit", "0"]


@contextlib.contextmanager
def office_server(binary, *options):
    """Runs a server over its own database; keeps its log if something fails."""
    folder = tempfile.mkdtemp(prefix="check-highlevel-")
    database = os.path.join(folder, "tasks.db")
    imported = subprocess.run(
        [binary, "directory", "import", "-", "--database", database],
        input=json.dumps(DIRECTORY),
        capture_output=True,
        text=True,
    )
    if imported.returncode != 0:
        raise SystemExit(f"the directory was not imported: {imported.stderr}")
    log = os.path.join(folder, "server.log")
    try:
        with Server(binary, database, log, *options) as server:
            server.wait_until_ready()
            yield server
            server.stop()
    except BaseException:
        print(f"the server's log: {log}")
        raise
    shutil.rmtree(folder)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode(errors="replace")

    @property
    def json(self):
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def __str__(self):
        return f"{self.status} {self.text[:300]}"


class Caller:
    """Sends requests over one connection."""

    def __init__(self, connection):
        self.connection = connection

    def make(self, path, body):
        """Creates an object, and returns the members of the answer."""
        answer = self.send("POST", path, body)
        if answer.status != 201:
            raise SystemExit(f"POST {path}: {answer}")
        return answer.json

    def make_recurring_task(self):
        """Makes a recurring task with two contacts, and returns its id."""
        path = f"/locations/{LOCATION}/recurring-tasks"
        return self.make(path, RECURRING_TASK)["recurringTask"]["id"]

    def make_task(self):
        """Makes a task of the first contact, and returns its id."""
        return self.make(f"/contacts/{CONTACTS[0]}/tasks", TASK)["task"]["id"]

    def send(self, method, path, body=None, token=TOKEN, version="2021-07-28"):
        """Sends a request; text and bytes are a body as they are, None is no body, and the rest is
        sent as JSON."""
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if version is not None:
            headers["Version"] = version
        is_ready = body is None or isinstance(body, (str, bytes))
        payload = body if is_ready else json.dumps(body)
        try:
            self.connection.request(method, path, payload, headers)
            return Answer(self.connection.getresponse())
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise SystemExit(f"{method} {path}: no answer: {error!r}") from None
