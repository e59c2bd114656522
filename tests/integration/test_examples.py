"""The example producers, as their README runs them, against a real broker."""

import json
import os
import subprocess
import sys
import tempfile

from support import broker as rabbitmq
from support.case import GatewayCase
from support.gateway import ENVIRONMENT, ROOT
from support.node_modules import installed

EXAMPLES = ROOT / "queue/examples"


class Examples(GatewayCase):
    def setUp(self):
        self.server = self.mail_server()
        self.queue = self.broker()
        self.duenotice = self.gateway(
            queue=self.queue.section(), channels_email={"url": self.server.url, "tls": "off"}
        ).start()
        self.queue.wait_for_queue()
        self.request = json.loads((EXAMPLES / "request.json").read_text())

    def file(self, **changes):
        """The examples' request with changes, in a file that is gone at the end."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        name = os.path.join(folder.name, "request.json")
        with open(name, "w", encoding="utf-8") as file:
            json.dump({**self.request, **changes}, file)
        return name

    def run_example(self, *command, seconds=60):
        names = {
            "AMQP_URL": rabbitmq.url(),
            "REQUESTS": self.queue.requests,
            "EVENTS": self.queue.events,
            "SERVICE_QUEUE": self.queue.service,
        }
        return subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, env={**ENVIRONMENT, **names}
        )

    def check_example(self, *command):
        done = self.run_example(*command, EXAMPLES / "request.json")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        published, accepted, deemed = done.stdout.splitlines()
        notice = self.duenotice.json("list")[0]
        self.assertEqual(published, f"published {notice['request_id']}")
        self.assertEqual(accepted, f"accepted as notice {notice['notice_id']}")
        self.assertEqual(deemed, f"deemed delivered on {notice['deemed_delivered_on']} (Asia/Shanghai)")
        self.server.wait_for(self.request["recipient"]["email"])

        done = self.run_example(*command, self.file(account_id=7))
        self.assertEqual((done.returncode, done.stderr), (1, ""), done.stdout)
        self.assertIn(
            'rejected, wrong_type at "/account_id": the field account_id must be a string', done.stdout
        )

        # What fails is said, and the example waits on: an operator's replay ends it.
        address = "refused@customer.example"
        self.server.replies[address] = ["550 5.1.1 no such user"]
        waiting = self.file(id="waiting", recipient={**self.request["recipient"], "email": address})
        answer = []
        example = self.in_background(lambda: answer.append(self.run_example(*command, waiting)))
        self.duenotice.wait_for({"source": self.request["source"], "id": "waiting"}, state="failed")
        failed = self.duenotice.json("list", "--state", "failed")[0]
        replayed = self.duenotice.run(
            "replay", failed["notice_id"], "--reason", "the address is there now", "--yes"
        )
        self.assertEqual(replayed.returncode, 0, replayed.stderr)
        example.join(60)
        self.assertEqual(answer[0].returncode, 0, answer[0].stderr)
        self.assertIn("failed (email refused 550); next: operator. Every attempt so far", answer[0].stdout)
        self.assertIn("deemed delivered on", answer[0].stdout)

    def test_python(self):
        self.check_example(sys.executable, EXAMPLES / "python/notify.py")

    def test_node(self):
        self.check_example("node", installed(EXAMPLES / "node") / "notify.js")

    def test_a_queue_that_is_not_there_is_an_error(self):
        self.queue.listen()
        self.queue.requests += ".missing"
        for command in (
            (sys.executable, EXAMPLES / "python/notify.py"),
            ("node", installed(EXAMPLES / "node") / "notify.js"),
        ):
            done = self.run_example(*command, EXAMPLES / "request.json")
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertNotIn("published", done.stdout)
