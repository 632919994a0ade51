"""The directory with which the own API is checked, and the server that has it."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile

from server import Server

LOCATION = "ve9EPM428h8vShlRW1KT"
TOKEN = "1" * 40

DIRECTORY = {
    "locations": [{"id": LOCATION, "name": "Acme Realty", "timeZone": "America/Los_Angeles"}],
    "users": [
        {"id": 1, "location": LOCATION, "name": "Ana Lopez", "role": "admin", "locale": "en"},
        {"id": 2, "location": LOCATION, "name": "Ben Cole", "timeZone": "Europe/Berlin"},
    ],
    "teams": [
        {"id": 1, "location": LOCATION, "name": "Buyers", "sharing": True, "members": [1, 2]}
    ],
    "contacts": [{"id": 2, "location": LOCATION, "firstName": "Stacy", "owner": 1}],
    "categories": [{"id": 6, "location": LOCATION, "name": "Open house"}],
    "tokens": [{"token": TOKEN, "user": 1}],
}

# A server that gets requests as fast as it answers.
NO_LIMITS = ["--api-rate-limit", "0"]


@contextlib.contextmanager
def office_server(binary, *options):
    """Runs a server over its own database; keeps its log if something fails."""
    folder = tempfile.mkdtemp(prefix="check-api-")
    database = os.path.join(folder, "perennial.db")
    subprocess.run(
        [binary, "directory", "import", "-", "--database", database],
        input=json.dumps(DIRECTORY),
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    log = os.path.join(folder, "log")
    key = os.path.join(folder, "key")
    with open(key, "w", encoding="ascii") as file:
        file.write("0" * 32)
    # Webhooks are sent to this machine, where nobody listens.
    options = (*options, "--secret-key-file", key, "--webhook-allow-private")
    try:
        with Server(binary, database, log, *NO_LIMITS, *options) as server:
            server.wait_until_ready()
            yield server
            server.stop()
    except BaseException:
        print(f"The server's log is {log}")
        raise
    shutil.rmtree(folder)
