"""What `duenotice status` says, with a gateway and without one."""

import json
import re
import signal
import subprocess

from support.case import GatewayCase
from support.gateway import ENVIRONMENT
from support.mail_server import free_port
from support.requests import terms_change


class Status(GatewayCase):
    def status(self, gateway):
        done = gateway.run("status", "--json")
        return done.returncode, json.loads(done.stdout)

    def channel(self, gateway, name="email"):
        return next(each for each in self.status(gateway)[1]["channels"] if each["channel"] == name)

    def test_a_gateway_that_is_well(self):
        gateway = self.gateway(channels_sms={"url": f"sandbox:{self.folder_of()}"}).start()
        requests = [terms_change() for _ in range(3)]
        gateway.submit(*requests)
        gateway.wait_for_count(3, "--state", "deemed_delivered")
        gateway.submit({"id": "wrong"})
        gateway.wait_for_rejections(1)
        self.wait_until(lambda: self.status(gateway)[1]["dead_letters_waiting"] == 0, "the dead letter")
        code, status = self.status(gateway)
        self.assertEqual(code, 0)
        self.assertEqual(status["gateway"]["pid"], gateway.process.pid)
        self.assertEqual(status["gateway"]["taken_in"], 4)
        self.assertEqual(status["intake"], "running")
        self.assertEqual(status["notices"]["deemed_delivered"], 3)
        self.assertEqual(sum(status["notices"].values()), 3)
        self.assertEqual(status["rejections_open"], 1)
        self.assertEqual(status["queue"], {"kind": "embedded", "waiting": 0, "error": None})
        self.assertIsNone(status["oldest_open_ms"])
        self.assertGreaterEqual(status["last_commit_ms"], 0)
        self.assertEqual([each["channel"] for each in status["channels"]], ["email", "in_site", "sms"])
        self.assertEqual([each["sandbox"] for each in status["channels"]], [True, False, True])
        self.assertEqual({each["breaker"] for each in status["channels"]}, {"closed"})
        page = gateway.run("status").stdout
        self.assertRegex(page, r"Gateway +running for \d+ s \(since ")
        self.assertIn("takes requests", page)
        self.assertIn("3 deemed_delivered", page)
        self.assertIn("1 open: duenotice rejected", page)
        self.assertRegex(page, r"email SANDBOX +closed")
        chinese = gateway.run("--lang", "zh", "status").stdout
        self.assertRegex(chinese, r"邮件 沙箱 +闭合（正常）")
        words = re.sub(r"email|in_site|sms|duenotice rejected|ms|SANDBOX|T[\d:.]+Z", "", chinese)
        self.assertNotRegex(words, r"[A-Za-z]{3}", "everything is said in Chinese")

    def folder_of(self):
        return str(self.gateway().folder / "sms")

    def test_a_provider_that_is_away(self):
        keys = {"url": f"smtp://127.0.0.1:{free_port()}", "tls": "off", "connections": 1}
        gateway = self.gateway(channels_email=keys).start()
        requests = [terms_change() for _ in range(8)]
        gateway.submit(*requests)
        self.wait_until(lambda: self.channel(gateway)["breaker"] == "open", "the breaker to open")
        email = self.wait_until(
            lambda: (lambda each: each["due"] + each["later"] == 8 and each)(self.channel(gateway)),
            "all of them to wait",
        )
        self.assertIsNotNone(email["breaker_open_since"])
        self.assertEqual((email["failed"], email["held"]), (0, 0))
        status = self.status(gateway)[1]
        self.assertGreater(status["oldest_open_ms"], 0)
        self.assertEqual(status["notices"]["accepted"] + status["notices"]["sending"], 8)
        self.assertRegex(gateway.run("status").stdout, r"email +(open \(probes\)|probing) for \d+ s +")

    def test_without_a_gateway_it_says_so_and_shows_the_rest(self):
        gateway = self.gateway()
        code, status = self.status(gateway)
        self.assertEqual(code, 4)
        self.assertIsNone(status["gateway"])
        self.assertIn("no gateway is running", status["gateway_error"])
        self.assertIn("no journal", status["journal_error"])
        self.assertFalse((gateway.folder / "queue.db").exists(), "asking makes nothing")
        gateway.start()
        request = terms_change()
        gateway.submit(request)
        gateway.wait_for(request)
        self.assertEqual(gateway.stop(), 0)
        gateway.submit(terms_change(), terms_change())
        code, status = self.status(gateway)
        self.assertEqual(code, 4)
        self.assertEqual(status["intake"], "stopped")
        self.assertEqual(status["queue"]["waiting"], 2)
        self.assertEqual(status["notices"]["deemed_delivered"], 1)
        self.assertIsNone(status["journal_error"])
        self.assertEqual({each["breaker"] for each in status["channels"]}, {None})
        done = gateway.run("status")
        self.assertEqual(done.returncode, 4)
        self.assertIn("not running", done.stdout)
        self.assertIn("2 requests wait", done.stdout)
        self.assertTrue(done.stderr.startswith("duenotice: no gateway is running: "), done.stderr)

    # ---- whether it does its work: the same from status and doctor ----------

    def doctor(self, gateway, check="gateway"):
        done = gateway.run("doctor", "--json")
        findings = [each for each in json.loads(done.stdout) if each["check"] == check]
        return done.returncode, findings[0] if findings else None

    def ask(self, gateway, *words):
        """Begins a command: what waits for the same silence waits side by side."""
        pipe = subprocess.PIPE
        return subprocess.Popen(gateway.command(*words), stdout=pipe, stderr=pipe, text=True, env=ENVIRONMENT)

    def test_a_gateway_that_hangs_is_told_from_one_that_is_stopped(self):
        gateway = self.gateway().start()
        self.addCleanup(gateway.process.send_signal, signal.SIGCONT)
        gateway.process.send_signal(signal.SIGSTOP)
        reason = ("--reason", "nobody answers")
        asked = {
            "status": self.ask(gateway, "status", "--json"),
            "doctor": self.ask(gateway, "doctor", "--json"),
            "page": self.ask(gateway, "--lang", "zh", "status"),
            "order": self.ask(gateway, "cancel", "01J2Z0V7N3KJ6Q8M4T5W9XYABC", *reason),
        }
        told = {}
        for name, process in asked.items():
            told[name] = (*process.communicate(timeout=120), process.returncode)
        out, _, code = told["status"]
        status = json.loads(out)
        self.assertEqual((code, status["presence"], status["intake"]), (4, "hangs", "hangs"))
        self.assertIn("it hangs", status["gateway_error"])
        out, _, code = told["doctor"]
        (finding,) = [each for each in json.loads(out) if each["check"] == "gateway"]
        self.assertEqual((code, finding["health"]), (1, "problem"))
        self.assertIn("it HANGS", finding["message"])
        self.assertIn("systemctl restart duenotice", finding["message"])
        self.assertIn("卡死", told["page"][0])
        self.assertNotIn("未运行", told["page"][0])
        _, said, code = told["order"]
        self.assertEqual(code, 4, said)
        self.assertIn("it may still carry it out; look with `duenotice show` before", said)
        gateway.process.send_signal(signal.SIGCONT)
        self.wait_until(lambda: self.status(gateway)[1]["presence"] == "running", "it to go on")
        self.assertEqual(self.doctor(gateway)[1]["health"], "ok")

    def test_doctor_ends_with_a_problem_while_requests_wait_for_a_gateway_that_is_stopped(self):
        gateway = self.gateway()
        gateway.start()
        gateway.stop()
        code, finding = self.doctor(gateway)
        self.assertEqual((code, finding["health"]), (0, "warning"))
        self.assertIn("nothing waits for it", finding["message"])
        gateway.submit(terms_change(), terms_change())
        code, finding = self.doctor(gateway)
        self.assertEqual((code, finding["health"]), (1, "problem"))
        self.assertIn("2 requests wait in the queue and 0 deliveries are due", finding["message"])
        self.assertIn("systemctl start duenotice", finding["message"])
        self.assertIn("队列中有 2 个请求在等待", gateway.run("--lang", "zh", "doctor").stdout)

    def test_doctor_says_that_a_provider_is_away_and_what_becomes_of_it(self):
        keys = {"url": f"smtp://127.0.0.1:{free_port()}", "tls": "off", "connections": 1}
        gateway = self.gateway(channels_email=keys, retry={"schedule": ["1s"]}).start()
        gateway.submit(*[terms_change() for _ in range(8)])
        self.wait_until(lambda: self.channel(gateway)["breaker"] == "open", "the breaker to open")
        code, finding = self.doctor(gateway, "breaker")
        self.assertEqual((code, finding["health"]), (1, "problem"))
        self.assertIn("email sends nothing since", finding["message"])
