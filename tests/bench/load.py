"""Notices by the thousand through a gateway, from either queue, and what that cost."""

import contextlib
import dataclasses
import json
import pathlib
import sqlite3
import statistics
import subprocess
import threading
import time

import machine
from support import broker as rabbitmq
from support.broker import Broker
from support.gateway import Gateway
from support.mail_server import free_port
from support.requests import terms_change
from support.waiting import wait_until

SENT = 0
FILLER = "Clause 5.4 now names the account to which frozen funds are refunded after an appeal. "


class Sink:
    """Postfix's smtp-sink: takes everything and keeps nothing."""

    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            ["smtp-sink", "-u", "nobody", f"127.0.0.1:{self.port}", "500"], stderr=subprocess.DEVNULL
        )
        wait_until(self.listens, "smtp-sink to listen")

    def listens(self):
        import socket

        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.kill()
        self.process.wait()


@dataclasses.dataclass
class Setting:
    """A build and what is configured differently for it: `PATH` or `PATH,section.key=value,…`."""

    name: str
    binary: str
    sections: dict

    @staticmethod
    def parse(text, default_binary):
        sections, binary = {}, default_binary
        for part in filter(None, text.split(",")):
            if "=" not in part:
                binary = part
                continue
            key, value = part.split("=", 1)
            section, name = key.rsplit(".", 1)
            with contextlib.suppress(ValueError):
                value = json.loads(value)
            sections.setdefault(section.replace(".", "_", 1), {})[name] = value
        return Setting(text or "default", binary, sections)


def a_request(sentences):
    """A terms change; its mail grows with the sentences, which stand in the text and in the HTML."""
    request = terms_change()
    request["variables"]["summary"] = FILLER * sentences
    return request


class Run:
    """A gateway with a mail sink behind it and a queue in front of it."""

    def __init__(self, folder, setting, queue, sink, connections):
        self.setting, self.queue = setting, queue
        self.broker = Broker() if queue == "rabbitmq" else None
        self.gateway = Gateway(folder=folder, binary=setting.binary)
        self.gateway.configure(
            channels_email={
                "url": f"smtp://127.0.0.1:{sink.port}",
                "tls": "off",
                "connections": connections,
            },
            log={"level": "warning"},
        )
        if self.broker:
            self.gateway.configure(queue=self.broker.section())
            self.broker.listen()
            self.gateway.start()
            self.broker.wait_for_queue()
            self.gateway.stop()
        self.gateway.configure(**setting.sections)

    def close(self):
        self.gateway.close()
        if self.broker:
            self.broker.close()

    def publish(self, requests):
        """Puts requests into the queue while nobody reads it."""
        if self.broker is None:
            self.gateway.submit(*requests)
            return
        channel = self.broker.open_unconfirmed()
        for request in requests:
            channel.basic_publish(
                "", self.broker.requests, json.dumps(request).encode(), self.broker.properties()
            )
        self.broker.drop()
        wait_until(lambda: self.broker.depth() == len(requests), "the broker to hold every request", 60)

    def sent(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.gateway.journal}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM attempts WHERE outcome = ?", (SENT,)).fetchone()[0]

    def drained(self):
        now = machine.status(self.gateway.socket_path)
        return (
            now["taken_in"] >= self.expected
            and all(c["due"] + c["in_flight"] == 0 for c in now["channels"])
            and self.all_told(now.get("events"))
        )

    def all_told(self, events):
        """Whether every status event is confirmed, where any are published."""
        if events is None:
            return True
        with contextlib.closing(sqlite3.connect(f"file:{self.gateway.journal}?mode=ro", uri=True)) as db:
            (deemed,) = db.execute("SELECT count(*) FROM notices WHERE deemed_at IS NOT NULL").fetchone()
            (last,) = db.execute(
                "SELECT max(sequence) FROM events WHERE type = 'deemed_delivered'"
            ).fetchone()
        return deemed >= self.expected and events["published_to"] >= last

    def measure_peak(self, count, sentences):
        """Everything is in the queue first; the clock runs from the first acceptance to the last reply."""
        self.expected = count
        self.publish([a_request(sentences) for _ in range(count)])
        gateway = self.gateway.start()
        pid = gateway.process.pid
        before = machine.cpu_seconds(pid)
        wait_until(self.drained, "all to be sent", 600)
        figures, cpu = machine.status(gateway.socket_path), machine.cpu_seconds(pid) - before
        rss = machine.peak_rss_mb(pid)
        gateway.stop()
        with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
            (sent,) = db.execute("SELECT count(*) FROM attempts WHERE outcome = ?", (SENT,)).fetchone()
            (first,) = db.execute("SELECT min(accepted_at) FROM notices").fetchone()
            (last,) = db.execute("SELECT max(ended_at) FROM attempts").fetchone()
            (mail,) = db.execute("SELECT avg(length(bytes)) - 40 FROM rendering_contents").fetchone()
        if sent != count:
            raise AssertionError(f"{sent} of {count} were sent")
        return {
            "notices_per_s": round(count / (last - first) * 1000),
            "cpu_s_per_1000": round(cpu / count * 1000, 3),
            "commits": figures["commits"],
            "notices_per_commit": round(count / figures["commits"], 2),
            "peak_rss_mb": rss,
            "mail_bytes": round(mail),
        }

    def measure_latency(self, count, sentences, per_second):
        """Publishes at a steady pace and measures from publishing to the positive reply."""
        self.expected = count
        requests = [a_request(sentences) for _ in range(count)]
        gateway, published = self.gateway.start(), {}
        pace, start = threading.Event(), time.monotonic()
        publish = self.publisher()
        index = 0
        while index < count:
            pace.wait(max(0, start + index / per_second - time.monotonic()))
            due = min(count, int((time.monotonic() - start) * per_second) + 1)
            now = time.time() * 1000
            published.update((request["id"], now) for request in requests[index:due])
            publish(requests[index:due])
            index = max(index, due)
        wait_until(self.drained, "all to be sent", 120)
        gateway.stop()
        with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
            ended = db.execute(
                """SELECT n.request_id, a.ended_at FROM notices n JOIN attempts a ON a.notice = n.number
                                  WHERE a.outcome = ?""",
                (SENT,),
            ).fetchall()
        took = sorted(at - published[request] for request, at in ended)
        return {
            "rate_per_s": round(per_second),
            "p50_ms": round(statistics.median(took), 1),
            "p99_ms": round(took[int(len(took) * 0.99)], 1),
        }

    def publisher(self):
        if self.broker:
            channel = self.broker.open_unconfirmed()

            def to_the_broker(requests):
                for request in requests:
                    body = json.dumps(request).encode()
                    channel.basic_publish("", self.broker.requests, body, self.broker.properties())

            return to_the_broker
        # As the command does it: what is due goes in together, for each commit costs several syncs.
        database = sqlite3.connect(self.gateway.folder / "queue.db", isolation_level=None, timeout=30)
        database.execute("PRAGMA synchronous = FULL")
        insert = "INSERT INTO requests (content_type, body) VALUES ('application/json', ?)"

        def to_the_file(requests):
            database.execute("BEGIN IMMEDIATE")
            database.executemany(insert, [(json.dumps(request).encode(),) for request in requests])
            database.execute("COMMIT")

        return to_the_file


def ceiling(sink, folder, bare_smtp, count, connections, mail):
    """What libcurl alone and Postfix's smtp-source do with the same bytes: messages a second."""
    file = pathlib.Path(folder) / "mail.eml"
    file.write_bytes(mail)
    took = subprocess.run(
        [bare_smtp, f"127.0.0.1:{sink.port}", str(connections), str(count), file],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    start = time.monotonic()
    subprocess.run(
        [
            "smtp-source",
            "-s",
            str(connections),
            "-d",
            "-l",
            str(len(mail)),
            "-m",
            str(count),
            f"127.0.0.1:{sink.port}",
        ],
        check=True,
    )
    source = time.monotonic() - start
    return {"bare_libcurl_per_s": round(count / float(took)), "smtp_source_per_s": round(count / source)}


def broker_in(folder):
    """A RabbitMQ for the bench alone."""
    rabbitmq.FOLDER = str(pathlib.Path(folder) / "broker")
    rabbitmq.start()
    return rabbitmq
