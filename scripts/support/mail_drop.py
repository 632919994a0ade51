"""A mail server that keeps what it gets, for scripts that wait for mail."""

import email
import email.policy
import queue
import socketserver
import threading


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a sender needs (RFC 5321)."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.mails.put(self.mail())
            self.say("221 bye" if verb == b"QUIT" else "250 fine")
            if verb == b"QUIT":
                return

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def mail(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)


class MailDrop(socketserver.ThreadingTCPServer):
    """Listens on an unused loopback port while it is entered."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails = queue.Queue()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=none"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def next(self, seconds=10):
        """The next mail."""
        return self.mails.get(timeout=seconds)
