"""A replay's dry run against the sqlite3 shell's bare count of the same deliveries, in the same journal."""

import contextlib
import sqlite3
import statistics
import subprocess
import time

import machine
from support.gateway import ENVIRONMENT

FAILED = 4
EMAIL = 0
RUNS = 5


def make_failed(gateway, one_in):
    """As if each so-manyth delivery by email had been refused."""
    with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
        db.execute("PRAGMA synchronous = OFF")
        changed = db.execute(
            "UPDATE deliveries SET state = ?, reason = 'refused', last_code = '550' "
            "WHERE channel = ? AND notice % ? = 0",
            (FAILED, EMAIL, one_in),
        ).rowcount
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return changed


def seconds(command, journal):
    """The median of a command's time when nothing of the journal is in memory, and its last output."""
    took = []
    for _ in range(RUNS):
        machine.drop_caches(journal)
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took), done.stdout


def measure(gateway, one_in=10):
    failed = make_failed(gateway, one_in)
    filters = {
        "channel and code": (
            ["--channel", "email", "--code", "550"],
            f"d.channel = {EMAIL} AND d.last_code = '550'",
        ),
        "channel and kind": (
            ["--channel", "email", "--kind", "terms_change"],
            f"d.channel = {EMAIL} AND n.kind = 'terms_change'",
        ),
    }
    report = {"failed_deliveries": failed}
    for name, (words, condition) in filters.items():
        command = gateway.command("replay", "--state", "failed", *words, "--dry-run", "--json")
        count = (
            "SELECT count(*) FROM deliveries AS d JOIN notices AS n ON n.number = d.notice "
            f"WHERE d.state = {FAILED} AND {condition}"
        )
        ours, _ = seconds(command, gateway.journal)
        bare, _ = seconds(["sqlite3", "-readonly", gateway.journal, count], gateway.journal)
        report[name] = {
            "dry_run_ms": round(ours * 1000, 1),
            "bare_count_ms": round(bare * 1000, 1),
            "ratio": round(ours / bare, 2),
        }
    return report
