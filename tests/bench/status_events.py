"""What telling publishers costs: notices through RabbitMQ with status events and without, alternating.

A durable queue is bound to the events, as a service has one.
"""

import statistics

import load

SETTINGS = {"with": {}, "without": {"queue": {"events": ""}}}
CPU_GROWS_AT_MOST = 0.20
RATE_KEPT_AT_LEAST = 0.80


def measure(folder, binary, count=20_000, connections=20, sentences=10, runs=5):
    results = {name: [] for name in SETTINGS}
    sink = load.Sink()
    broker = load.broker_in(folder)
    try:
        for _ in range(runs):
            for name, sections in SETTINGS.items():
                run = load.Run(folder, load.Setting(name, binary, sections), "rabbitmq", sink, connections)
                try:
                    results[name].append(run.measure_peak(count, sentences))
                finally:
                    run.close()
    finally:
        broker.stop()
        sink.stop()
    return judged(results) | {"notices": count, "connections": connections, "runs": runs, "all": results}


def judged(results):
    """The medians of each figure, and whether they keep what is promised."""
    medians = {
        name: {
            figure: statistics.median(result[figure] for result in several)
            for figure in ("notices_per_s", "cpu_s_per_1000")
        }
        for name, several in results.items()
    }
    ratio = {
        figure: round(medians["with"][figure] / medians["without"][figure], 3)
        for figure in ("notices_per_s", "cpu_s_per_1000")
    }
    return {
        "medians": medians,
        "with_to_without": ratio,
        "cpu_grows_at_most_20_percent": ratio["cpu_s_per_1000"] <= 1 + CPU_GROWS_AT_MOST,
        "rate_stays_above_80_percent": ratio["notices_per_s"] >= RATE_KEPT_AT_LEAST,
    }
