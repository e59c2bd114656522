"""What the maker of a bundle could sign although it is not so: `verify` and verify.sh find it by name."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from support.gateway import BINARY
from support.small_bundle import SCRIPT, SmallBundle

BARE = {"PATH": "/usr/bin:/bin"}


class BundleByHand(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bundle = SmallBundle(pathlib.Path(folder.name))

    def checks(self, archive):
        """{check: result} of the program."""
        command = [BINARY, "verify", archive, "--trust", self.bundle.trust, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=BARE)
        report = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0 if report["good"] else 1)
        return {check["check"]: check["result"] for check in report["checks"]}

    def script(self, folder):
        """The lines of the script, which does not come from the bundle."""
        command = ["sh", SCRIPT, self.bundle.trust]
        done = subprocess.run(command, cwd=folder, env=BARE, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        self.assertEqual(done.returncode, 1 if self.failed(lines) else 0, done.stdout + done.stderr)
        return lines

    @staticmethod
    def failed(lines):
        return [line.removeprefix("FAIL  ") for line in lines if line.startswith("FAIL")]

    def found(self, check, line, changes=None):
        """Both find it, under this name, and nothing else."""
        archive, folder = self.bundle.write(changes)
        results = self.checks(archive)
        self.assertEqual([name for name, result in results.items() if result == "fail"], [check])
        lines = self.failed(self.script(folder))
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(line, lines[0])

    def test_a_good_one_passes(self):
        archive, folder = self.bundle.write()
        self.assertNotIn("fail", self.checks(archive).values())
        self.assertEqual(self.failed(self.script(folder)), [])

    def test_a_message_that_another_field_was_opened_to(self):
        forged = b"another message"
        self.bundle.payloads[0, "evidence"] = forged
        archive, folder = self.bundle.write()
        self.assertNotIn("fail", self.checks(archive).values())
        self.assertEqual(self.failed(self.script(folder)), [])
        self.found("messages", "notice/email-1.eml is what an event binds to", {"notice/email-1.eml": forged})

    def test_the_mark_of_a_sandbox_cannot_be_left_out(self):
        self.bundle.events[1]["sandbox"] = True
        self.bundle.facts["sandbox"] = True
        archive, folder = self.bundle.write()
        self.assertNotIn("fail", self.checks(archive).values())
        lines = self.script(folder)
        self.assertEqual(self.failed(lines), [])
        self.assertIn("pass  the legal date is 2026-07-01, of a SANDBOX", lines)
        self.bundle.facts["sandbox"] = False
        self.found("legal_date", "the manifest says too that it was a SANDBOX")
        del self.bundle.facts["sandbox"]
        self.found("legal_date", "the manifest says too that it was a SANDBOX")
