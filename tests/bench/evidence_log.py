"""What the evidence log costs: notices from the embedded queue with it and without, alternating.

After each run with it, every notice's events are in the log and `log verify` finds nothing.
"""

import statistics

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
    results = {name: [] for name in SETTINGS}
    sink = load.Sink()
    try:
        for _ in range(runs):
            for name, sections in SETTINGS.items():
                run = LoggedRun(folder, load.Setting(name, binary, sections), "embedded", sink, connections)
                try:
                    results[name].append(run.measure(count, sentences))
                finally:
                    run.close()
    finally:
        sink.stop()
    return judged(results) | {"notices": count, "connections": connections, "runs": runs, "all": results}


def judged(results):
    """The medians of each figure, and whether the rate keeps what is promised."""
    medians = {
        name: {
            figure: statistics.median(result[figure] for result in several)
            for figure in ("notices_per_s", "cpu_s_per_1000")
        }
        for name, several in results.items()
    }
    kept = round(medians["with"]["notices_per_s"] / medians["without"]["notices_per_s"], 3)
    return {
        "medians": medians,
        "rate_with_to_without": kept,
        "rate_stays_above_90_percent": kept >= RATE_KEPT_AT_LEAST,
    }
