"""What an evidence log of 1,000,000 events costs: against a bare loop, and against a log of 10,000.

The bare loop reads the same rows and hashes each; it is run before and after, cold as everything here.
"""

import contextlib
import pathlib
import sqlite3
import statistics
import subprocess
import threading
import time

import machine
from support.gateway import ENVIRONMENT, Gateway
from support.waiting import wait_until

ORIGIN = "bench.duenotice.example/log"
TIMES = 5


class Peak:
    """The peak memory of a process that is soon gone, in MB."""

    def __init__(self, pid):
        self.mb = 0.0
        self._pid = pid
        self._watching = threading.Thread(target=self._watch)
        self._ended = threading.Event()
        self._watching.start()

    def _watch(self):
        while not self._ended.wait(0.02):
            with contextlib.suppress(OSError):
                self.mb = machine.peak_rss_mb(self._pid) or self.mb

    def end(self):
        self._ended.set()
        self._watching.join()
        return self.mb


def run(command, journal):
    """(seconds, peak memory in MB, text) of a command that finds nothing in memory."""
    machine.drop_caches(journal)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENVIRONMENT)
    peak = Peak(process.pid)
    said = process.communicate()[0].decode()
    took = time.perf_counter() - start
    peak_mb = peak.end()
    if process.returncode != 0:
        raise AssertionError(f"{command} ended with {process.returncode}: {said}")
    return took, peak_mb, said


def events_of(gateway):
    with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
        return db.execute("SELECT max(sequence) FROM events").fetchone()[0]


def published(gateway, size):
    checkpoint = pathlib.Path(gateway.sections["evidence"]["folder"]) / "checkpoint"
    lines = checkpoint.read_text().splitlines() if checkpoint.exists() else []
    return len(lines) > 1 and int(lines[1]) >= size


def publish(gateway):
    """(seconds, peak memory in MB) from the start of a gateway until the last checkpoint."""
    size = events_of(gateway)
    machine.drop_caches(gateway.journal)
    start = time.perf_counter()
    gateway.start()
    wait_until(lambda: published(gateway, size), "the log to be published", 1_200)
    took = time.perf_counter() - start
    peak = machine.peak_rss_mb(gateway.process.pid)
    gateway.stop()
    return took, peak


def median_seconds(gateway, *arguments):
    return statistics.median(run(gateway.command(*arguments), gateway.journal)[0] for _ in range(TIMES))


def of_one(folder, binary, bare_leaves, seed, notices):
    gateway = Gateway(folder=folder, binary=binary)
    try:
        gateway.configure(evidence={"origin": ORIGIN, "folder": str(gateway.folder / "log")})
        run(gateway.command("log", "init"), folder)
        seed(gateway, notices)
        bare = [bare_leaves, gateway.journal]
        first, _, count = run(bare, gateway.journal)
        publishing, publishing_mb = publish(gateway)
        verifying, verifying_mb, _ = run(gateway.command("log", "verify"), gateway.journal)
        second, _, _ = run(bare, gateway.journal)
        return {
            "events": int(count),
            "bare_s": round((first + second) / 2, 3),
            "publish_s": round(publishing, 3),
            "publish_peak_mb": publishing_mb,
            "verify_s": round(verifying, 3),
            "verify_peak_mb": verifying_mb,
            "publish_ratio": round((first + second) / 2 / publishing, 2),
            "verify_ratio": round((first + second) / 2 / verifying, 2),
            "proof_ms": round(median_seconds(gateway, "log", "proof", original(gateway)) * 1000, 1),
            "bundle_ms": round(
                median_seconds(
                    gateway, "bundle", original(gateway), "-o", gateway.folder / "b.zip", "--force"
                )
                * 1000,
                1,
            ),
        }
    finally:
        gateway.close()


def original(gateway):
    """A notice that the gateway made itself, and that has all of its bytes."""
    with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
        return db.execute("SELECT id FROM notices WHERE number = 1").fetchone()[0]


def measure(folder, binary, bare_leaves, seed, few=2_500, many=250_000):
    """Figures of both logs, and how much more the large one costs."""
    small, large = (of_one(folder, binary, bare_leaves, seed, count) for count in (few, many))
    return {
        "small": small,
        "large": large,
        "proof_large_to_small": round(large["proof_ms"] / small["proof_ms"], 2),
        "bundle_large_to_small": round(large["bundle_ms"] / small["bundle_ms"], 2),
    }
