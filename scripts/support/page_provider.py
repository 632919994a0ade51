"""A small provider of OpenID Connect, which lets everybody in as whom it is told."""

import base64
import hashlib
import http.server
import json
import os
import re
import subprocess
import threading
import time
import urllib.parse

CLIENT, SECRET = "perennial", "open: sesame"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Conversation(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        if address.path == "/.well-known/openid-configuration":
            url = self.server.url
            self.answer(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "jwks_uri": f"{url}/keys",
                }
            )
        elif address.path == "/keys":
            self.answer({"keys": [self.server.public_key]})
        elif address.path == "/authorize":
            code = encoded(os.urandom(16))
            self.server.codes[code] = query
            back = urllib.parse.urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer({}, 404)

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(urllib.parse.parse_qsl(form))
        begun = self.server.codes.pop(fields.get("code"), None)
        pair = f"{CLIENT}:{urllib.parse.quote(SECRET, safe='')}"
        basic = "Basic " + base64.b64encode(pair.encode()).decode()
        digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        if (
            begun is None
            or self.headers["Authorization"] != basic
            or begun["code_challenge"] != encoded(digest)
            or fields["redirect_uri"] != begun["redirect_uri"]
        ):
            return self.answer({"error": "invalid_grant"}, 400)
        return self.answer({"id_token": self.server.token(begun["nonce"])})

    def answer(self, body, status=200):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Provider(http.server.ThreadingHTTPServer):
    """Listens on an unused loopback port while it is entered."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.codes = {}
        self.address = "ana@acme.example"
        self.key = os.path.join(folder, "provider.pem")
        self.secret_file = os.path.join(folder, "secret")
        with open(self.secret_file, "w") as file:
            file.write(SECRET + "\n")
        self.openssl("genrsa", "-out", self.key, "2048")
        modulus = self.openssl("rsa", "-in", self.key, "-noout", "-modulus").decode()
        number = bytes.fromhex(re.search("=([0-9A-F]+)", modulus).group(1))
        self.public_key = {"kty": "RSA", "kid": "one", "use": "sig", "n": encoded(number)}
        self.public_key["e"] = encoded(b"\x01\x00\x01")

    @staticmethod
    def openssl(*arguments, data=None):
        done = subprocess.run(
            ["openssl", *arguments], input=data, check=True, capture_output=True
        )
        return done.stdout

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def options(self):
        """What the server is told of it."""
        return (
            *("--oidc-issuer", self.url, "--oidc-client-id", CLIENT),
            *("--oidc-secret-file", self.secret_file),
        )

    def token(self, nonce):
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300}
        claims |= {"nonce": nonce, "email": self.address, "email_verified": True}
        parts = ({"alg": "RS256", "kid": "one"}, claims)
        text = ".".join(encoded(json.dumps(part).encode()) for part in parts)
        signature = self.openssl("dgst", "-sha256", "-sign", self.key, data=text.encode())
        return f"{text}.{encoded(signature)}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
