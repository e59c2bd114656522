"""The broker goes away in the middle: what services are told is late, and whole."""

from support import broker as rabbitmq
from support.requests import terms_change
from test_status_events import StatusEvents


class Outage(StatusEvents):
    def setUp(self):
        self.server = self.mail_server()
        self.queue = self.broker()
        self.queue.listen()
        self.duenotice = self.gateway(
            queue=self.queue.section(prefetch=20),
            channels_email={"url": self.server.url, "tls": "off", "connections": 2},
        ).start()
        self.queue.wait_for_queue()

    def test_notices_that_are_sent_while_the_broker_is_away(self):
        gateway = self.duenotice
        self.server.hold_answers()
        requests = [terms_change() for _ in range(10)]
        for request in requests:
            self.queue.publish(request)
        for request in requests:
            self.wait_until(lambda: gateway.show(request), f"{request['id']} to be accepted")
        rabbitmq.stop()
        try:
            self.server.release_answers()
            for request in requests:
                gateway.wait_for(request)
            self.wait_until(lambda: "status_events_wait" in gateway.log(), "a line about the broker")
        finally:
            rabbitmq.start()
        later = terms_change()
        self.queue.publish(later)
        gateway.wait_for(later, seconds=90)
        taken = self.queue.status_events(self.told_all(gateway), seconds=90)
        self.check_same_as_journal(taken, gateway)
        self.assertEqual(len(gateway.events()), 22)
        self.assertEqual(gateway.log().count("status_events_wait"), 1)
        self.assertEqual(gateway.log().count("status_events_go_out_again"), 1)

    def test_a_restart_in_the_middle_of_many(self):
        gateway = self.duenotice
        requests = [terms_change(**({"account_id": 7} if number % 10 == 0 else {})) for number in range(200)]
        for request in requests:
            self.queue.publish(request)
        rabbitmq.restart()
        for request in requests[:20]:  # duplicates are no news
            self.queue.publish(request)
        gateway.wait_for_count(180, "--state", "deemed_delivered", seconds=120)
        taken = self.queue.status_events(self.told_all(gateway), seconds=90)
        self.check_same_as_journal(taken, gateway)
        self.assertEqual(len(gateway.events()), 180 * 2 + 20)
        self.assertEqual(gateway.stop(), 0)
