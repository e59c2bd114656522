"""Requests from a real RabbitMQ, to the mail server and to the dead letters."""

import json

from support.broker import CLOUDEVENTS, PLAIN
from support.case import GatewayCase
from support.mail_server import free_port
from support.requests import event, in_days, terms_change


class RabbitMq(GatewayCase):
    def setUp(self):
        self.server = self.mail_server()
        self.queue = self.broker()
        self.duenotice = self.gateway(
            queue=self.queue.section(), channels_email={"url": self.server.url, "tls": "off"}
        ).start()
        self.queue.wait_for_queue()

    def check_drained(self):
        """Everything published was acknowledged: nothing comes back once the gateway is gone."""
        self.assertEqual(self.duenotice.stop(), 0)
        self.assertEqual(self.queue.depth(), 0)

    def test_a_plain_request(self):
        request = terms_change()
        self.queue.publish(request)
        notice = self.duenotice.wait_for(request)
        self.assertEqual((notice["source"], notice["request_id"]), (request["source"], request["id"]))
        self.server.wait_for(request["recipient"]["email"])
        self.check_drained()

    def test_a_cloud_event(self):
        request = terms_change()
        envelope = event(request)
        bare = {key: value for key, value in request.items() if key not in ("id", "source")}
        self.queue.publish({**envelope, "data": bare}, CLOUDEVENTS)
        notice = self.duenotice.wait_for(request)
        self.assertEqual((notice["source"], notice["request_id"]), (request["source"], request["id"]))
        self.assertEqual(notice["account_id"], request["account_id"])
        self.server.wait_for(request["recipient"]["email"])

    def test_duplicates_are_acknowledged_silently(self):
        request, last = terms_change(), terms_change()
        for _ in range(5):
            self.queue.publish(request)
        reordered = dict(reversed(request.items()))
        self.queue.publish(json.dumps(reordered, indent=2).encode())
        self.queue.publish(event(request), CLOUDEVENTS)
        self.queue.publish(last)
        self.duenotice.wait_for(last)
        self.duenotice.wait_for(request)
        self.assertEqual(len(self.duenotice.json("list")), 2)
        self.assertEqual(self.duenotice.json("rejected"), [])
        self.check_drained()
        self.assertEqual(len(self.server.of(request["recipient"]["email"])), 1)

    def test_another_content_under_the_same_id_is_a_conflict(self):
        request = terms_change()
        self.queue.publish(request)
        self.duenotice.wait_for(request)
        changed = {**request, "account_id": "somebody-else"}
        self.queue.publish(changed)
        headers, properties, body = self.queue.dead_letter()
        self.assertEqual(headers["code"], "conflict")
        self.assertEqual(json.loads(body), changed)
        self.assertEqual(properties.content_type, PLAIN)
        self.assertEqual(len(self.duenotice.json("list")), 1)
        self.check_drained()
        self.assertEqual(len(self.server.envelopes), 1)

    def rejection(self, body, content_type=PLAIN):
        self.queue.publish(body, content_type)
        headers, properties, returned = self.queue.dead_letter()
        self.assertEqual(
            returned, body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        )
        self.assertEqual(properties.delivery_mode, 2)
        self.assertTrue(properties.message_id)
        return headers["code"], headers["pointer"]

    def test_each_rejection_becomes_a_dead_letter(self):
        recipient = terms_change()["recipient"]
        cases = [
            (b"\xff\xfe{}", "not_utf8", ""),
            (b"{", "not_json", ""),
            (b'{"id":"a","id":"b"}', "duplicate_key", "/id"),
            (b"[" * 100 + b"]" * 100, "too_deep", None),
            (terms_change(colour="red"), "unknown_field", "/colour"),
            (terms_change(account_id=None), "missing_field", "/account_id"),
            (terms_change(account_id=7), "wrong_type", "/account_id"),
            (terms_change(agreement="no-such-agreement"), "unknown_agreement", "/agreement"),
            (terms_change(agreement_version="1999-01-01"), "unknown_version", "/agreement_version"),
            ({**terms_change(), "kind": "birthday"}, "unknown_kind", "/kind"),
            (
                terms_change(channels=["in_site"], recipient={"user_id": "u1"}),
                "channel_not_allowed",
                "/channels",
            ),
            (
                terms_change(recipient={"email": None, "user_id": "u1"}),
                "no_usable_address",
                "/recipient/email",
            ),
            (
                terms_change(recipient={"email": "a@b.example\r\nRCPT TO:<c@d.example>"}),
                "malformed_email",
                "/recipient/email",
            ),
            (terms_change(recipient={"email": "<a@b.example>"}), "malformed_email", "/recipient/email"),
            (terms_change(recipient={**recipient, "phone": "0138"}), "malformed_phone", "/recipient/phone"),
            (
                {**terms_change(), "variables": {"agreement_name": "A", "summary": "B"}},
                "missing_variable",
                None,
            ),
            (
                {**terms_change(), "variables": {**terms_change()["variables"], "extra": "x"}},
                "unknown_variable",
                "/variables/extra",
            ),
        ]
        for body, code, pointer in cases:
            with self.subTest(code=code):
                got_code, got_pointer = self.rejection(body)
                self.assertEqual(got_code, code)
                if pointer is not None:
                    self.assertEqual(got_pointer, pointer)
        rows = self.duenotice.json("rejected")
        self.assertEqual(sorted(row["code"] for row in rows), sorted(code for _, code, _ in cases))
        self.assertEqual(self.duenotice.json("list"), [])
        self.check_drained()
        self.assertEqual(self.server.envelopes, [])

    def test_an_event_that_contradicts_its_request(self):
        request = terms_change()
        self.assertEqual(self.rejection(event(request, id="other"), CLOUDEVENTS)[0], "id_mismatch")
        self.assertEqual(
            self.rejection(event(request, type="com.example.else"), CLOUDEVENTS),
            ("unknown_event_type", "/type"),
        )

    def test_pointers_of_an_event_point_into_the_event(self):
        request = terms_change(agreement="no-such-agreement")
        self.assertEqual(
            self.rejection(event(request), CLOUDEVENTS), ("unknown_agreement", "/data/agreement")
        )

    def test_the_same_rejection_is_one_row_and_one_dead_letter(self):
        bad, worse = terms_change(account_id=7), terms_change(account_id=8)
        for _ in range(3):
            self.queue.publish(bad)
        self.queue.publish(worse)
        bodies = [self.queue.dead_letter()[2] for _ in range(2)]
        self.assertEqual([json.loads(body) for body in bodies], [bad, worse])
        self.assertEqual(len(self.duenotice.json("rejected")), 2)

    def test_a_corrected_request_may_reuse_its_id(self):
        request = terms_change()
        self.assertEqual(self.rejection({**request, "kind": "birthday"})[0], "unknown_kind")
        self.queue.publish(request)
        self.duenotice.wait_for(request)

    def test_an_oversized_request_is_rejected_and_its_beginning_kept(self):
        request = terms_change()
        request["variables"]["summary"] = "x" * 1_100_000
        self.queue.publish(request)
        headers, _, body = self.queue.dead_letter()
        self.assertEqual(headers["code"], "too_large")
        raw = json.dumps(request, ensure_ascii=False).encode()
        self.assertTrue(raw.startswith(body))
        self.assertGreaterEqual(len(body), 64 * 1024)
        row = self.duenotice.json("rejected")[0]
        self.assertEqual(row["body_bytes"], len(raw))

    def test_a_queue_with_other_arguments_is_a_clear_error(self):
        other = self.broker()
        other.again(lambda channel: channel.queue_declare(other.requests, durable=True))
        gateway = self.gateway(queue=other.section())
        process = gateway.spawn()
        self.addCleanup(process.kill)
        self.assertNotEqual(process.wait(30), 0)
        self.assertIn(other.requests, gateway.log())

    def test_declare_false_checks_and_does_not_make(self):
        other = self.broker()
        gateway = self.gateway(queue=other.section(declare=False))
        process = gateway.spawn()
        self.addCleanup(process.kill)
        self.assertNotEqual(process.wait(30), 0)
        self.assertIn(other.requests, gateway.log())

    def test_submit_publishes_to_the_broker(self):
        request = terms_change(effective_date=in_days(40))
        self.duenotice.submit(request)
        self.assertEqual(self.duenotice.wait_for(request)["effective_date"], in_days(40))


class StatusOfABroker(GatewayCase):
    def test_the_brokers_queue_and_one_that_is_away(self):
        queue = self.broker()
        gateway = self.gateway(queue=queue.section()).start()
        queue.wait_for_queue()
        self.assertEqual(gateway.stop(), 0)
        for _ in range(3):
            queue.publish(terms_change())
        status = json.loads(gateway.run("status", "--json").stdout)
        self.assertEqual(status["queue"], {"kind": "rabbitmq", "waiting": 3, "error": None})
        gateway.configure(queue={"url": f"amqp://guest:guest@127.0.0.1:{free_port()}"})
        gateway.start()
        status = json.loads(gateway.run("status", "--json").stdout)
        self.assertEqual(status["intake"], "queue_away")
        self.assertIsNone(status["queue"]["waiting"])
        self.assertIn("127.0.0.1", status["queue"]["error"])
        self.assertIn("STOPPED", gateway.run("status").stdout)
