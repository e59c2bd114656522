"""SMS into the sandbox against email into the sandbox: the same kind of notice, alternating."""

import contextlib
import sqlite3
import statistics

import machine
from support.gateway import Gateway
from support.requests import USER_AGREEMENT, in_days, request
from support.waiting import wait_until

CHANNELS = ("email", "sms")


def a_request(channel):
    variables = {
        "information": "the company's registered address",
        "reason": "the one given is not in the public register",
        "answer_by": in_days(30),
        "requested": "a recent extract of the register",
        "url": "https://www.example.com/answer",
    }
    phone = {"phone": "+8613800138000"}
    return request(USER_AGREEMENT, "information_request", variables, recipient=phone, channels=[channel])


def run(folder, binary, channel, count):
    """Notices a second from the first acceptance to the last file."""
    gateway = Gateway(folder=folder, binary=binary)
    try:
        gateway.configure(
            channels_email={"connections": 4},
            channels_sms={"url": f"sandbox:{gateway.folder}/sms", "connections": 4},
            log={"level": "warning"},
        )
        gateway.submit(*(a_request(channel) for _ in range(count)))
        gateway.start()

        def drained():
            now = machine.status(gateway.socket_path)
            return now["taken_in"] >= count and all(c["due"] + c["in_flight"] == 0 for c in now["channels"])

        wait_until(drained, "all to be written", 300)
        gateway.stop()
        with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
            (sent,) = db.execute("SELECT count(*) FROM attempts WHERE outcome = 0").fetchone()
            (first,) = db.execute("SELECT min(accepted_at) FROM notices").fetchone()
            (last,) = db.execute("SELECT max(ended_at) FROM attempts").fetchone()
        if sent != count:
            raise AssertionError(f"{sent} of {count} were written")
        return round(count / (last - first) * 1000)
    finally:
        gateway.close()


def measure(folder, binary, count=3_000, runs=5):
    rates = {channel: [] for channel in CHANNELS}
    for _ in range(runs):
        for channel in CHANNELS:
            rates[channel].append(run(folder, binary, channel, count))
    medians = {channel: round(statistics.median(rates[channel])) for channel in CHANNELS}
    return {
        "notices": count,
        "runs": runs,
        "notices_per_s": medians,
        "all": rates,
        "sms_to_email": round(medians["sms"] / medians["email"], 2),
    }
