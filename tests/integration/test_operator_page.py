"""The README's page for operators: its commands are run as they stand there, in the trouble it is about."""

import os
import re
import subprocess

from support.gateway import ENVIRONMENT, ROOT
from support.operators import OperatorCase, published
from support.requests import in_days, sample, terms_change

HEADING = "## For operators: the mail provider was down for two hours, what do I do?"
NOTICE_ID = re.compile(r"\b01[0-9A-HJKMNP-TV-Z]{24}\b")


def commands():
    """The lines of the page's `sh` blocks; what ends in a backslash goes on."""
    page = (ROOT / "README.md").read_text().split(HEADING + "\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)
    return [line for block in blocks for line in block.replace("\\\n", "").splitlines() if line]


class OperatorPage(OperatorCase):
    def test_its_commands_run_as_they_stand_there(self):
        gateway = self.mailing_gateway(
            retry={"schedule": ["1h"]}, on_unknown="hold", final_reply_timeout="1s"
        ).start()
        self.make_trouble(gateway)
        for command in commands():
            self.run_as_written(gateway, command)
        for tried in gateway.json("list", "--state", "sending"):  # in an hour they would come anyway
            self.order(gateway, "retry", tried["notice_id"])
        self.wait_until(lambda: not gateway.json("list", "--state", "sending"), "those tried before")
        states = {notice["notice_id"]: notice["state"] for notice in gateway.json("list")}
        confirmed = self.unknown[1]
        self.assertEqual(states.pop(confirmed), "failed", "its provider has it: no date of our own making")
        self.assertEqual(set(states.values()), {"deemed_delivered"}, states)
        self.assertEqual(gateway.json("show", confirmed)["acts"][0]["what"], "resolve_provider_confirms")
        self.assertGreater(gateway.json("show", self.late)["effective_date"], in_days(55))
        self.assertEqual(gateway.json("rejected", "--open"), [])

    def make_trouble(self, gateway):
        """Two refused, one too late, two unanswered, and more behind a provider that was away for a while."""
        self.refused(gateway, terms_change(), terms_change())
        late = published(sample("service_termination", effective_date=in_days(30)), 3)
        gateway.submit(late)
        self.late = gateway.wait_for(late["data"], "held")["notice_id"]
        self.unknown = list(reversed(self.unanswered(gateway, terms_change(), terms_change())))
        self.server.stop()
        gateway.submit(*(terms_change() for _ in range(12)))
        self.wait_until(lambda: "breaker_opened" in gateway.log(), "the breaker to open")
        self.server.start()
        self.wait_until(lambda: not gateway.json("list", "--state", "accepted"), "the breaker to close")
        (gateway.folder / "reply.eml").write_text("From: provider\n\nWe have had it since 09:12.\n")
        self.seen = []

    def run_as_written(self, gateway, command):
        """NOTICE_ID stands for the topmost notice of the list before it."""
        if "NOTICE_ID" in command:
            command = command.replace("NOTICE_ID", self.seen[0])
        path = os.path.dirname(gateway.binary) + os.pathsep + os.environ["PATH"]
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=gateway.folder,
            env={**ENVIRONMENT, "PATH": path, "DUENOTICE_CONFIG": str(gateway.config_file)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")
        if " list " in command:
            self.seen = NOTICE_ID.findall(done.stdout)
        return command, done.stdout, done.stderr
