"""SCORM API, with Python alone: X-Allure-Signature is the HMAC-SHA256 of the body as text, in hex.

    python3 scorm-api.python.py <secret> [port]
"""

import hashlib
import hmac
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = sys.argv[1]
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 9000


def is_authentic(signature, body, secret):
    expected = hmac.new(
        secret.encode("utf-8"), body.encode("utf-8"), hashlib.sha256
    ).hexdigest()
    return hmac.compare_digest(signature, expected)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # With Flask: request.get_data(as_text=True)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        authentic = is_authentic(self.headers.get("X-Allure-Signature", ""), body, SECRET)
        self.send_response(200 if authentic else 401)
        self.end_headers()
        if authentic:
            print(json.dumps(json.loads(body)), flush=True)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", PORT), Receiver)
print(f"listening on {server.server_port}", flush=True)
server.serve_forever()
