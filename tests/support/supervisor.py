"""A supervisor such as systemd, as far as the gateway sees it: the socket that it is told things on."""

import os
import pathlib
import shlex
import socket
import subprocess

from support.gateway import ENVIRONMENT
from support.waiting import wait_until


def service(unit):
    """The [Service] section of a unit file: {key: [values]}."""
    keys, section = {}, None
    for line in pathlib.Path(unit).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "Service" and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            keys.setdefault(key, []).append(value)
    return keys


class Supervisor:
    """Runs the start line of a unit and keeps what it is told."""

    def __init__(self, folder, unit, watchdog_seconds=None):
        self.path = str(pathlib.Path(folder) / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setblocking(False)
        self.messages = []
        self.process = None
        self.service = service(unit)
        self.watchdog_seconds = watchdog_seconds

    def start(self, log, **environment):
        """As the unit says, with `environment` on top; the program's words go to the file `log`."""
        given = dict(line.partition("=")[::2] for line in self.service.get("Environment", []))
        told = {"NOTIFY_SOCKET": self.path}
        if self.watchdog_seconds:
            told["WATCHDOG_USEC"] = str(int(self.watchdog_seconds * 1_000_000))
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                shlex.split(self.service["ExecStart"][0]),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**ENVIRONMENT, **given, **told, **environment},
            )
        return self.process

    def reload(self):
        """Runs the reload line of the unit."""
        line = self.service["ExecReload"][0].replace("$MAINPID", str(self.process.pid))
        subprocess.run(shlex.split(line), check=True, timeout=30)

    def read(self):
        """Takes in what has come; returns all messages so far, each as {name: value}."""
        while True:
            try:
                text = self.socket.recv(65536).decode()
            except BlockingIOError:
                return self.messages
            self.messages.append(dict(line.partition("=")[::2] for line in text.splitlines()))

    def wait_for(self, name, after=0, seconds=30):
        """The index of the first message from `after` on that says `name`."""

        def found():
            if self.process.poll() is not None and name != "STOPPING":
                raise AssertionError(f"it ended with {self.process.returncode}; told: {self.read()}")
            hits = [i for i, message in enumerate(self.read()) if i >= after and name in message]
            return hits[0] + 1 if hits else None

        return wait_until(found, lambda: f"{name}; told so far: {self.messages}", seconds) - 1

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.socket.close()
        os.unlink(self.path)
