"""Receives the events of webhooks and verifies their signatures with independent libraries."""

import base64
import http.server
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from server import Client, Server, run_for_json
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes every event, by the path that it was sent to."""

    inboxes = {"/standard": queue.Queue(), "/highlevel": queue.Queue()}

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.inboxes[self.path].put((headers, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def verify_standard(webhook, headers, body):
    """Returns the event; raises if the signature is not the secret's."""
    return Webhook(webhook["secret"]).verify(body, headers)


def verify_highlevel(webhook, headers, body):
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(webhook["publicKey"]))
    key.verify(base64.b64decode(headers["x-ghl-signature"]), body)
    return json.loads(body)


def command(binary, database, *arguments):
    done = subprocess.run(
        [binary, "webhook", *arguments, "--database", database], stdout=subprocess.PIPE, text=True
    )
    if done.returncode != 0:
        raise SystemExit(f"webhook {' '.join(arguments)}: status {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def expect_events(client, form, verify, webhook, former=None):
    """Makes a task and verifies what is sent of it; a body that was changed is refused."""
    due = {"local": "2041-01-07T09:00:00", "timeZone": "UTC"}
    status, answer = client.send("POST", "/v1/tasks", {"title": "Call Zoë – <b>", "due": due})
    if status != 201:
        raise SystemExit(f"POST /v1/tasks: {status} {answer.decode()}")
    headers, body = Receiver.inboxes[f"/{form}"].get(timeout=20)
    event = verify(webhook, headers, body)
    if former is not None:
        verify(former, headers, body)
    shown = event["data"]["task"]["title"] if form == "standard" else event["title"]
    if shown != "Call Zoë – <b>":
        raise SystemExit(f"{form}: the event has another title: {body.decode()}")
    try:
        verify(webhook, headers, body.replace(b"Call", b"Kill"))
    except (WebhookVerificationError, InvalidSignature):
        return
    raise SystemExit(f"{form}: a changed body is taken")


def run(binary, folder):
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    database = os.path.join(folder, "test.db")
    key = os.path.join(folder, "secret.key")
    with open(key, "wb") as file:
        file.write(base64.b64encode(os.urandom(32)))
    os.chmod(key, 0o600)
    token = run_for_json(binary, "demo", "--database", database)["token"]
    options = ("--secret-key-file", key, "--webhook-allow-private")
    with Server(binary, database, os.path.join(folder, "server.log"), *options) as server:
        server.wait_until_ready()
        client = Client(server, token)
        location = json.loads(client.send("GET", "/v1/me")[1])["location"]["id"]
        at = ("--location", location)
        for form, verify in (("standard", verify_standard), ("highlevel", verify_highlevel)):
            url = f"http://127.0.0.1:{receiver.server_port}/{form}"
            added = command(binary, database, "add", *at, "--url", url, "--form", form)
            expect_events(client, form, verify, added)
            print(f"ok: {form}, signed")
            rotated = command(binary, database, "rotate", added["id"], *at)
            # By Standard Webhooks the former secret signs as well for a day.
            former = added if form == "standard" else None
            expect_events(client, form, verify, rotated, former)
            print(f"ok: {form}, signed after a rotation")
            command(binary, database, "remove", added["id"], *at)
        server.stop()


with tempfile.TemporaryDirectory(prefix="check-webhooks-") as place:
    run(sys.argv[1], place)
