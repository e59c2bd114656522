"""An export against the sqlite3 shell's own CSV of the same columns from the same journal."""

import statistics
import subprocess
import time

import machine
from support.gateway import ENVIRONMENT, Gateway

RUNS = 5


def run(command, journal):
    """(seconds, peak memory in MB, lines) of a command whose output is counted and thrown away."""
    machine.drop_caches(journal)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    lines, peak = 0, 0
    while piece := process.stdout.read(1 << 20):
        lines += piece.count(b"\n")
        peak = machine.peak_rss_mb(process.pid) or peak
    if process.wait() != 0:
        raise AssertionError(f"{command} ended with {process.returncode}")
    return time.perf_counter() - start, peak, lines


def compare(gateway, rows, statement):
    """Both alternating, so that a slow minute hits both alike."""
    ours, shells, peaks = [], [], []
    for _ in range(RUNS):
        took, peak, lines = run(gateway.command("export", "--rows", rows, "-o", "-"), gateway.journal)
        ours.append(took)
        peaks.append(peak)
        took, _, shell_lines = run(
            ["sqlite3", "-readonly", "-csv", "-header", gateway.journal, statement], gateway.journal
        )
        shells.append(took)
    # A line end inside a cell is in both; the shell's bytes of digests may hold more of them.
    count = lines - 1
    ours, shell = statistics.median(ours), statistics.median(shells)
    return {
        "rows": count,
        "export_rows_per_s": round(count / ours),
        "sqlite3_rows_per_s": round(count / shell),
        "ratio": round(shell / ours, 2),
        "export_peak_mb": max(peaks),
    }


def measure(folder, binary, statements, seed, few=10_000, many=1_000_000):
    """{count: {rows: figures}}: the smaller journal is for the memory alone."""
    report = {}
    for count in (few, many):
        gateway = Gateway(folder=folder, binary=binary)
        try:
            seed(gateway, count)
            report[count] = {
                rows: compare(
                    gateway,
                    rows,
                    subprocess.run([statements, rows], capture_output=True, text=True, check=True).stdout,
                )
                for rows in ("notices", "events")
            }
        finally:
            gateway.close()
    return report
