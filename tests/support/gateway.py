"""Starts, asks and stops the gateway under test, in a folder of its own.

The binary is named by the environment variable DUENOTICE, which CTest sets.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from support.waiting import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("DUENOTICE", str(ROOT / ".build/dev/gateway/app/duenotice"))
# What the tests are told by DUENOTICE_… would be configuration to the program.
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("DUENOTICE_")}


def toml(sections):
    """A TOML text from {"section": {"key": value}}."""
    lines = []
    for section, keys in sections.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items() if value is not None]
    return "\n".join(lines) + "\n"


class Gateway:
    """One gateway with its journal, queue and configuration below `folder`."""

    def __init__(self, folder=None, binary=BINARY, **sections):
        """Makes a folder below `folder` (or the temporary one) that `close` removes."""
        self.binary = binary
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-test-", dir=folder))
        self.config_file = self.folder / "duenotice.toml"
        self.log_file = self.folder / "serve.log"
        self.process = None
        self.sections = {
            "journal": {"url": f"sqlite:{self.folder}/journal.db"},
            "queue": {"url": f"embedded:{self.folder}/queue.db"},
            "agreements": {"path": str(ROOT / "templates/agreements")},
            "channels.email": {"url": f"sandbox:{self.folder}/mail", "from": "notices@duenotice.example"},
            "channels.in_site": {"enabled": True},
            "retry": {"schedule": ["1s"]},
            "metrics": {"listen": "off"},
        }
        self.configure(**sections)

    def configure(self, **sections):
        """Overrides keys; `channels_email={...}` means the section [channels.email]. None removes a key."""
        for name, keys in sections.items():
            name = "channels." + name[9:] if name.startswith("channels_") else name
            self.sections.setdefault(name, {}).update(keys)
        self.config_file.write_text(toml(self.sections))

    # ---- the process -------------------------------------------------------

    @property
    def journal(self):
        return self.sections["journal"]["url"].removeprefix("sqlite:")

    @property
    def socket_path(self):
        return self.journal + ".sock"

    def command(self, *arguments):
        return [self.binary, "--config", str(self.config_file), *map(str, arguments)]

    def spawn(self):
        """Starts `serve` without waiting until it is ready."""
        with open(self.log_file, "ab") as log:
            return subprocess.Popen(
                self.command("serve"), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ENVIRONMENT
            )

    def is_ready(self):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(self.socket_path)
            except OSError:
                return False
        return True

    def start(self, seconds=30):
        self.process = self.spawn()

        def ready():
            if self.process.poll() is not None:
                raise AssertionError(f"serve ended with {self.process.returncode}:\n{self.log()}")
            return self.is_ready()

        wait_until(ready, "serve never opened its control socket", seconds)
        return self

    def stop(self, seconds=60):
        """SIGTERM; returns the exit code."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        return process.wait(seconds)

    def kill(self):
        process, self.process = self.process, None
        process.kill()
        process.wait()

    def close(self):
        """Stops it, however it is, and removes the folder."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    # ---- asking ------------------------------------------------------------

    def run(self, *arguments, body=None, seconds=60):
        """Runs a command; returns the finished process with text output."""
        return subprocess.run(
            self.command(*arguments),
            input=body,
            capture_output=True,
            text=True,
            timeout=seconds,
            env=ENVIRONMENT,
        )

    def bytes_of(self, *arguments):
        done = subprocess.run(
            self.command(*arguments), capture_output=True, check=True, timeout=60, env=ENVIRONMENT
        )
        return done.stdout

    def json(self, *arguments):
        done = self.run(*arguments, "--json")
        if done.returncode != 0:
            raise AssertionError(
                f"{' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}"
            )
        return json.loads(done.stdout)

    def events(self, *arguments):
        """The status events that the journal has."""
        return [json.loads(line) for line in self.bytes_of("events", *arguments).splitlines()]

    def submit(self, *requests):
        body = "".join(json.dumps(request, ensure_ascii=False) + "\n" for request in requests)
        done = self.run("submit", "-", body=body)
        if done.returncode != 0:
            raise AssertionError(f"submit ended with {done.returncode}: {done.stderr}")
        return done

    def show(self, request):
        """The notice of a request, or None while there is none."""
        done = self.run("show", request["source"], request["id"], "--json")
        return json.loads(done.stdout) if done.returncode == 0 else None

    def wait_for(self, request, state="deemed_delivered", seconds=30):
        last = {}

        def arrived():
            last["notice"] = self.show(request)
            return last["notice"] if last["notice"] and last["notice"]["state"] == state else None

        return wait_until(
            arrived, lambda: f"{request['id']} to be {state}; last seen {last['notice']}", seconds
        )

    def wait_for_count(self, count, *filters, seconds=60):
        seen = []

        def arrived():
            seen[:] = self.json("list", "--limit", 10000, *filters)
            return seen if len(seen) == count else None

        return wait_until(
            arrived, lambda: f"{count} notices with {filters}; last seen {len(seen)}", seconds
        )

    def wait_for_rejections(self, count, seconds=30):
        seen = []

        def arrived():
            seen[:] = self.json("rejected")
            return seen if len(seen) >= count else None

        return wait_until(arrived, lambda: f"{count} rejections; last seen {seen}", seconds)
