"""Replays as jobs: which there are, how a person stops one, and what one does to what still waits."""

from support.operators import OperatorCase, Person
from support.requests import terms_change

WHY = ("--reason", "the policy was mended", "--yes", "--operator", "wang")
FAILED = ("replay", "--state", "failed", "--code", "550")
STOP = ("--reason", "the wrong notices", "--operator", "li")


class Jobs(OperatorCase):
    def job(self, gateway, job):
        return self.order_json(gateway, "jobs", "show", job)

    def check_as_before(self, gateway, requests):
        for request in requests:
            shown = gateway.wait_for(request, "failed")
            self.check_answers(shown, sent=False, safe=True, actor="operator")
            self.assertEqual(shown["deliveries"][0]["reason"], "refused")

    def test_a_replay_is_listed_and_shown(self):
        gateway = self.mailing_gateway().start()
        self.assertIn("There was no replay yet.", gateway.run("jobs").stderr)
        self.refused(gateway, *[terms_change() for _ in range(3)])
        job = self.order_json(gateway, *FAILED, *WHY)["job"]
        (listed,) = self.order_json(gateway, "jobs")
        self.assertEqual(listed, self.job(gateway, job))
        self.assertEqual((listed["job"], listed["state"]), (job, "done"))
        self.assertEqual((listed["deliveries"], listed["settled"], listed["sent"]), (3, 3, 3))
        self.assertEqual((listed["asked"]["operator"], listed["asked"]["reason"]), ("wang", WHY[1]))
        self.assertEqual(listed["select"], {"state": "failed", "code": "550"})
        self.assertIsNone(listed["stopped"])
        page = gateway.run("jobs").stdout
        row = rf"{job} +\S+Z +wang +done +3 of 3 +--state failed --code 550 +the policy was mended"
        self.assertRegex(page, row)
        self.assertRegex(gateway.run("--lang", "zh", "jobs").stdout, rf"{job} +\S+Z +wang +已完成 +3/3")
        self.assertIn("has ended", self.order(gateway, "jobs", "stop", job, *STOP, code=1))
        self.assertIn("`duenotice jobs` lists them", self.order(gateway, "jobs", "show", "01J", code=3))
        self.order(gateway, "jobs", "stop", job, code=2)

    def test_what_a_stopped_replay_had_not_sent_is_as_it_was(self):
        gateway = self.mailing_gateway(retry={"schedule": ["1s"]}).start()
        requests = [terms_change() for _ in range(12)]
        self.refused(gateway, *requests)
        self.server.stop()
        command = Person(gateway, *FAILED, *WHY)
        self.wait_until(lambda: "breaker_opened" in gateway.log(), "the breaker to open")
        (job,) = self.order_json(gateway, "jobs")
        self.assertEqual((job["state"], job["sent"]), ("running", 0))
        self.order(gateway, "jobs", "stop", job["job"], *STOP)
        self.assertEqual(command.end(), 0, command.screen)
        self.check_as_before(gateway, requests)
        chinese = gateway.run("--lang", "zh", "show", *[requests[0][key] for key in ("source", "id")]).stdout
        self.assertIn("从重发中撤回  渠道 邮件，原因 被拒收", chinese)
        self.server.start()
        shown = self.job(gateway, job["job"])
        self.assertEqual((shown["state"], shown["passed_over"]), ("stopped", {"replay_stopped": 12}))
        self.assertEqual((shown["stopped"]["operator"], shown["stopped"]["reason"]), ("li", STOP[1]))
        self.assertIn("stopped already", self.order(gateway, "jobs", "stop", job["job"], *STOP, code=1))
        again = self.order(gateway, *FAILED, *WHY, code=2)
        self.assertIn("stopped by a person", again)
        self.assertEqual(self.server.copies(), {})
        done = self.order_json(gateway, *FAILED, "--reason", "now really", "--yes")
        self.assertEqual(done["sent"], 12)
        self.assertEqual(set(self.server.copies().values()), {1})

    def test_a_stop_is_durable_wherever_the_gateway_is_killed(self):
        gateway = self.mailing_gateway().start()
        requests = [terms_change() for _ in range(10)]
        self.refused(gateway, *requests)
        command = Person(gateway, *FAILED, *WHY, "--rate", "2")
        self.wait_until(lambda: len(self.server.envelopes) >= 2, "some to be sent")
        (job,) = self.order_json(gateway, "jobs")
        gateway.kill()
        self.assertEqual(command.end(), 4)
        # Nobody runs: it is written down, and holds from the first moment of the next start.
        self.assertIn("No gateway is running", self.order(gateway, "jobs", "stop", job["job"], *STOP))
        sent = len(self.server.envelopes)
        gateway.start()
        self.wait_until(lambda: self.job(gateway, job["job"])["under_way"] == 0, "what was under way to end")
        shown = self.job(gateway, job["job"])
        self.assertEqual(shown["state"], "stopped")
        states = [gateway.show(each)["state"] for each in requests]
        self.assertEqual(set(states) - {"deemed_delivered", "failed", "held"}, set())
        self.assertEqual(states.count("deemed_delivered") + states.count("held"), sent)
        self.assertGreater(states.count("failed"), 0)
        self.assertEqual(len(self.server.envelopes), sent, "nothing more was sent")

    def test_a_corrected_address_takes_effect_on_what_still_waits(self):
        gateway = self.mailing_gateway(retry={"schedule": ["1h"]})
        self.server.refusal = "450 4.2.1 try again later"
        gateway.start()
        request = terms_change()
        gateway.submit(request)
        shown = gateway.wait_for(request, "sending")

        def first_outcome():
            return gateway.show(request)["deliveries"][0]["attempts"][0]["outcome"]

        self.wait_until(first_outcome, "its first attempt to end")
        corrected = ("replay", shown["notice_id"], "--email", "moved@customer.example")
        counted = self.order(gateway, *corrected, "--dry-run")
        self.assertIn("Corrected: 1 of these wait to be sent anyway", counted)
        self.server.refusal = None
        self.assertEqual(self.order_json(gateway, *corrected, *WHY)["sent"], 1)
        shown = gateway.wait_for(request)
        self.assertEqual([each["revision"] for each in shown["deliveries"][0]["attempts"]], [1, 2])
        self.assertEqual(list(self.server.copies().values()), [1])
