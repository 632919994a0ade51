"""Starts perennial servers, sends requests to them and stops them, for tests from outside."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time

TASKS = "/api/v1/scheduled/tasks"
UNLIMITED = {
    f"PERENNIAL_{api}_RATE_LIMIT": "0" for api in ("LIONDESK", "API", "PAGE")
}


def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_for_json(*command):
    """Runs a command and returns the JSON object that is the last line of its output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        raise SystemExit(f"{' '.join(command)}: exit status {done.returncode}, no answer")
    answer = json.loads(lines[-1])
    if not re.fullmatch(r"[0-9a-f]{40}", answer.get("token", "")):
        raise SystemExit(f"{' '.join(command)}: no token in {lines[-1]}")
    return answer


class Server:
    """A server process on an unused loopback port, over one database."""

    def __init__(self, binary, database, log, *options, environment=None):
        self.port = unused_port()
        self.started_at = time.perf_counter()
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [binary, "serve", "--host", "127.0.0.1", "--port", str(self.port)]
                + ["--database", database, "--log-level", "warning"]
                # An option may name the server's address.
                + [option.replace("{url}", self.url) for option in options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A script asks faster than any client may.
                env=UNLIMITED | os.environ | (environment or {}),
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def connect(self, timeout=30):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def wait_until_ready(self, limit=60):
        """Returns the seconds from the start of the process to its first good answer."""
        while time.perf_counter() - self.started_at < limit:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with status {self.process.returncode}")
            try:
                connection = self.connect(timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - self.started_at
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.002)
        raise SystemExit(f"the server was not ready within {limit} s")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def stop(self, limit=30):
        """Asks the server to stop, as Ctrl-C does, and expects it to end well."""
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise SystemExit(f"the server did not stop within {limit} s of SIGINT") from None
        if status != 0:
            raise SystemExit(f"the server stopped with status {status}")


class Client:
    """One connection to a server, as the holder of a token."""

    def __init__(self, server, token):
        self.connection = server.connect()
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(self, method, path, body=None):
        """Returns the status and the bytes of a complete answer."""
        payload = None if body is None else json.dumps(body)
        self.connection.request(method, path, payload, self.headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def find(self, query):
        status, body = self.send("GET", f"{TASKS}?{query}")
        if status != 200:
            raise SystemExit(f"GET {TASKS}?{query}: {status} {body.decode(errors='replace')}")
        return json.loads(body)

    def find_all(self, filters):
        """Returns every task that passes the filters, page by page in the order of ids."""
        tasks = []
        while True:
            page = self.find(f"{filters}&$sort[id]=1&$limit=50&$skip={len(tasks)}")
            tasks += page["data"]
            if not page["data"] or len(tasks) >= page["total"]:
                return tasks

    def user_id(self):
        """Returns the id of the token's user, who is the owner of the tasks that are found."""
        tasks = self.find("$limit=1")["data"]
        if not tasks:
            raise SystemExit("the token's user has no task to tell the user's id by")
        return tasks[0]["crm_user_id"]
