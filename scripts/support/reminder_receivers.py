"""The receivers of reminders: a mail server, an SMS gateway with a form, and a webhook.

They run in one thread of their own. Each notes what arrived, under which identifier and when.
"""

import asyncio
import collections
import email.parser
import email.policy
import json
import re
import threading
import time
from urllib.parse import parse_qs

Arrival = collections.namedtuple("Arrival", "channel title id at")


class FormReceiver(asyncio.Protocol):
    """Takes HTTP requests with a body, and answers each at once."""

    def __init__(self, note):
        self.note, self.bytes = note, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.bytes += data
        while (end := self.bytes.find(b"\r\n\r\n")) >= 0:
            lines = self.bytes[:end].decode("latin-1").split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:])
            count = int(fields.get("content-length", 0))
            if len(self.bytes) < end + 4 + count:
                return
            body = self.bytes[end + 4 : end + 4 + count]
            self.bytes = self.bytes[end + 4 + count :]
            self.note(fields, body)
            self.transport.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")


class MailReceiver(asyncio.Protocol):
    """Takes mails, also where commands are sent without waiting for answers."""

    def __init__(self, note):
        self.note, self.bytes, self.is_mail = note, b"", False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(b"220 localhost\r\n")

    def data_received(self, data):
        self.bytes += data
        while self.take():
            pass

    def take(self):
        """Takes a command, or a mail; false if there is none yet."""
        mark = b"\r\n.\r\n" if self.is_mail else b"\r\n"
        end = self.bytes.find(mark)
        if end < 0:
            return False
        part, self.bytes = self.bytes[:end], self.bytes[end + len(mark) :]
        if self.is_mail:
            self.is_mail = False
            self.note({}, part)
            self.transport.write(b"250 taken\r\n")
            return True
        word = part[:4].upper()
        self.is_mail = word == b"DATA"
        if self.is_mail:
            self.transport.write(b"354 go on\r\n")
        elif word == b"EHLO":
            self.transport.write(b"250-localhost\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
        else:
            self.transport.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        return True


class Receivers:
    """What arrived by each channel, in the order of arrival."""

    #: The form of a text message; its last part is the identifier.
    sms_form = "To={to}&Body={text}&Reference={id}"

    def __init__(self, mail_server=None):
        """`mail_server` makes what talks with one client, with the receivers; or it is a plain one."""
        self.arrivals = []
        self.mail_server = mail_server or (lambda _: MailReceiver(self.note_mail))
        self.title = re.compile(r"No\. \d+")
        self.lock = threading.Lock()
        ready = threading.Event()
        threading.Thread(target=self.run, args=(ready,), daemon=True).start()
        ready.wait()

    def run(self, ready):
        asyncio.run(self.serve(ready))

    async def serve(self, ready):
        loop = asyncio.get_running_loop()
        servers = [
            await loop.create_server(make, "127.0.0.1", 0, backlog=1000)
            for make in (
                lambda: self.mail_server(self),
                lambda: FormReceiver(self.note_sms),
                lambda: FormReceiver(self.note_event),
            )
        ]
        self.mail_port, self.sms_port, self.webhook_port = (
            server.sockets[0].getsockname()[1] for server in servers
        )
        ready.set()
        await asyncio.Event().wait()

    @property
    def options(self):
        """What a server needs to send to them."""
        return [
            "--smtp", f"smtp://127.0.0.1:{self.mail_port}?tls=none",
            "--mail-from", "Perennial <tasks@example.com>",
            "--sms-url", f"http://127.0.0.1:{self.sms_port}/messages",
            "--sms-form", self.sms_form,
        ]

    @property
    def webhook_url(self):
        return f"http://127.0.0.1:{self.webhook_port}/"

    def note(self, channel, text, name):
        found = self.title.search(text)
        with self.lock:
            self.arrivals.append(
                Arrival(channel, found and found[0], name, time.monotonic())
            )

    async def handle_DATA(self, _server, _session, envelope):
        """Takes a mail for aiosmtpd."""
        self.note_mail({}, envelope.content)
        return "250 taken"

    def note_mail(self, _fields, content):
        parser = email.parser.BytesHeaderParser(policy=email.policy.default)
        mail = parser.parsebytes(content)
        self.note("email", mail["subject"], mail["message-id"])

    def note_sms(self, _fields, body):
        form = parse_qs(body.decode())
        self.note("sms", form["Body"][0], form["Reference"][0])

    def note_event(self, fields, body):
        self.note("webhook", json.loads(body)["data"]["task"]["title"], fields["webhook-id"])

    def taken(self):
        with self.lock:
            return list(self.arrivals)
