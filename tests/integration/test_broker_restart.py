"""The broker goes away in the middle and comes back."""

from support import broker as rabbitmq
from support.case import GatewayCase
from support.requests import terms_change


class BrokerRestart(GatewayCase):
    def test_nothing_is_lost_when_the_broker_restarts(self):
        server, queue = self.mail_server(), self.broker()
        gateway = self.gateway(
            queue=queue.section(prefetch=20),
            channels_email={"url": server.url, "tls": "off", "connections": 2},
        ).start()
        queue.wait_for_queue()
        before = [terms_change() for _ in range(300)]
        for request in before:
            queue.publish(request)
        rabbitmq.restart()
        after = [terms_change() for _ in range(20)]
        for request in after:
            queue.publish(request)
        rejected = terms_change(account_id=7)
        queue.publish(rejected)
        notices = gateway.wait_for_count(320, "--state", "deemed_delivered", seconds=120)
        self.assertEqual({notice["request_id"] for notice in notices}, {r["id"] for r in before + after})
        self.assertEqual(queue.dead_letter(seconds=60)[0]["code"], "wrong_type")
        self.assertEqual(gateway.stop(), 0)
        self.assertEqual(queue.depth(), 0)
        for request in before + after:
            self.assertEqual(len(server.of(request["recipient"]["email"])), 1)

    def test_it_starts_while_the_broker_is_away_and_works_when_it_comes(self):
        server, queue = self.mail_server(), self.broker()
        rabbitmq.stop()
        try:
            gateway = self.gateway(
                queue=queue.section(), channels_email={"url": server.url, "tls": "off"}
            ).start()
        finally:
            rabbitmq.start()
        queue.wait_for_queue()
        request = terms_change()
        queue.publish(request)
        gateway.wait_for(request, seconds=90)
        self.assertEqual(len(server.of(request["recipient"]["email"])), 1)
