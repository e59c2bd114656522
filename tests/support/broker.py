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
    """Names of its own for queues and exchanges, and a connection that is made anew when the broker went
    away."""

    def __init__(self):
        name = "t-" + uuid.uuid4().hex[:10]
        self.requests = name + ".requests"
        self.dead_letters = name + ".rejected"
        self.events = name + ".events"
        self.service = name + ".service"  # where a backend service hears of status events
        self.connection = None
        self.channel = None

    def section(self, **changes):
        """The gateway's [queue] section."""
        return {
            "url": url(),
            "requests": self.requests,
            "dead_letters": self.dead_letters,
            "events": self.events,
            **changes,
        }

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
        self.again(lambda channel: channel.basic_publish("", self.requests, raw, properties, mandatory=True))

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

    def listen(self, pattern="#"):
        """Binds a durable queue to the status events, as a backend service does before its first request."""

        def bind(channel):
            channel.exchange_declare(self.events, "topic", durable=True)
            channel.queue_declare(self.service, durable=True)
            channel.queue_bind(self.service, self.events, pattern)

        self.again(bind)

    def status_events(self, enough, seconds=60):
        """Takes status events until `enough(events)`; each is (method, properties, body)."""
        taken = []

        def take():
            while not enough(taken):
                answer = self.again(lambda channel: channel.basic_get(self.service, auto_ack=True))
                if answer[0] is None:
                    return False
                taken.append(answer)
            return True

        wait_until(
            take, lambda: f"enough status events, not {[each[0].routing_key for each in taken]}", seconds
        )
        return taken

    def status_events_left(self):
        """Takes those that are there now."""
        taken = []
        while True:
            answer = self.again(lambda channel: channel.basic_get(self.service, auto_ack=True))
            if answer[0] is None:
                return taken
            taken.append(answer)

    def close(self):
        def delete(channel):
            for queue in (self.requests, self.dead_letters, self.service):
                channel.queue_delete(queue)
            for exchange in (self.dead_letters, self.events):
                channel.exchange_delete(exchange)

        if self.connection is not None:
            self.again(delete)
        self.drop()
