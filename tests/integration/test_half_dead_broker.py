"""SIGTERM ends the gateway in time although its broker is only half alive."""

import contextlib
import json
import os
import pathlib
import signal
import time

from support import broker as rabbitmq
from support.case import GatewayCase
from support.half_dead_broker import ChokingBroker, SilentBroker
from support.requests import terms_change

DRAIN = "2s"
# What a stop may take with room for a loaded machine. One that lets a connect run its course needs more than
# 10 s, one that waits for an idle broker's good-byes 20 s, and one that waits for confirmations 40 s.
WHILE_CONNECTING = 9
WHILE_CONNECTED = 15


class HalfDeadBroker(GatewayCase):
    def check_stops_in_time(self, gateway, seconds):
        began = time.monotonic()
        self.assertEqual(gateway.stop(seconds=180), 0)
        self.assertLess(time.monotonic() - began, seconds)
        self.assertIn("stopped", gateway.log())

    @contextlib.contextmanager
    def frozen(self):
        """The real broker's process stands still: its kernel takes bytes, and nobody answers."""
        node = int((pathlib.Path(rabbitmq.FOLDER) / "node.process").read_text().split()[0])
        os.kill(node, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(node, signal.SIGCONT)

    def silent(self):
        broker = SilentBroker()
        self.addCleanup(broker.close)
        return broker

    def test_a_broker_that_accepts_and_never_speaks(self):
        broker = self.silent()
        gateway = self.gateway(journal={"drain": DRAIN}, queue={"url": broker.url()}).start(seconds=60)
        # The first was that of the start; SIGTERM interrupts the second.
        broker.wait_for_connections(2)
        self.check_stops_in_time(gateway, WHILE_CONNECTING)

    def test_a_tls_handshake_that_nobody_answers(self):
        broker = self.silent()
        gateway = self.gateway(journal={"drain": DRAIN}, queue={"url": broker.url("amqps")}).start(
            seconds=60
        )
        broker.wait_for_connections(2)
        self.check_stops_in_time(gateway, WHILE_CONNECTING)

    def test_a_broker_that_freezes_while_it_is_idle(self):
        queue = self.broker()
        gateway = self.gateway(journal={"drain": DRAIN}, queue=queue.section()).start()
        queue.wait_for_queue()
        request, rejected = terms_change(), terms_change(account_id=7)
        queue.publish(rejected)
        self.assertEqual(queue.dead_letter()[0]["code"], "wrong_type")
        queue.publish(request)
        gateway.wait_for(request)
        with self.frozen():
            self.check_stops_in_time(gateway, WHILE_CONNECTED)

    def test_a_broker_that_stops_reading_in_the_middle_of_a_publish(self):
        queue = self.broker()
        choking = ChokingBroker(rabbitmq.url(), most=1_000_000)
        self.addCleanup(choking.close)
        gateway = self.gateway(journal={"drain": DRAIN}, queue=queue.section(url=choking.url())).start()
        queue.wait_for_queue()
        # Only a publisher of dead letters sends as much; the sockets' buffers hold a part of it.
        rejected = [terms_change(account_id=number, reference="x" * 200_000) for number in range(50)]
        for request in rejected:
            queue.publish(request)
        self.assertTrue(choking.choked.wait(90), "no publish of dead letters came")
        self.check_stops_in_time(gateway, WHILE_CONNECTED)
        choking.close()  # now the broker, too, sees that the gateway is gone
        # Nothing is lost: what was not confirmed waits in the journal, the rest in the queue.
        gateway.configure(queue={"url": rabbitmq.url()})
        gateway.start()
        missing = {request["id"] for request in rejected}
        while missing:
            missing.discard(json.loads(queue.dead_letter()[2])["id"])
        self.assertEqual(gateway.stop(), 0)
        self.assertEqual(queue.depth(), 0)
