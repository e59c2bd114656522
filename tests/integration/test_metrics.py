"""What a Prometheus sees: its own client's parser reads the page."""

import contextlib
import pathlib
import re
import socket
import unittest
import urllib.error
import urllib.request

from support.case import GatewayCase
from support.mail_server import free_port
from support.requests import terms_change
from support.time_stamp_authority import TimeStampAuthority

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


class Metrics(GatewayCase):
    def setUp(self):
        try:
            from prometheus_client import parser
        except ImportError as missing:
            raise unittest.SkipTest(f"needs python3-prometheus-client: {missing}") from missing
        self.parser = parser
        self.port = free_port()

    def watched(self, **sections):
        return self.gateway(metrics={"listen": f"127.0.0.1:{self.port}"}, **sections).start()

    def confirmed(self):
        """One whose seals are to be confirmed by a TSA and a witness, which are both away."""
        tsa = TimeStampAuthority()
        self.addCleanup(tsa.close)
        gateway = self.logged()
        gateway.stop()
        made = gateway.run("witness", "init", "--name", "w.example.org", "--key", gateway.folder / "w.key")
        nowhere = "http://127.0.0.1:1"
        policy = gateway.folder / "policy"
        policy.write_text(f"log {gateway.vkey}\nwitness gone {made.stdout.strip()} {nowhere}\nquorum gone\n")
        gateway.configure(
            evidence={"witnesses": str(policy)},
            **{"evidence.tsa.gone": {"url": nowhere, "roots": str(tsa.root)}},
        )
        pathlib.Path(gateway.journal + ".seals").unlink()
        return gateway.start()

    def logged(self):
        """A watched gateway that keeps an evidence log."""
        gateway = self.gateway(
            metrics={"listen": f"127.0.0.1:{self.port}"},
            evidence={"origin": "notices.example.com/log", "interval": "100ms"},
        )
        gateway.vkey = gateway.run("log", "init").stdout.strip()
        return gateway.start()

    def page(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30) as answer:
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            return answer.read().decode()

    def samples(self):
        """{name: {(label, value, …): number}}"""
        found = {}
        for family in self.parser.text_string_to_metric_families(self.page()):
            self.assertTrue(family.documentation, f"{family.name} has no HELP")
            for sample in family.samples:
                labels = tuple(value for _, value in sorted(sample.labels.items()))
                found.setdefault(sample.name, {})[labels] = sample.value
        return found

    def wait_for(self, name, labels, value):
        def reached():
            samples = self.samples()
            return samples if samples.get(name, {}).get(labels) == value else None

        return self.wait_until(reached, lambda: f"{name}{labels} to be {value}; {self.samples().get(name)}")

    def test_a_gateway_that_is_well(self):
        gateway = self.watched(channels_sms={"url": f"sandbox:{self.gateway().folder}/sms"})
        before = self.samples()
        self.assertEqual(before["duenotice_attempts_total"][("email", "sent")], 0, "it counts from 0")
        requests = [terms_change() for _ in range(3)]
        gateway.submit(*requests, {"id": "wrong"})
        gateway.wait_for_count(3, "--state", "deemed_delivered")
        samples = self.wait_for("duenotice_notices", ("deemed_delivered",), 3)
        self.assertEqual(samples["duenotice_attempts_total"][("email", "sent")], 3)
        self.assertEqual(samples["duenotice_deemed_delivered_total"][("email",)], 3)
        self.assertEqual(samples["duenotice_requests_accepted_total"][()], 3)
        self.assertEqual(samples["duenotice_requests_rejected_total"], {("missing_field",): 1})
        self.assertEqual(samples["duenotice_rejections_open"][()], 1)
        self.assertEqual(samples["duenotice_queue_messages"][()], 0)
        self.assertEqual(samples["duenotice_queue_up"][()], 1)
        self.assertGreater(samples["duenotice_last_intake_timestamp_seconds"][()], 1e9)
        self.assertGreater(samples["duenotice_commit_duration_seconds_count"][()], 3)
        self.assertGreater(samples["duenotice_journal_free_bytes"][()], 1e6)
        self.assertEqual(samples["duenotice_breaker_state"][("email", "closed")], 1)
        self.assertEqual(samples["duenotice_breaker_state"][("email", "open")], 0)
        self.assertEqual(samples["duenotice_oldest_waiting_age_seconds"][("email",)], 0)
        self.assertEqual(samples["duenotice_oldest_open_notice_age_seconds"][()], 0)
        self.assertEqual(list(samples["duenotice_build_info"].values()), [1])
        self.assertNotIn("duenotice_status_event_age_seconds", samples, "nobody is told with this queue")
        self.assertNotIn("duenotice_log_size", samples, "no log is kept")
        self.assertEqual(gateway.json("status")["gateway"]["metrics"], f"127.0.0.1:{self.port}")

    def test_the_alerts_of_the_readme_are_on_metrics_that_are_there(self):
        advised = set(re.findall(r"\bduenotice_[a-z][a-z_]+", README.read_text()))
        self.assertGreater(len(advised), 10)
        with_broker = {"duenotice_status_event_age_seconds"}
        self.confirmed()
        self.assertEqual(advised - with_broker - set(self.samples()), set())

    def test_those_who_confirm_the_seals_and_fail(self):
        self.confirmed()
        tsa, witness = "duenotice_log_tsa_failing_seconds", "duenotice_log_witness_failing_seconds"
        self.wait_until(
            lambda: (seen := self.samples()) and seen[tsa][("gone",)] > 0 and seen[witness][("gone",)] > 0,
            "both to be missed",
        )
        samples = self.samples()
        self.assertEqual(samples["duenotice_log_stamps_waiting"][("gone",)], 1)
        self.assertEqual(samples["duenotice_log_seal_witnessed"][()], 0)

    def test_how_far_the_evidence_log_is(self):
        gateway = self.logged()
        request = terms_change()
        gateway.submit(request)
        events = 1 + len(gateway.wait_for(request)["events"])
        samples = self.wait_for("duenotice_log_size", (), events)
        self.assertEqual(samples["duenotice_log_unpublished_age_seconds"][()], 0)
        self.assertEqual(samples["duenotice_log_broken"][()], 0)
        samples = self.wait_for("duenotice_log_seals", (), 1)
        self.assertEqual(samples["duenotice_log_seal_failing_seconds"][()], 0)
        self.assertEqual(samples["duenotice_log_seal_witnessed"][()], 1, "no witness is asked for")
        gateway.stop()
        # Without what remembers the head nothing may be signed.
        pathlib.Path(gateway.journal + ".heads").unlink()
        gateway.start()
        self.wait_for("duenotice_log_broken", (), 1)
        request = terms_change()
        gateway.submit(request)
        gateway.wait_for(request)
        self.wait_until(
            lambda: self.samples()["duenotice_log_unpublished_age_seconds"][()] > 0, "the log to be behind"
        )
        self.assertEqual(self.samples()["duenotice_log_size"][()], events)

    def test_a_provider_that_is_away_shows_in_its_breaker_and_in_what_waits(self):
        away = {"url": f"smtp://127.0.0.1:{free_port()}", "tls": "off", "connections": 1}
        gateway = self.watched(channels_email=away)
        gateway.submit(*[terms_change() for _ in range(8)])
        samples = self.wait_for("duenotice_breaker_state", ("email", "open"), 1)
        self.assertGreaterEqual(samples["duenotice_attempts_total"][("email", "transient_failure")], 5)
        self.assertEqual(samples["duenotice_breaker_opened_total"][("email",)], 1)

        def waiting():
            samples = self.samples()
            deliveries = samples["duenotice_deliveries"]
            waits = deliveries[("email", "due")] + deliveries[("email", "later")]
            return waits == 8 and samples["duenotice_oldest_waiting_age_seconds"][("email",)] > 0

        self.wait_until(waiting, "all eight to wait, and the oldest one to grow older")
        self.assertGreater(self.samples()["duenotice_oldest_open_notice_age_seconds"][()], 0)

    def test_a_port_that_is_taken_does_not_stop_the_gateway(self):
        with contextlib.closing(socket.socket()) as other:
            other.bind(("127.0.0.1", self.port))
            other.listen()
            gateway = self.gateway(metrics={"listen": f"127.0.0.1:{self.port}"})
            self.assertIn("another program has", gateway.run("doctor").stdout)
            gateway.start()
            request = terms_change()
            gateway.submit(request)
            gateway.wait_for(request)
            self.assertIn('"event":"metrics_not_served"', gateway.log())
            self.assertIsNone(gateway.json("status")["gateway"]["metrics"])
            doctor = {each["check"]: each for each in gateway.json("doctor")}
            self.assertEqual(doctor["metrics"]["health"], "warning")

    def test_metrics_can_be_switched_off_and_answer_nothing_else(self):
        gateway = self.watched()
        for path in ("", "v1/status", "metrics/x"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=30)
            self.assertEqual(refused.exception.code, 404)
        gateway.stop()
        gateway.configure(metrics={"listen": "off"})
        gateway.start()
        with self.assertRaises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30)
        gateway.configure(metrics={"listen": "0.0.0.0:9464"})
        done = gateway.run("config", "check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("metrics", done.stderr)
