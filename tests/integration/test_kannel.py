"""SMS through Debian's Kannel: what its acceptance and its reports make of a notice."""

import hashlib
import hmac
import itertools

from support.case import GatewayCase
from support.kannel import PASSWORD, USERNAME, Kannel, ask
from support.mail_server import free_port
from support.requests import progress

REPORT_KEY = "the key of these tests"
_numbers = itertools.count(1)


def phone(fate="00"):
    """A number of its own; its last two digits tell the SMPP carrier what to do (smsc.js)."""
    return f"+8613{next(_numbers):07d}{fate}"


class Kannels(GatewayCase):
    def kannel(self, **settings):
        kannel = Kannel(**settings)
        self.addCleanup(kannel.stop)
        return kannel

    def relayed_gateway(self, kannel, **sms):
        """A gateway that sends SMS through this Kannel."""
        self.report_port = free_port()
        gateway = self.gateway(channels_email={"url": None, "from": None})
        (gateway.folder / "password").write_text(PASSWORD + "\n")
        (gateway.folder / "report-key").write_text(REPORT_KEY + "\n")
        gateway.configure(
            channels_sms={
                "url": kannel.url,
                "username": USERNAME,
                "password_file": "password",
                "sender": "10690000",
                "connections": 2,
                "report_listen": f"127.0.0.1:{self.report_port}",
                "report_key_file": "report-key",
                **sms,
            }
        )
        return gateway

    def delivery(self, gateway, sent):
        return gateway.show(sent)["deliveries"][0]

    def attempt(self, gateway, sent, number=0):
        return self.delivery(gateway, sent)["attempts"][number]

    def wait_for_relay(self, gateway, sent):
        def relayed():
            notice = gateway.show(sent)
            return notice and notice["deliveries"][0]["state"] == "relayed"

        self.wait_until(relayed, "the relay")

    def wait_for_receipts(self, gateway, sent, *kinds):
        seen = []

        def there():
            notice = gateway.show(sent) or {"deliveries": [{"attempts": []}]}
            attempts = notice["deliveries"][0]["attempts"]
            seen[:] = [receipt["kind"] for each in attempts for receipt in each["receipts"]]
            return set(kinds) <= set(seen)

        self.wait_until(there, lambda: f"receipts {kinds}; last seen {seen}")
        return {receipt["kind"]: receipt for receipt in self.attempt(gateway, sent)["receipts"]}

    def report_url(self, notice_id, attempt, query, key=REPORT_KEY):
        what = f"sms report {notice_id}.{attempt}".encode()
        code = hmac.new(key.encode(), what, hashlib.sha256).hexdigest()[:32]
        return f"http://127.0.0.1:{self.report_port}/sms/reports/{notice_id}/{attempt}/{code}?{query}"


class Carrier(Kannels):
    def test_the_carriers_acceptance_is_the_sending_and_its_id_is_kept(self):
        kannel = self.kannel()
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone())
        gateway.submit(sent)
        notice = gateway.wait_for(sent)
        receipts = self.wait_for_receipts(gateway, sent, "accepted", "part_delivered")
        self.assertRegex(receipts["accepted"]["provider_id"], r"^carrier-\d+$")
        self.assertIn("stat:DELIVRD", receipts["part_delivered"]["report"])
        attempt = self.attempt(gateway, sent)
        self.assertEqual(attempt["outcome"], "sent")
        self.assertEqual(attempt["provider_id"], receipts["accepted"]["provider_id"])
        self.assertIn("0: Accepted for delivery", attempt["reply"])
        self.assertEqual(notice["deemed_by"]["channel"], "sms")
        self.assertIsNotNone(notice["deemed_delivered_on"])
        self.assertFalse(notice["sandbox"])
        self.assertEqual(self.delivery(gateway, sent)["state"], "sent")

    def test_the_phone_shows_exactly_what_was_recorded(self):
        kannel = self.kannel()
        gateway = self.relayed_gateway(kannel).start()
        symbols = progress(phone(), progress="1€ @£$ {a|b}~[c]^\\ ßüñ ΔΩ 😀𠮷 & + %41")
        chinese = progress(phone())
        gateway.submit(chinese, symbols)
        for sent in (chinese, symbols):
            notice = gateway.wait_for(sent)
            recorded = gateway.bytes_of("show", notice["notice_id"], "--raw", "sms").decode()
            to = sent["recipient"]["phone"]
            self.assertEqual(kannel.text_for(to), recorded)
            parts = [each for each in kannel.submitted() if each["to"] == to.lstrip("+")]
            self.assertEqual({each["coding"] for each in parts}, {8})
            self.assertEqual({each["parts"] for each in parts}, {len(parts)})
        self.assertIn("😀𠮷 & + %41", kannel.text_for(symbols["recipient"]["phone"]))

    def test_a_refusal_is_a_failure_and_no_sending(self):
        kannel = self.kannel()
        gateway = self.relayed_gateway(kannel).start()
        refused, half = progress(phone("91")), progress(phone("92"), progress="很长的进展" * 40)
        gateway.submit(refused, half)
        for sent in (refused, half):
            notice = gateway.wait_for(sent, "failed")
            self.assertIsNone(notice["deemed_delivered_on"])
            receipts = self.wait_for_receipts(gateway, sent, "refused")
            self.assertNotIn("accepted", receipts)
            self.assertTrue(receipts["refused"]["report"].startswith("NACK/"))
            self.assertEqual(self.attempt(gateway, sent)["outcome"], "permanent_failure")
        parts = [e for e in kannel.submitted() if e["to"] == half["recipient"]["phone"].lstrip("+")]
        self.assertGreater(len(parts), 1, "one part of a long message was taken, and that is no sending")

    def test_what_is_undeliverable_stays_sent_on_its_date(self):
        kannel = self.kannel()
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone("93"))
        gateway.submit(sent)
        self.wait_for_receipts(gateway, sent, "accepted", "undelivered")
        notice = gateway.show(sent)
        self.assertEqual(notice["state"], "deemed_delivered")
        self.assertIsNotNone(notice["deemed_delivered_on"])

    def test_a_carrier_that_is_away_leaves_it_unknown_until_its_late_report(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel, report_timeout="2s").start()
        sent = progress(phone())
        gateway.submit(sent)
        notice = gateway.wait_for(sent, "held")
        self.assertIsNone(notice["deemed_delivered_on"])
        self.assertIsNone(notice["sent_anything"])
        self.assertEqual(notice["next_actor"], "operator")
        self.assertEqual(self.attempt(gateway, sent)["outcome"], "unknown")
        kannel.start_carrier()
        notice = gateway.wait_for(sent)
        self.assertEqual(self.attempt(gateway, sent)["outcome"], "sent")
        receipts = self.wait_for_receipts(gateway, sent, "accepted", "part_delivered")
        self.assertEqual(notice["deemed_delivered_at"], receipts["accepted"]["at"], "dated when it was read")
        self.assertEqual(len(kannel.submitted()), kannel.submitted()[0]["parts"], "sent once")

    def test_reports_that_come_while_the_gateway_is_away_come_again(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel, report_timeout="1h").start()
        sent = progress(phone())
        gateway.submit(sent)
        self.wait_for_relay(gateway, sent)
        gateway.kill()
        kannel.start_carrier()
        self.wait_until(kannel.submitted, "the carrier")
        gateway.start()
        gateway.wait_for(sent)
        self.assertEqual(len(self.delivery(gateway, sent)["attempts"]), 1)

    def test_the_fake_carriers_reports_in_whatever_order_are_one_sending(self):
        kannel = self.kannel(carrier="fake")
        gateway = self.relayed_gateway(kannel).start()
        requests = [progress(phone()) for _ in range(20)]
        gateway.submit(*requests)
        gateway.wait_for_count(20, "--state", "deemed_delivered")
        for sent in requests:
            self.wait_for_receipts(gateway, sent, "accepted", "part_delivered")
            self.assertEqual(len(self.delivery(gateway, sent)["attempts"]), 1)


class Reports(Kannels):
    def test_a_report_is_taken_once_and_only_with_our_code(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone())
        gateway.submit(sent)
        self.wait_for_relay(gateway, sent)
        notice_id = gateway.show(sent)["notice_id"]
        accepted = "step=8&id=c-1&answer=ACK%2F&smsc=CARRIER&at=1"
        self.assertEqual(ask(self.report_url(notice_id, 1, accepted, key="not the key")), 403)
        self.assertEqual(ask(self.report_url(notice_id, 1, "step=99")), 400)
        self.assertEqual(ask(self.report_url(notice_id, 2, accepted)), 404)
        self.assertEqual(ask(self.report_url("0" * 26, 1, accepted)), 404)
        self.assertEqual(self.delivery(gateway, sent)["state"], "relayed")
        for _ in range(3):
            self.assertEqual(ask(self.report_url(notice_id, 1, accepted)), 200)
        notice = gateway.wait_for(sent)
        self.assertEqual(len(self.attempt(gateway, sent)["receipts"]), 1)
        self.assertEqual(self.attempt(gateway, sent)["receipts"][0]["report"], "ACK/\n" + accepted)
        # What comes after the sending changes neither its date nor its state.
        self.assertEqual(ask(self.report_url(notice_id, 1, "step=16&answer=NACK")), 200)
        later = gateway.show(sent)
        self.assertEqual(later["state"], "deemed_delivered")
        self.assertEqual(later["deemed_delivered_at"], notice["deemed_delivered_at"])
        self.assertNotIn(REPORT_KEY, gateway.log())
        self.assertNotIn(sent["recipient"]["phone"], gateway.log())

    def test_one_part_of_a_long_message_delivered_is_no_sending(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone())
        gateway.submit(sent)
        self.wait_for_relay(gateway, sent)
        url = self.report_url(gateway.show(sent)["notice_id"], 1, "step=1&parts=3&answer=ok")
        self.assertEqual(ask(url), 200)
        self.wait_for_receipts(gateway, sent, "part_delivered")
        self.assertEqual(self.delivery(gateway, sent)["state"], "relayed")

    def test_delivered_without_accepted_is_a_sending(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone())
        gateway.submit(sent)
        self.wait_for_relay(gateway, sent)
        self.assertEqual(ask(self.report_url(gateway.show(sent)["notice_id"], 1, "step=1&answer=ok")), 200)
        gateway.wait_for(sent)


class Trouble(Kannels):
    def test_a_kannel_that_is_away_costs_nothing_but_time(self):
        kannel = self.kannel()
        kannel.stop_program("smsbox")
        gateway = self.relayed_gateway(kannel).start()
        sent = progress(phone())
        gateway.submit(sent)
        self.wait_until(lambda: gateway.show(sent), "the notice")
        self.wait_until(lambda: self.delivery(gateway, sent)["attempts"], "an attempt")
        self.wait_until(lambda: self.attempt(gateway, sent)["outcome"], "its end")
        self.assertEqual(self.attempt(gateway, sent)["outcome"], "transient_failure")
        self.assertEqual(self.attempt(gateway, sent)["code"], "connect_failed")
        configuration = kannel.folder / "kannel.conf"
        kannel.run("smsbox", "/usr/sbin/smsbox", configuration)
        gateway.wait_for(sent, seconds=90)

    def test_doctor_tells_a_wrong_login_from_a_right_one(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel)
        findings = {each["check"]: each for each in gateway.json("doctor")}
        self.assertEqual(findings["sms"]["health"], "ok", findings["sms"])
        (gateway.folder / "password").write_text("another-secret\n")
        done = gateway.run("doctor", "--json")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("refuses our login", done.stdout)
        self.assertNotIn("another-secret", done.stdout)
        self.assertEqual(kannel.programs["bearerbox"].process.poll(), None)

    def test_serve_refuses_a_port_that_somebody_has(self):
        kannel = self.kannel(carrier_up=False)
        gateway = self.relayed_gateway(kannel, report_listen=f"127.0.0.1:{kannel.ports['sendsms']}")
        done = gateway.run("serve")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("[channels.sms] report_listen", done.stderr)
