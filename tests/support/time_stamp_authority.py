"""The time-stamping authority of time_stamp_server.py, started and stopped by a test."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

SERVER = pathlib.Path(__file__).with_name("time_stamp_server.py")


class TimeStampAuthority:
    """Answers at `url(WAY)`; its root certificates are `root` and `other_root`."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-tsa-"))
        self.port = 0
        self.process = None
        self.start()

    @property
    def root(self):
        return self.folder / "root.pem"

    @property
    def other_root(self):
        return self.folder / "other_root.pem"

    def url(self, way="good"):
        return f"http://127.0.0.1:{self.port}/{way}"

    def start(self):
        """On the port that it had before."""
        self.process = subprocess.Popen(
            [sys.executable, "-B", SERVER, self.folder, str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())
        return self

    def stop(self):
        process, self.process = self.process, None
        if process is not None:
            process.stdin.close()
            process.stdout.close()
            process.wait(30)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
