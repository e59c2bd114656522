"""What the evidence log costs: notices from the embedded queue with it and without, alternating.

After each run with it, every notice's events are in the log and `log verify` finds nothing.
"""

import alternating
import load

ORIGIN = "bench.duenotice.example/log"
SETTINGS = {"with": {"evidence": {"origin": ORIGIN}}, "without": {}}
RATE_KEPT_AT_LEAST = 0.90


class LoggedRun(load.Run):
    """A run whose gateway has the key of its log, where it keeps one."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.logged = "evidence" in self.setting.sections
        if self.logged:
            self.expect_success("log", "init")

    def expect_success(self, *words):
        done = self.gateway.run(*words, seconds=600)
        if done.returncode != 0:
            said = done.stdout + done.stderr
            raise AssertionError(f"{' '.join(words)} ended with {done.returncode}: {said}")

    def measure(self, count, sentences):
        result = self.measure_peak(count, sentences)
        if self.logged:
            status = self.gateway.run("log", "checkpoint").stdout.splitlines()
            result["log_size"] = int(status[1])
            if result["log_size"] < 4 * count:
                raise AssertionError(f"the log has {result['log_size']} events of {count} notices")
            self.expect_success("log", "verify")
        return result


def measure(folder, binary, count=20_000, connections=20, sentences=10, runs=5):
    sink = load.Sink()

    def once(name, sections):
        run = LoggedRun(folder, load.Setting(name, binary, sections), "embedded", sink, connections)
        try:
            return run.measure(count, sentences)
        finally:
            run.close()

    try:
        report = alternating.compare(alternating.measure(SETTINGS, runs, once))
    finally:
        sink.stop()
    return report | {
        "rate_stays_above_90_percent": report["with_to_without"]["notices_per_s"] >= RATE_KEPT_AT_LEAST,
        "notices": count,
        "connections": connections,
        "runs": runs,
    }
