"""An outside provider of SMS that does as a test says; channels/sms/example-provider.toml describes it."""

import collections
import http.server
import json
import pathlib
import ssl
import subprocess
import threading

from support.gateway import ROOT

EXAMPLE = ROOT / "channels/sms/example-provider.toml"
EXAMPLE_URL = "https://sms.acme.example/v2/messages"
SECRET = "the provider's token"


def accepted(number=1):
    return answer(200, {"code": "OK", "messages": [{"id": f"m-{number}"}]})


def answer(status, body, **headers):
    """A whole answer; a body that is not text becomes JSON, `Retry_After=1` becomes a header."""
    text = body if isinstance(body, str) else json.dumps(body)
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(text.encode())}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


SILENCE = b""  # it has taken the message, and says nothing until the test ends


def self_signed(folder):
    """(certificate, key) of this machine, which nobody trusts who was not told to."""
    certificate, key = pathlib.Path(folder) / "certificate.pem", pathlib.Path(folder) / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
    return certificate, key


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that goes away, or does not trust us, is what some tests are about."""


class SmsProvider:
    """Answers each number with what stands for it in `answers`, the first one first; else it accepts."""

    def __init__(self, folder, identity=None):
        self.folder = pathlib.Path(folder)
        self.answers = collections.defaultdict(list)
        self.taken = []  # (headers, message) of every request
        self.over = threading.Event()
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                provider.answer(self)

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if identity:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*identity)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        scheme = "https" if identity else "http"
        self.url = f"{scheme}://127.0.0.1:{self.server.server_port}/v2/messages"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def answer(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        message = json.loads(body)
        self.taken.append((dict(handler.headers), message))
        scripted = self.answers[message["to"][0]]
        said = scripted.pop(0) if scripted else accepted(len(self.taken))
        if said == SILENCE:
            self.over.wait()
            handler.close_connection = True
            return
        handler.wfile.write(said)
        handler.close_connection = not said.startswith(b"HTTP/1.1")

    def section(self, **changes):
        """The gateway's [channels.sms] section, with the files that it names."""
        description, secret = self.folder / "provider.toml", self.folder / "provider-password"
        description.write_text(EXAMPLE.read_text().replace(EXAMPLE_URL, self.url))
        secret.write_text(SECRET + "\n")
        return {
            "url": f"provider:{description}",
            "password_file": str(secret),
            "sender": "10690000",
            "connections": 2,
            "reply_timeout": "10s",
            **changes,
        }

    def of(self, phone):
        """What came for this number."""
        return [message for _, message in list(self.taken) if message["to"] == [phone]]

    def stop(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
