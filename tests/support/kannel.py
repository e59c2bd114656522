"""Debian's Kannel with a carrier behind it: its own fake SMSC, or one that speaks SMPP (npm smpp)."""

import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from support.mail_server import free_port
from support.node_modules import installed
from support.waiting import wait_until

SMPP_FOLDER = pathlib.Path(__file__).resolve().parent / "smpp"
USERNAME, PASSWORD = "gw", "kannel-secret"

FAKE_CARRIER = """group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = {port}
connect-allow-ip = 127.0.0.1
"""

SMPP_CARRIER = """group = smsc
smsc = smpp
smsc-id = CARRIER
host = 127.0.0.1
port = {port}
transceiver-mode = true
smsc-username = u
smsc-password = p
system-type = ""
interface-version = 34
source-addr-autodetect = true
reconnect-delay = 1
"""

CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
store-type = spool
store-location = {folder}/spool
dlr-storage = spool
dlr-spool = {folder}/dlr

{carrier}
group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
http-request-retry = 1000
http-queue-delay = 1

group = sendsms-user
username = {username}
password = {password}
max-messages = 255
concatenation = true
user-allow-ip = "127.0.0.1"
"""


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Program:
    """A process whose output goes to a file."""

    def __init__(self, folder, name, *command):
        self.output = folder / f"{name}.out"
        with open(self.output, "ab") as out:
            self.process = subprocess.Popen(
                list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder
            )

    def stop(self):
        """SIGTERM; Kannel's boxes need a second for it, and longer is not waited."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def lines(self):
        return self.output.read_text(errors="replace").splitlines()


class Kannel:
    """`carrier` is "smpp" or "fake". Starts everything but the carrier when `carrier_up` is false."""

    def __init__(self, carrier="smpp", carrier_up=True):
        self.carrier = carrier
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-kannel-"))
        (self.folder / "spool").mkdir()
        (self.folder / "dlr").mkdir()
        self.programs = {}
        self.ports = {name: free_port() for name in ("admin", "box", "sendsms", "carrier")}
        self.url = f"kannel://127.0.0.1:{self.ports['sendsms']}"
        try:
            self.start()
            if carrier_up:
                self.start_carrier()
                self.wait_for_carrier()
        except BaseException:
            self.stop()
            raise

    def start(self):
        template = FAKE_CARRIER if self.carrier == "fake" else SMPP_CARRIER
        configuration = self.folder / "kannel.conf"
        configuration.write_text(
            CONFIGURATION.format(
                folder=self.folder,
                carrier=template.format(port=self.ports["carrier"]),
                username=USERNAME,
                password=PASSWORD,
                **{name: port for name, port in self.ports.items() if name != "carrier"},
            )
        )
        self.run("bearerbox", "/usr/sbin/bearerbox", configuration)
        wait_until(lambda: listens(self.ports["box"]), "bearerbox")
        self.run("smsbox", "/usr/sbin/smsbox", configuration)
        wait_until(lambda: listens(self.ports["sendsms"]), "smsbox")

    def start_carrier(self):
        port = self.ports["carrier"]
        if self.carrier == "fake":
            fake = "/usr/lib/kannel/test/fakesmsc"
            # It sends one message at the start; -i keeps it from sending more.
            self.run("carrier", fake, "-H", "127.0.0.1", "-r", port, "-i", 100000, "-m", 1, "1 2 text x")
        else:
            self.run("carrier", "node", installed(SMPP_FOLDER) / "smsc.js", port)
            wait_until(lambda: listens(port), "the SMPP carrier")

    def wait_for_carrier(self):
        def online():
            query = urllib.parse.urlencode({"password": "admin"})
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['admin']}/status.txt?{query}") as page:
                return "(online" in page.read().decode(errors="replace")

        wait_until(online, "Kannel's connection to its carrier")

    def run(self, name, *command):
        self.programs[name] = Program(self.folder, name, *command)

    def stop_program(self, name):
        self.programs.pop(name).stop()

    def stop(self):
        for name in ("smsbox", "bearerbox", "carrier"):
            if name in self.programs:
                self.stop_program(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def submitted(self):
        """What the SMPP carrier was given, each part an object."""
        return [json.loads(line) for line in self.programs["carrier"].lines() if line.startswith("{")]

    def text_for(self, phone):
        """The text that a phone would show, its parts put together."""
        parts = [each for each in self.submitted() if each["to"] == phone.lstrip("+")]
        return "".join(each["text"] for each in sorted(parts, key=lambda each: each["part"]))


def ask(url):
    """GET; the status of the answer."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
