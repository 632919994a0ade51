"""Sends mails to a real mail server, and looks at what it got."""

import email
import email.policy
import os
import ssl
import subprocess
import sys
import tempfile

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "ana@example.com", "open sesame"


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


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()))


def run(binary, folder):
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
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        found = (
            envelope.mail_from, envelope.rcpt_tos, mail["from"], mail["to"], was_secret,
            mail.get_content_type(), [part.get_content_type() for part in mail.iter_parts()],
            list(mail.defects), bool(mail["date"].datetime), mail["message-id"].count("@"),
        )
        wanted = (
            "tasks@example.com", ["ben@example.com"], "Zoë's office <tasks@example.com>",
            "ben@example.com", tls == "starttls", "multipart/alternative",
            ["text/plain", "text/html"], [], True, 1,
        )
        if found != wanted:
            raise SystemExit(f"{tls}: {found} instead of {wanted}")
        print(f"ok: a mail with tls={tls}")


with tempfile.TemporaryDirectory(prefix="check-mail-") as place:
    run(sys.argv[1], place)
