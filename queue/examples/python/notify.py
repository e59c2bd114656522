#!/usr/bin/python3
"""Publishes one notice request and waits until the agreement deems the notice delivered.

  apt-get install python3-pika
  AMQP_URL=amqp://user:password@broker python3 notify.py ../request.json

Ends with 0 when it is deemed delivered, with 1 when it was rejected or cancelled.
"""

import json
import os
import sys
import time

import pika

AMQP_URL = os.environ.get("AMQP_URL", "amqp://guest:guest@localhost/%2f")
REQUESTS = os.environ.get("REQUESTS", "duenotice.requests")  # [queue] requests of duenotice.toml
EVENTS = os.environ.get("EVENTS", "duenotice.events")  # [queue] events
SERVICE_QUEUE = os.environ.get("SERVICE_QUEUE", "example-service.notices")  # a name of your own


def publish(channel, request):
    """Returns once the broker has it durably; raises when it has not, or when there is no such queue."""
    properties = pika.BasicProperties(content_type="application/json", delivery_mode=2)
    channel.basic_publish("", REQUESTS, json.dumps(request), properties, mandatory=True)


def deal(data):
    """Says what became of it. True or False at its end, None while something may still come."""
    state = data["state"]
    if state == "accepted":
        print(f"accepted as notice {data['notice_id']}")
    elif state == "deemed_delivered":
        mark = " in the SANDBOX, nothing was sent" if data["sandbox"] else ""
        print(f"deemed delivered on {data['deemed_delivered_on']} ({data['time_zone']}){mark}")
        return True
    elif state == "rejected":
        print(f"rejected, {data['code']} at \"{data['pointer']}\": {data['message']}")
        return False
    elif state == "cancelled":
        print("cancelled")
        return False
    else:  # held or failed: nothing of this is lost, and the date may still come
        reasons = [
            f"{each['channel']} {each['reason']} {each['code'] or ''}".strip() for each in data["deliveries"]
        ]
        print(f"{state} ({', '.join(reasons)}); next: {data['next_actor']}. {data['resend_safe']['why']}")
    return None


def heard_of(channel, request):
    """Whether it is deemed delivered, once the notice has come to its end."""
    newest = 0  # a service keeps this with its own record of the notice
    for method, _, body in channel.consume(SERVICE_QUEUE):
        data = json.loads(body)["data"]
        mine = (data["source"], data["request_id"]) == (request["source"], request["id"])
        end = None
        # An event may come a second time; its sequence says so.
        if mine and data["sequence"] > newest:
            newest = data["sequence"]
            end = deal(data)
        channel.basic_ack(method.delivery_tag)  # only now: until then the broker gives it out again
        if end is not None:
            return end
    raise RuntimeError(f"the queue {SERVICE_QUEUE} was deleted")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    # Source and id name the notice for ever: published again under them, it is sent once. So a service takes
    # the id from its own data, and publishes again whenever it is not sure.
    request.setdefault("id", f"example-{time.time_ns()}")

    connection = pika.BlockingConnection(pika.URLParameters(AMQP_URL))
    channel = connection.channel()
    channel.confirm_delivery()
    # A durable queue of your own, before the first request: no event is lost while your service is away.
    # duenotice makes the exchange when it starts.
    channel.queue_declare(SERVICE_QUEUE, durable=True)
    channel.queue_bind(SERVICE_QUEUE, EVENTS, "duenotice.notice.#")

    publish(channel, request)
    print(f"published {request['id']}")
    delivered = heard_of(channel, request)
    channel.cancel()
    connection.close()
    return 0 if delivered else 1


if __name__ == "__main__":
    sys.exit(main())
