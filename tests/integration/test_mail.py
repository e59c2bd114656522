"""From a request to a mail at a real server, read by a parser that shares nothing with the program."""

import datetime
import email
import email.header
import email.policy
import email.utils
import re

from support.case import GatewayCase
from support.requests import SERVICE_AGREEMENT, SHANGHAI, in_days, terms_change


def parse(envelope):
    return email.message_from_bytes(envelope.original_content, policy=email.policy.default)


def display_name(envelope, header):
    """By the RFC 2047 decoder: the newer parser puts a space between adjacent encoded words of a name."""
    raw = email.message_from_bytes(envelope.original_content)[header]
    return email.utils.parseaddr(str(email.header.make_header(email.header.decode_header(raw))))[0]


class Mail(GatewayCase):
    def mailing_gateway(self, **email_keys):
        self.server = self.mail_server()
        keys = {"url": self.server.url, "tls": "off", "connections": 2, **email_keys}
        return self.gateway(channels_email=keys)

    def check_mail(self, gateway, request, words):
        """The mail of `request` is well formed, says `words`, and is byte for byte what the journal froze."""
        notice = gateway.wait_for(request)
        address = request["recipient"]["email"]
        envelope = self.server.wait_for(address)
        mail = parse(envelope)
        self.assertEqual(mail.defects, [])
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        for word in [*words, request["variables"]["url"]]:
            self.assertIn(word, text)
            self.assertIn(word, html)
        self.assertIn(request["variables"]["agreement_name"], mail["Subject"] + text)
        self.assertEqual(mail["To"].addresses[0].addr_spec, address)
        self.assertEqual(display_name(envelope, "To"), request["recipient"]["name"])
        self.assertEqual(mail["From"].addresses[0].addr_spec, "notices@duenotice.example")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIsNone(mail["List-Unsubscribe"])
        self.assertLess(
            abs(mail["Date"].datetime - datetime.datetime.now(datetime.timezone.utc)),
            datetime.timedelta(minutes=5),
        )
        delivery = next(d for d in notice["deliveries"] if d["channel"] == "email")
        self.assertEqual(mail["Message-ID"].strip("<>"), delivery["attempts"][0]["message_id"].strip("<>"))
        raw = envelope.original_content
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        self.assertLess(max(map(len, raw.split(b"\r\n"))), 999)
        self.assertEqual(raw, gateway.bytes_of("show", notice["notice_id"], "--raw", "email"))
        return notice, mail

    def test_a_terms_change_in_english(self):
        gateway = self.mailing_gateway().start()
        request = terms_change(agreement=SERVICE_AGREEMENT)
        gateway.submit(request)
        notice, mail = self.check_mail(gateway, request, ["frozen funds are refunded"])
        self.assertEqual(notice["agreement"], SERVICE_AGREEMENT)
        self.assertRegex(mail["Subject"], "[A-Za-z]{4,}")

    def test_a_terms_change_in_chinese(self):
        gateway = self.mailing_gateway().start()
        name = "张伟（华东区财务共享中心应收账款组负责人）"
        request = terms_change(recipient={"name": name, "locale": "zh-CN"})
        request["variables"].update(agreement_name="快猫星云用户协议", summary="第 5.4 条增加了资金退回账户的说明。")
        gateway.submit(request)
        _, mail = self.check_mail(gateway, request, ["资金退回账户", "张伟"])
        self.assertRegex(mail["Subject"], "[\u4e00-\u9fff]{4,}")
        for line in mail.as_bytes(policy=email.policy.compat32).split(b"\n\n")[0].split(b"\n"):
            for word in re.findall(rb"=\?[^?]+\?[bBqQ]\?[^?]*\?=", line):
                self.assertLessEqual(len(word), 75, "RFC 2047: an encoded word has at most 75 characters")

    def test_markup_in_a_variable_stays_text(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        request["variables"]["summary"] = "Fees < 5 & > 2 <script>alert(1)</script>"
        gateway.submit(request)
        gateway.wait_for(request)
        mail = parse(self.server.wait_for(request["recipient"]["email"]))
        self.assertIn("<script>", mail.get_body(("plain",)).get_content())
        self.assertNotIn("<script>", mail.get_body(("html",)).get_content())

    def test_the_legal_date_is_that_of_shanghai(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        before = datetime.datetime.now(datetime.timezone.utc)
        gateway.submit(request)
        notice = gateway.wait_for(request)
        at = datetime.datetime.fromisoformat(notice["deemed_delivered_at"].replace("Z", "+00:00"))
        self.assertLess(before - datetime.timedelta(seconds=1), at)
        self.assertLess(at, datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1))
        self.assertEqual(notice["time_zone"], "Asia/Shanghai")
        self.assertEqual(notice["deemed_delivered_on"], at.astimezone(SHANGHAI).date().isoformat())
        self.assertEqual(notice["deemed_by"]["rule"], "agreement-date-of-sending")
        self.assertEqual(notice["deemed_by"]["clause"], "12.1")
        self.assertEqual((notice["deemed_by"]["channel"], notice["deemed_by"]["attempt"]), ("email", 1))
        self.assertFalse(notice["sandbox"])

    def test_the_reply_is_kept_verbatim(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        gateway.submit(request)
        attempt = gateway.wait_for(request)["deliveries"][0]["attempts"][0]
        self.assertEqual((attempt["outcome"], attempt["code"]), ("sent", "250"))
        self.assertIn("250 2.0.0 Ok: queued as ", attempt["reply"])

    def test_the_envelope_sender_finds_its_notice(self):
        gateway = self.mailing_gateway(bounce_address="bounces@duenotice.example").start()
        first, second = terms_change(), terms_change()
        gateway.submit(first, second)
        senders = {self.server.wait_for(r["recipient"]["email"]).mail_from for r in (first, second)}
        self.assertEqual(len(senders), 2)
        for sender in senders:
            self.assertRegex(sender, r"^bounces\+[^@]+@duenotice\.example$")

    def test_a_server_that_is_away_for_a_while(self):
        gateway = self.mailing_gateway()
        self.server.stop()
        gateway.start()
        request = terms_change()
        gateway.submit(request)

        def tried():
            notice = gateway.show(request)
            email = notice["deliveries"][0] if notice else {"attempts": [], "state": None}
            return notice if email["attempts"] and email["state"] == "waiting" else None

        waiting = self.wait_until(tried, "a failed attempt")
        self.assertEqual(waiting["deliveries"][0]["attempts"][0]["outcome"], "transient_failure")
        self.assertIsNone(waiting["deemed_delivered_on"])
        self.assertIs(waiting["sent_anything"], False)
        self.assertFalse(waiting["resend_safe"]["safe"], "the gateway goes on by itself")
        self.server.start()
        notice = gateway.wait_for(request)
        outcomes = [attempt["outcome"] for attempt in notice["deliveries"][0]["attempts"]]
        self.assertEqual(outcomes[-1], "sent")
        self.assertEqual(notice["deemed_by"]["attempt"], len(outcomes))
        self.assertFalse(
            any(attempt["possible_duplicate"] for attempt in notice["deliveries"][0]["attempts"])
        )
        self.assertEqual(len(self.server.of(request["recipient"]["email"])), 1)

    def test_a_transient_refusal_is_tried_again(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        self.server.replies[request["recipient"]["email"]] = ["451 4.3.0 try again", "421 4.3.2 going down"]
        gateway.submit(request)
        attempts = gateway.wait_for(request)["deliveries"][0]["attempts"]
        self.assertEqual(
            [a["outcome"] for a in attempts], ["transient_failure", "transient_failure", "sent"]
        )
        self.assertEqual([a["code"] for a in attempts], ["451", "421", "250"])
        self.assertEqual({a["message_id"] for a in attempts}, {attempts[0]["message_id"]})

    def test_a_permanent_refusal_ends_the_delivery(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        self.server.replies[request["recipient"]["email"]] = ["550 5.1.1 no such user"]
        gateway.submit(request)
        notice = gateway.wait_for(request, "failed")
        self.assertIsNone(notice["deemed_delivered_at"])
        self.assertIsNone(notice["deemed_by"])
        attempt = notice["deliveries"][0]["attempts"][0]
        self.assertEqual((attempt["outcome"], attempt["code"]), ("permanent_failure", "550"))
        self.assertIn("no such user", attempt["reply"])
        self.assertEqual(self.server.envelopes, [])

    def test_no_answer_after_the_final_dot_is_unknown_and_marked(self):
        gateway = self.mailing_gateway(final_reply_timeout="1s").start()
        request = terms_change()
        self.server.hold_answers()
        gateway.submit(request)

        def ended_unknown():
            notice = gateway.show(request)
            attempts = notice["deliveries"][0]["attempts"] if notice else []
            return attempts and attempts[0]["outcome"] == "unknown" and notice

        notice = self.wait_until(ended_unknown, "an unknown outcome")
        self.assertIsNone(notice["deemed_delivered_on"])
        self.assertFalse(notice["resend_safe"]["safe"])
        self.server.release_answers()
        attempts = gateway.wait_for(request)["deliveries"][0]["attempts"]
        self.assertFalse(attempts[0]["possible_duplicate"])
        self.assertTrue(all(attempt["possible_duplicate"] for attempt in attempts[1:]))
        copies = [e.original_content for e in self.server.of(request["recipient"]["email"])]
        self.assertGreaterEqual(len(copies), 2)
        self.assertEqual(len(set(copies)), 1, "a resend uses the same bytes")

    def test_addresses_stay_out_of_the_log(self):
        gateway = self.mailing_gateway().start()
        request = terms_change(
            recipient={"email": "somebody.rare@customer.example", "user_id": "user-8812"}
        )
        self.server.replies["somebody.rare@customer.example"] = [
            "550 5.1.1 <somebody.rare@customer.example> unknown"
        ]
        gateway.submit(request)
        notice = gateway.wait_for(request, "failed")
        gateway.stop()
        self.assertNotIn("somebody.rare", gateway.log())
        self.assertNotIn("user-8812", gateway.log())
        self.assertEqual(notice["deliveries"][0]["address_masked"], "s***@c***.example")

    def test_a_notice_is_not_sent_before_its_time(self):
        gateway = self.mailing_gateway().start()
        later, now = terms_change(send_not_before=in_days(2) + "T00:00:00Z"), terms_change()
        gateway.submit(later, now)
        gateway.wait_for(now)
        notice = gateway.wait_for(later, "accepted")
        self.assertEqual(notice["deliveries"][0]["attempts"], [])
        self.assertTrue(notice["deliveries"][0]["due_at"].startswith(in_days(2)))
        self.assertEqual(self.server.of(later["recipient"]["email"]), [])
