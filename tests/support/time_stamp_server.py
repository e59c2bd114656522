"""A time-stamping authority made of the openssl command alone: `time_stamp_server.py FOLDER PORT`.

It makes its certificates below FOLDER (root.pem, other_root.pem), listens on 127.0.0.1 (a free port for 0),
says the port on a line, and ends when its standard input does. The path of the URL says how it behaves.
"""

import http.server
import itertools
import pathlib
import subprocess
import sys
import threading

POLICY, OTHER_POLICY = "1.3.6.1.4.1.99999.1.1", "1.3.6.1.4.1.99999.1.2"
CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
TSA = "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping"
SIGNERS = {
    # name: (who issues it, extensions, when its certificate ends)
    "good": ("middle", TSA, "21000101000000Z"),
    "second": ("root", TSA, "21000101000000Z"),
    "expired": ("middle", TSA, "20200102000000Z"),
    "untrusted": ("other_root", TSA, "21000101000000Z"),
    "many_purposes": ("middle", TSA + ",1.3.6.1.4.1.99999.7", "21000101000000Z"),
}
SECTION = """
[{name}{suffix}]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/{name}.pem
certs = {folder}/{issuer}.pem
signer_key = {folder}/{name}.key
signer_digest = sha256
default_policy = {policy}
other_policies = {other}
digests = {digests}
accuracy = secs:1
clock_precision_digits = 3
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
CA_SECTION = """
[authority]
database = {folder}/index
serial = {folder}/ca_serial
new_certs_dir = {folder}
policy = any
default_md = sha256
unique_subject = no
email_in_dn = no
[any]
commonName = supplied
"""


class Authority:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        if not (self.folder / "ready").exists():
            self.make()

    def openssl(self, *arguments):
        subprocess.run(
            ["openssl", *arguments],
            cwd=self.folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def make(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "index").write_text("")
        (self.folder / "serial").write_text("01\n")
        (self.folder / "ca_serial").write_text("1000\n")
        sections = CA_SECTION.format(folder=self.folder)
        for name in ("root", "other_root"):
            self.key_and_request(name)
            self.issue(name, None, CA, "21000101000000Z")
        self.key_and_request("middle")
        self.issue("middle", "root", CA, "21000101000000Z")
        for name, (issuer, extensions, end) in SIGNERS.items():
            self.key_and_request(name)
            self.issue(name, issuer, extensions, end)
            common = {"name": name, "folder": self.folder, "issuer": issuer}
            sections += SECTION.format(
                **common, suffix="", policy=POLICY, other=OTHER_POLICY, digests="sha256"
            )
            sections += SECTION.format(
                **common, suffix="_strict", policy=POLICY, other=POLICY, digests="sha512"
            )
        (self.folder / "tsa.cnf").write_text(sections)
        (self.folder / "ready").touch()

    def key_and_request(self, name):
        config = self.folder / "request.cnf"
        config.write_text("[req]\ndistinguished_name=n\n[n]\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-config", config.name, "-keyout", f"{name}.key", "-out", f"{name}.csr",
                     "-subj", f"/CN={name}.tsa.test")  # fmt: skip

    def issue(self, name, issuer, extensions, end):
        (self.folder / "ca.cnf").write_text(
            CA_SECTION.format(folder=self.folder) + "[extensions]\n" + extensions + "\n"
        )
        signed_by = (
            ["-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"]
            if issuer
            else ["-selfsign", "-keyfile", f"{name}.key"]
        )
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-name", "authority", *signed_by,
                     "-extensions", "extensions", "-startdate", "20200101000000Z", "-enddate", end,
                     "-in", f"{name}.csr", "-out", f"{name}.pem")  # fmt: skip

    def stamp(self, query, section="good"):
        with self.lock:
            number = next(self.numbers)
            asked, answer = self.folder / f"{number}.tsq", self.folder / f"{number}.tsr"
            asked.write_bytes(query)
            self.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", section,
                         "-queryfile", asked.name, "-out", answer.name)  # fmt: skip
            return answer.read_bytes()

    def another_query(self, query, *arguments, digest=None):
        """A request like this one with a nonce of its own, and what else is asked for."""
        imprint = digest or query[query.index(b"\x04\x20") + 2 :][:32].hex()
        self.openssl("ts", "-query", "-digest", imprint, "-sha256", "-out", "other.tsq", *arguments)
        return (self.folder / "other.tsq").read_bytes()

    def answer(self, way, query):
        """Status, type and body."""
        if way in SIGNERS or way.removesuffix("_strict") in SIGNERS:
            reply = self.stamp(query, way)
        elif way == "other_nonce":
            reply = self.stamp(self.another_query(query, "-cert"))
        elif way == "other_policy":
            reply = self.stamp(self.another_query(query, "-cert", "-tspolicy", OTHER_POLICY))
        elif way == "other_data":
            reply = self.stamp(self.another_query(query, "-cert", digest="00" * 32))
        elif way == "no_certificate":
            reply = self.stamp(self.another_query(query))
        elif way == "trailing":
            reply = self.stamp(query) + b"\0"
        elif way == "cut":
            reply = self.stamp(query)[:-1]
        elif way == "garbage":
            reply = b"\x30\x82\x01\x00 this is no time stamp"
        elif way == "long":
            reply = bytes(1_000_000)
        elif way == "page":
            return 200, "text/html", b"<p>Welcome</p>"
        else:
            return 503 if way == "busy" else 404, "text/plain", b""
        return 200, "application/timestamp-reply", reply


def handler_of(authority):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Type"] != "application/timestamp-query":
                status, kind, body = 415, "text/plain", b""
            else:
                status, kind, body = authority.answer(self.path.strip("/"), query)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def main():
    authority = Authority(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), handler_of(authority))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
