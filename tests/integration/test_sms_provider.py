"""SMS through an outside provider that a file describes: what each of its answers makes of a notice."""

import datetime
import itertools

from support.mail_server import free_port
from support.operators import OperatorCase
from support.requests import progress
from support.sms_provider import SECRET, SILENCE, SmsProvider, answer, self_signed

_numbers = itertools.count(1)


def phone():
    return f"+8613{next(_numbers):09d}"


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class OutsideProvider(OperatorCase):
    def setUp(self):
        self.sms_gateway = self.gateway(channels_email={"url": None, "from": None})
        self.to = phone()

    def provider(self, identity=None):
        provider = SmsProvider(self.sms_gateway.folder, identity)
        self.addCleanup(provider.stop)
        return provider

    def start(self, provider, **sms):
        self.sms_gateway.configure(channels_sms=provider.section(**sms))
        return self.sms_gateway.start()

    def delivery(self, gateway, sent):
        return gateway.show(sent)["deliveries"][0]

    def wait_for_attempt(self, gateway, sent, number=1):
        """The attempt of this number, once it has ended."""

        def ended():
            notice = gateway.show(sent)
            attempts = notice["deliveries"][0]["attempts"] if notice else []
            attempt = attempts[number - 1] if len(attempts) >= number else {"outcome": None}
            return attempt if attempt["outcome"] else None

        return self.wait_until(ended, f"the end of attempt {number}")

    def test_an_acceptance_with_its_id_is_the_sending(self):
        provider = self.provider()
        gateway = self.start(provider)
        sent = progress(self.to)
        gateway.submit(sent)
        notice = gateway.wait_for(sent)
        ((headers, message),) = provider.taken
        recorded = gateway.bytes_of("show", notice["notice_id"], "--raw", "sms").decode()
        self.assertEqual(
            message, {"from": "10690000", "to": [self.to], "text": recorded, "report": False}
        )
        self.assertEqual(headers["Authorization"], f"Bearer {SECRET}")
        self.assertEqual(headers["Idempotency-Key"], f"{notice['notice_id']}.1")
        (attempt,) = notice["deliveries"][0]["attempts"]
        self.assertEqual((attempt["outcome"], attempt["code"]), ("sent", "OK"))
        self.assertEqual(attempt["provider_id"], "m-1")
        self.assertIn('{"code": "OK"', attempt["reply"])
        self.assertEqual(notice["deemed_by"]["channel"], "sms")
        self.assertEqual(notice["deemed_delivered_at"], attempt["ended_at"])
        self.assertFalse(notice["sandbox"])

    def test_a_throttled_message_waits_as_long_as_the_provider_wants(self):
        provider = self.provider()
        gateway = self.start(provider)
        sent = progress(self.to)
        provider.answers[self.to] = [answer(429, "slow down", Retry_After=3600)]
        gateway.submit(sent)
        attempt = self.wait_for_attempt(gateway, sent)
        self.assertEqual((attempt["outcome"], attempt["code"]), ("transient_failure", "429"))
        self.assertIn("Retry-After: 3600", attempt["reply"])
        waits = instant(self.delivery(gateway, sent)["due_at"]) - instant(attempt["ended_at"])
        self.assertEqual(waits, datetime.timedelta(hours=1))
        gateway.run("retry", gateway.show(sent)["notice_id"])
        notice = gateway.wait_for(sent)
        self.assertEqual([each["revision"] for each in notice["deliveries"][0]["attempts"]], [1, 1])
        keys = {headers["Idempotency-Key"] for headers, _ in provider.taken}
        self.assertEqual(keys, {f"{notice['notice_id']}.1"}, "the provider can tell that it is the same")

    def test_a_business_error_inside_a_200_is_a_failure(self):
        provider = self.provider()
        gateway = self.start(provider)
        refused, limited = progress(self.to), progress(phone())
        provider.answers[self.to] = [
            answer(200, {"code": "INVALID_NUMBER", "message": f"{self.to} is no subscriber"})
        ]
        provider.answers[limited["recipient"]["phone"]] = [answer(200, {"code": "LIMIT_HOUR"})]
        gateway.submit(refused, limited)
        notice = gateway.wait_for(refused, "failed")
        self.assertIsNone(notice["deemed_delivered_on"])
        (attempt,) = notice["deliveries"][0]["attempts"]
        self.assertEqual((attempt["outcome"], attempt["code"]), ("permanent_failure", "INVALID_NUMBER"))
        self.assertEqual(notice["deliveries"][0]["reason"], "refused")
        self.check_answers(notice, False, True, "operator")
        notice = gateway.wait_for(limited)
        outcomes = [(each["outcome"], each["code"]) for each in notice["deliveries"][0]["attempts"]]
        self.assertEqual(outcomes, [("transient_failure", "LIMIT_HOUR"), ("sent", "OK")])
        self.assertNotIn("breaker_opened", gateway.log())
        self.assertNotIn(self.to, gateway.log())

    def unanswered_sms(self, gateway, provider):
        """A request that the provider took without a word: held."""
        sent = progress(phone())
        provider.answers[sent["recipient"]["phone"]] = [SILENCE]
        gateway.submit(sent)
        gateway.wait_for(sent, "held")
        return sent

    def test_no_answer_after_it_was_taken_is_held_until_a_person_says_what_became_of_it(self):
        provider = self.provider()
        gateway = self.start(provider, reply_timeout="1s")
        lost = self.unanswered_sms(gateway, provider)
        notice = gateway.show(lost)
        (attempt,) = notice["deliveries"][0]["attempts"]
        self.assertEqual((attempt["outcome"], attempt["code"]), ("unknown", "timeout_reply"))
        self.assertEqual(notice["deliveries"][0]["reason"], "outcome_unknown")
        self.assertIsNone(notice["deemed_delivered_on"])
        self.check_answers(notice, None, False, "operator")
        page = gateway.run("show", notice["notice_id"]).stdout
        self.assertIn("outcome_unknown", page)
        self.assertIn("timeout_reply", page)
        failed = gateway.run("failed").stdout
        self.assertIn("sms  held  outcome_unknown  code timeout_reply  1 delivery", failed)
        self.assertIn("nobody knows", failed)
        self.assertRegex(failed, r"resolve \S+ --channel sms --not-sent")
        self.assertEqual(len(provider.of(lost["recipient"]["phone"])), 1, "it is not sent again by itself")
        words = ("--channel", "sms", "--reason", "asked the provider")
        self.order(gateway, "resolve", notice["notice_id"], "--not-sent", *words)
        attempts = gateway.wait_for(lost)["deliveries"][0]["attempts"]
        self.assertEqual([each["outcome"] for each in attempts], ["unknown", "sent"])
        self.assertFalse(attempts[1]["possible_duplicate"])

        there = self.unanswered_sms(gateway, provider)
        evidence = gateway.folder / "statement.txt"
        evidence.write_text("We took it at 09:12.\n")
        confirmed = ("--provider-confirms", "taken at 09:12", "--evidence", evidence)
        self.order(gateway, "resolve", gateway.show(there)["notice_id"], *confirmed, *words)
        notice = gateway.wait_for(there, "failed")
        self.assertEqual(notice["deliveries"][0]["reason"], "provider_confirms")
        self.assertIsNone(notice["deemed_delivered_on"], "no answer that we read, no date of ours")
        self.assertIsNone(notice["sent_anything"])
        self.assertFalse(notice["resend_safe"]["safe"])
        self.assertEqual(len(provider.of(there["recipient"]["phone"])), 1)

    def test_what_nobody_understands_is_unknown(self):
        provider = self.provider()
        gateway = self.start(provider)
        says = {
            "200": answer(200, "<html>It works!</html>"),
            "accepted_without_id": answer(200, {"code": "OK", "messages": []}),
            "SOMETHING_NEW": answer(200, {"code": "SOMETHING_NEW"}),
            "302": answer(302, "", Location="http://127.0.0.1/elsewhere"),
            "not_http": b"220 mail.example ESMTP\r\n",
            "answer_too_large": answer(200, "x" * 2_000_000),
        }
        requests = {code: progress(phone()) for code in says}
        for code, sent in requests.items():
            provider.answers[sent["recipient"]["phone"]] = [says[code]]
        gateway.submit(*requests.values())
        for code, sent in requests.items():
            notice = gateway.wait_for(sent, "held")
            (attempt,) = notice["deliveries"][0]["attempts"]
            self.assertEqual((attempt["outcome"], attempt["code"]), ("unknown", code))
            self.assertIsNone(notice["deemed_delivered_on"])
            self.assertEqual(len(provider.of(sent["recipient"]["phone"])), 1)

    def test_a_provider_that_cannot_show_who_it_is_gets_nothing(self):
        certificate, key = self_signed(self.sms_gateway.folder)
        provider = self.provider((certificate, key))
        gateway = self.start(provider)
        sent = progress(self.to)
        gateway.submit(sent)
        attempt = self.wait_for_attempt(gateway, sent)
        self.assertEqual((attempt["outcome"], attempt["code"]), ("transient_failure", "tls_untrusted"))
        self.assertEqual(provider.taken, [])
        doctor = gateway.run("doctor")
        self.assertEqual(doctor.returncode, 1, doctor.stdout)
        self.assertRegex(doctor.stdout, r"Acme SMS at \S+ cannot be reached")
        gateway.stop()
        gateway.configure(channels_sms={"ca_file": str(certificate)})
        gateway.start()
        gateway.wait_for(sent)
        self.assertEqual(len(provider.of(self.to)), 1)

    def test_a_provider_that_is_away_got_nothing(self):
        provider = self.provider()
        section = provider.section()
        description = self.sms_gateway.folder / "provider.toml"
        away = f"http://127.0.0.1:{free_port()}/v2/messages"
        description.write_text(description.read_text().replace(provider.url, away))
        self.sms_gateway.configure(channels_sms=section)
        gateway = self.sms_gateway.start()
        sent = progress(self.to)
        gateway.submit(sent)
        attempt = self.wait_for_attempt(gateway, sent)
        self.assertEqual((attempt["outcome"], attempt["code"]), ("transient_failure", "connect_failed"))
        self.assertIs(gateway.show(sent)["sent_anything"], False)
