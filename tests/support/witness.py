"""A witness that runs beside the test, as an auditor would run it."""

import json
import pathlib
import shutil
import subprocess
import tempfile

from support.gateway import BINARY, ENVIRONMENT
from support.waiting import wait_until


class Witness:
    """Started and stopped by a test; it knows the logs with these public keys."""

    def __init__(self, *logs, name="witness.example.org"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-witness-"))
        self.logs = logs
        self.port = 0
        self.process = None
        self.log_file = self.folder / "witness.log"
        made = self.run("init", "--name", name, "--key", self.key)
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        self.vkey = made.stdout.strip()
        self.start()

    @property
    def key(self):
        return self.folder / "witness.key"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words):
        return subprocess.run(
            [BINARY, "witness", *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            env=ENVIRONMENT,
        )

    def said(self):
        """The lines of its log."""
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]

    def start(self):
        """On the port that it had before."""
        starts = len([line for line in self.said() if line["event"] == "witnessing"]) if self.port else 0
        words = [BINARY, "witness", "serve", "--listen", f"127.0.0.1:{self.port}", "--key", self.key]
        words += ["--state", self.folder / "state"]
        for log in self.logs:
            words += ["--log", log]
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ENVIRONMENT
            )

        def listening():
            if self.process.poll() is not None:
                raise AssertionError(f"the witness ended: {self.log_file.read_text()}")
            lines = [line for line in self.said() if line["event"] == "witnessing"]
            return lines[-1] if len(lines) > starts else None

        line = wait_until(listening, "the witness to listen")
        self.port = int(line["listen"].rsplit(":", 1)[1])
        return self

    def stop(self):
        """SIGTERM; returns the exit code."""
        process, self.process = self.process, None
        process.terminate()
        return process.wait(30)

    def kill(self):
        process, self.process = self.process, None
        process.kill()
        process.wait()

    def close(self):
        if self.process is not None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
