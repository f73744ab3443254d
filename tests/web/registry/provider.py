"""A small OpenID provider on loopback: authorization code, PKCE, RS256; it checks what the house sends."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "bening", "rahasia-penyedia"


def packed(data):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class OpenIdProvider:
    """Vouches for one person: `person` are the claims, `key` signs, `published` is what others check with."""

    def __init__(self):
        self.key = self.published = rsa.generate_private_key(65537, 2048)
        self.person = {"sub": "1", "email": "dewi@kab-x.test", "email_verified": True}
        self.info = {}  # what the second answer says differently
        self.asked = []
        self.codes = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, query):
        """Where the browser goes next; nobody has to click."""
        self.asked.append(query)
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form):
        """The tokens for a code, once, for whoever knows the verifier and the secret."""
        query = self.codes.pop(form["code"])
        assert form["redirect_uri"] == query["redirect_uri"]
        assert form["client_secret"] == SECRET
        assert packed(hashlib.sha256(form["code_verifier"].encode()).digest()) == query["code_challenge"]
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        head = {"alg": "RS256", "typ": "JWT", "kid": "one"}
        signed = f"{packed(json.dumps(head).encode())}.{packed(json.dumps(claims).encode())}"
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {"access_token": "x", "token_type": "Bearer", "id_token": f"{signed}.{packed(signature)}"}

    def page(self, path):
        """The documents anybody may read."""
        numbers = self.published.public_key().public_numbers()
        n, e = (
            packed(number.to_bytes(256 if number > 9**9 else 3, "big")) for number in (numbers.n, numbers.e)
        )
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [{"kty": "RSA", "alg": "RS256", "kid": "one", "n": n, "e": e}]},
            "/userinfo": self.person | self.info,
        }[path]

    def handler(provider):  # noqa: N805  the class below has a self of its own
        """HTTP around it."""

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self):
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(query))
                    self.end_headers()
                else:
                    self.answer(provider.page(parts.path))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

            def answer(self, document):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())

            def log_message(self, *words):
                """Say nothing."""

        return Handler
