"""The RabbitMQ that CTest started for the integration tests, seen by an independent client (pika)."""

import json
import os
import pathlib
import subprocess
import uuid

import pika

from support.waiting import wait_until

FOLDER = os.environ.get("DUENOTICE_BROKER", "")
SCRIPT = pathlib.Path(__file__).resolve().parent / "rabbitmq"
PLAIN = "application/json"
CLOUDEVENTS = "application/cloudevents+json"


def url():
    return (pathlib.Path(FOLDER) / "url").read_text().strip()


def start():
    subprocess.run([SCRIPT, "start", FOLDER], check=True, timeout=180)


def stop():
    subprocess.run([SCRIPT, "stop", FOLDER], check=True, timeout=180)


def restart():
    subprocess.run([SCRIPT, "restart", FOLDER], check=True, timeout=180)


class Broker:
    """A pair of queue names of its own, and a connection that is made anew when the broker went away."""

    def __init__(self):
        name = "t-" + uuid.uuid4().hex[:10]
        self.requests = name + ".requests"
        self.dead_letters = name + ".rejected"
        self.connection = None
        self.channel = None

    def section(self, **changes):
        """The gateway's [queue] section."""
        return {"url": url(), "requests": self.requests, "dead_letters": self.dead_letters, **changes}

    def open(self):
        if self.channel is None or not self.channel.is_open:
            self.connection = pika.BlockingConnection(pika.URLParameters(url()))
            self.channel = self.connection.channel()
            self.channel.confirm_delivery()
        return self.channel

    def again(self, action, seconds=60):
        """`action(channel)`, repeated on a new connection while the broker is away."""

        def attempt():
            try:
                return [action(self.open())]
            except (pika.exceptions.AMQPError, OSError):
                self.drop()
                return None

        return wait_until(attempt, "the broker to answer", seconds)[0]

    def drop(self):
        try:
            if self.connection is not None:
                self.connection.close()
        except (pika.exceptions.AMQPError, OSError):
            pass
        self.channel = self.connection = None

    def wait_for_queue(self, seconds=60):
        """Until the gateway has declared its queue."""
        self.again(lambda channel: channel.queue_declare(self.requests, passive=True), seconds)

    def publish(self, body, content_type=PLAIN):
        """Publishes durably: returns once the broker has confirmed."""
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        properties = self.properties(content_type)
        self.again(
            lambda channel: channel.basic_publish("", self.requests, raw, properties, mandatory=True)
        )

    @staticmethod
    def properties(content_type=PLAIN):
        return pika.BasicProperties(content_type=content_type, delivery_mode=2)

    def open_unconfirmed(self):
        """A channel for many messages: their number in the queue is checked afterwards."""
        self.drop()
        self.connection = pika.BlockingConnection(pika.URLParameters(url()))
        self.channel = self.connection.channel()
        return self.channel

    def depth(self):
        """Messages in the request queue that are ready, for a queue that nobody consumes."""
        return self.again(
            lambda channel: channel.queue_declare(self.requests, passive=True)
        ).method.message_count

    def dead_letter(self, seconds=30):
        """Takes the next dead letter: (headers, properties, body)."""

        def take():
            get = lambda channel: channel.basic_get(self.dead_letters, auto_ack=True)  # noqa: E731
            method, properties, body = self.again(get)
            return (properties.headers or {}, properties, body) if method else None

        return wait_until(take, "a dead letter", seconds)

    def close(self):
        def delete(channel):
            for queue in (self.requests, self.dead_letters):
                channel.queue_delete(queue)
            channel.exchange_delete(self.dead_letters)

        if self.connection is not None:
            self.again(delete)
        self.drop()
