"""Sends mails to a real mail server, and looks at what it got.

First by `deliver test`, with and without TLS; then a server reminds people of tasks, by mail and by
text messages, under a clock that this moves, and the links of what came are followed.
"""

import base64
import email
import email.policy
import html
import http.client
import http.server
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from server import TASKS, Client, Server

USER, PASSWORD = "ana@example.com", "open sesame"
LOCATION = "ve9EPM428h8vShlRW1KT"
DIRECTORY = """
{"locations": [{"id": "%s", "name": "Inmobiliaria Núñez & Söhne", "timeZone": "America/Los_Angeles"}],
 "users": [
  {"id": 1, "location": "%s", "name": "Ana López", "email": "ana@example.com", "locale": "es-MX",
   "phone": "+1 555 010 0101"},
  {"id": 2, "location": "%s", "name": "Zoë \\"Z\\" <Ortiz>", "email": "zoe@example.com",
   "locale": "en-US", "phone": "+1 (555) 010-0102"}],
 "teams": [{"id": 1, "location": "%s", "name": "All", "sharing": true, "members": [1, 2]}],
 "contacts": [{"id": 2, "location": "%s", "firstName": "Bjørn", "lastName": "Müller 🏡",
   "phone": "+1 555 010 0199", "owner": 1}]}
""".replace("%s", LOCATION)
EVIL = "Llamar a Zoë – «urgente» 🏡\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>"


class Handler:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope, session.ssl is not None))
        return "250 taken"


class PlainController(Controller):
    """A server with STARTTLS, or without any TLS."""

    def __init__(self, handler, context, **options):
        self.context, self.options = context, options
        super().__init__(handler, hostname="127.0.0.1", port=0)

    def factory(self):
        return SMTP(self.handler, tls_context=self.context, **self.options)

    def _trigger_server(self):
        # The port that the system gave is not known before.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Gateway(http.server.BaseHTTPRequestHandler):
    """An SMS gateway that takes every message."""

    forms = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        user = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        form = urllib.parse.parse_qs(body, strict_parsing=True)
        Gateway.forms.append((user, {name: value[0] for name, value in form.items()}))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(b'{"sid": "SM17"}')

    def log_message(self, *_):
        pass


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()))


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found!r} instead of {wanted!r}")


def parse(envelope):
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    expect("defects", list(mail.defects), [])
    return mail


def check_test_mails(binary, folder):
    certificate = os.path.join(folder, "certificate.pem")
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {folder}/key.pem "
        f"-out {certificate}",
        shell=True,
        check=True,
        stderr=subprocess.DEVNULL,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, f"{folder}/key.pem")
    database = os.path.join(folder, "test.db")
    subprocess.run([binary, "demo", "--database", database], check=True, stdout=subprocess.DEVNULL)
    wants = {"auth_required": True, "authenticator": authenticate}
    for tls, options in [
        ("starttls", {"require_starttls": True, **wants}),
        ("none", {"auth_require_tls": False, **wants}),
    ]:
        handler = Handler()
        controller = PlainController(handler, context if tls == "starttls" else None, **options)
        controller.start()
        done = subprocess.run(
            [
                binary, "deliver", "test", "--to", "ben@example.com", "--database", database,
                "--smtp", f"smtp://ana%40example.com@127.0.0.1:{controller.port}?tls={tls}",
                "--mail-from", "Zoë's office <tasks@example.com>",
            ],
            env={**os.environ, "PERENNIAL_SMTP_PASSWORD": PASSWORD, "SSL_CERT_FILE": certificate},
            stdout=subprocess.PIPE,
            text=True,
        )
        controller.stop()
        if done.returncode != 0 or done.stdout != "sent\n":
            raise SystemExit(f"{tls}: status {done.returncode}, {done.stdout}")
        [(envelope, was_secret)] = handler.mails
        mail = parse(envelope)
        found = (
            envelope.mail_from, envelope.rcpt_tos, mail["from"], mail["to"], was_secret,
            mail.get_content_type(), [part.get_content_type() for part in mail.iter_parts()],
            bool(mail["date"].datetime), mail["message-id"].count("@"),
        )
        wanted = (
            "tasks@example.com", ["ben@example.com"], "Zoë's office <tasks@example.com>",
            "ben@example.com", tls == "starttls", "multipart/alternative",
            ["text/plain", "text/html"], True, 1,
        )
        expect(tls, found, wanted)
        print(f"ok: a mail with tls={tls}")


class Office:
    """A server with a clock that stands, a mail server and an SMS gateway."""

    start = "2030-01-07T15:00:00Z"

    def __init__(self, binary, folder):
        self.handler = Handler()
        self.controller = PlainController(self.handler, None)
        self.controller.start()
        gateway = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
        threading.Thread(target=gateway.serve_forever, daemon=True).start()
        database = os.path.join(folder, "office.db")
        document = os.path.join(folder, "directory.json")
        with open(document, "w") as file:
            file.write(DIRECTORY)
        key = os.path.join(folder, "secret.key")
        with open(key, "wb") as file:
            file.write(os.urandom(32))
        subprocess.run(
            [binary, "directory", "import", document, "--database", database],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        token = subprocess.run(
            [binary, "token", "issue", "--user", "1", "--database", database],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout.strip()
        self.server = Server(
            binary, database, os.path.join(folder, "log"), "--test-clock", self.start,
            "--smtp", f"smtp://127.0.0.1:{self.controller.port}?tls=none",
            "--mail-from", "Tareas <tasks@example.com>", "--public-url", "https://tasks.example.com",
            "--secret-key-file", key,
            "--sms-url", f"http://127.0.0.1:{gateway.server_address[1]}/send",
            "--sms-form", "To={to}&From=+15550100&Body={text}&Ref={id}", "--sms-user", "AC17",
            environment={"PERENNIAL_SMS_PASSWORD": PASSWORD},
        )
        self.server.wait_until_ready()
        self.client = Client(self.server, token)
        self.deliver = lambda to: subprocess.run(
            [binary, "deliver", "test", "--to", to, "--database", database],
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def make(self, **fields):
        status, body = self.client.send("POST", TASKS, {"status": "incomplete", **fields})
        if status not in (200, 201):
            raise SystemExit(f"POST {TASKS}: {status} {body.decode()}")
        return json.loads(body)

    def move(self, time):
        status, body = self.client.send("PUT", "/test-clock", {"now": time})
        expect(f"PUT /test-clock {body.decode()}", status, 200)

    def mails(self, count):
        """Returns the mails that came since the last call."""
        limit = time.monotonic() + 20
        while len(self.handler.mails) < count and time.monotonic() < limit:
            time.sleep(0.02)
        mails = [(envelope, parse(envelope)) for envelope, _ in self.handler.mails]
        self.handler.mails.clear()
        expect("mails", len(mails), count)
        return mails

    def follow(self, method, link, body=""):
        """Follows a link of a mail as anybody may."""
        path = link.removeprefix("https://tasks.example.com")
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "https://mail.example",
        }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, html.unescape(answer.read().decode())


def links(text):
    return re.findall(r"https://tasks\.example\.com/r\?[A-Za-z0-9_-]+", text)


def check_mail(envelope, mail, title):
    """Looks at a mail of a task, and returns its plain text."""
    expect("recipient", envelope.rcpt_tos, ["zoe@example.com"])
    [to] = mail["to"].addresses
    expect("to", (to.display_name, to.addr_spec), ('Zoë "Z" <Ortiz>', "zoe@example.com"))
    expect("copies", (mail["bcc"], mail["cc"], mail.get_all("to").__len__()), (None, None, 1))
    expect("parts", [part.get_content_type() for part in mail.iter_parts()],
           ["text/plain", "text/html"])
    expect("one click", mail["list-unsubscribe-post"], "List-Unsubscribe=One-Click")
    expect("automatic", mail["auto-submitted"], "auto-generated")
    plain = mail.get_body(("plain",)).get_content()
    rich = mail.get_body(("html",)).get_content()
    words = title.replace("\r", " ").replace("\n", " ").split()
    for place, text in [("subject", mail["subject"]), ("plain", plain), ("html", html.unescape(rich))]:
        if words[0] not in text or words[3] not in text:
            raise SystemExit(f"{place}: no title in {text!r}")
    if "<script" in rich:
        raise SystemExit(f"html: a title became markup: {rich}")
    if "Bjørn Müller 🏡" not in plain or "tel:+15550100199" not in rich:
        raise SystemExit(f"plain: no contact in {plain}")
    expect("links of both parts", sorted(set(links(rich))), sorted(set(links(plain))))
    return plain


def check_reminders(binary, folder):
    office = Office(binary, folder)
    with office.server:
        expect("deliver test", (office.deliver("ben@example.com"), office.deliver("+15550123")),
               ("sent\n", "sent\n"))
        office.mails(1)
        user, form = Gateway.forms.pop()
        expect("text message", (user, form["To"], form["From"]),
               (f"AC17:{PASSWORD}", "+15550123", "+15550100"))
        task = office.make(
            description=EVIL, due_at="2030-01-07T09:00:00", assigned_user_id="2", contact_id="2",
            reminder_type="1", notify_assignee=True, category_id="1", notes="Mañana, 9 h.",
            recurrence_rule="FREQ=WEEKLY;COUNT=3",
        )
        [(envelope, notice)] = office.mails(1)
        check_mail(envelope, notice, EVIL)
        office.move("2030-01-07T17:00:30Z")
        [(envelope, mail)] = office.mails(1)
        plain = check_mail(envelope, mail, EVIL)
        if mail["message-id"] == notice["message-id"]:
            raise SystemExit("two mails have one Message-ID")
        print("ok: an assignment and a reminder, whose title and names are hostile")
        done, hour, _, _, refuse = links(plain)
        expect("head", office.follow("HEAD", done), (200, ""))
        status, page = office.follow("GET", done)
        if status != 200 or "Is it done?" not in page:
            raise SystemExit(f"GET of a link: {status} {page}")
        expect("tampered", office.follow("POST", done[:-1] + ("A" if done[-1] != "A" else "B"))[0], 404)
        expect("status", state(office, task), "incomplete")
        expect("an hour", office.follow("POST", hour)[0], 200)
        office.move("2030-01-07T18:01:00Z")
        [(envelope, again)] = office.mails(1)
        check_mail(envelope, again, EVIL)
        if again["message-id"] == mail["message-id"]:
            raise SystemExit("a reminder that was put off has the Message-ID of the one before")
        status, page = office.follow("POST", done)
        expect("status", (status, state(office, task)), (200, "complete"))
        status, page = office.follow("POST", done)
        if status != 200 or "It is done already" not in page:
            raise SystemExit(f"POST of a used link: {status} {page}")
        print("ok: links of a mail")
        [field] = re.findall("<(.*)>", mail["list-unsubscribe"])
        expect("unsubscribe link", field, refuse)
        status, page = office.follow("POST", field, "List-Unsubscribe=One-Click")
        if status != 200 or "You get no more mails" not in page:
            raise SystemExit(f"POST of List-Unsubscribe: {status} {page}")
        print("ok: one click ends the mails")
        Gateway.forms.clear()
        office.make(
            description="Llamar " * 40, due_at="2030-01-08T09:00:00", assigned_user_id="1",
            reminder_type="3",
        )
        office.move("2030-01-08T17:00:30Z")
        office.mails(0)
        [(_, form)] = Gateway.forms
        expect("text message", (form["To"], len(form["Body"]) <= 160, len(links(form["Body"]))),
               ("+15550100101", True, 1))
        status, page = office.follow("POST", links(form["Body"])[0], "do=complete")
        if status != 200 or "<h1>Hecha</h1>" not in page:
            raise SystemExit(f"POST of a text message's link: {status} {page}")
        print("ok: a text message and its link")
        office.server.stop()
    office.controller.stop()


def state(office, task):
    status, body = office.client.send("GET", f"{TASKS}/{task['id']}")
    expect("GET of a task", status, 200)
    return json.loads(body)["status"]


with tempfile.TemporaryDirectory(prefix="check-mail-") as place:
    check_test_mails(sys.argv[1], place)
    check_reminders(sys.argv[1], place)
