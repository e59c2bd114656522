"""What telling publishers costs: notices through RabbitMQ with status events and without, alternating.

A durable queue is bound to the events, as a service has one.
"""

import alternating
import load

SETTINGS = {"with": {}, "without": {"queue": {"events": ""}}}
CPU_GROWS_AT_MOST = 0.20
RATE_KEPT_AT_LEAST = 0.80


def measure(folder, binary, count=20_000, connections=20, sentences=10, runs=5):
    sink = load.Sink()
    broker = load.broker_in(folder)

    def once(name, sections):
        run = load.Run(folder, load.Setting(name, binary, sections), "rabbitmq", sink, connections)
        try:
            return run.measure_peak(count, sentences)
        finally:
            run.close()

    try:
        report = alternating.compare(alternating.measure(SETTINGS, runs, once))
    finally:
        broker.stop()
        sink.stop()
    ratio = report["with_to_without"]
    return report | {
        "cpu_grows_at_most_20_percent": ratio["cpu_s_per_1000"] <= 1 + CPU_GROWS_AT_MOST,
        "rate_stays_above_80_percent": ratio["notices_per_s"] >= RATE_KEPT_AT_LEAST,
        "notices": count,
        "connections": connections,
        "runs": runs,
    }
