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
        """The lines of the script, the release's own: it does not come from the bundle."""
        command = ["sh", SCRIPT, self.bundle.trust]
        done = subprocess.run(command, cwd=folder, env=BARE, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        self.assertEqual(done.returncode, 1 if self.failed(lines) else 0, done.stdout + done.stderr)
        return lines

    @staticmethod
    def failed(lines):
        return [line.removeprefix("FAIL  ") for line in lines if line.startswith("FAIL")]

    def assert_found(self, check, line, changes=None):
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
        changes = {"notice/email-1.eml": forged}
        self.assert_found("messages", "notice/email-1.eml is what an event binds to", changes)

    def test_the_mark_of_a_sandbox_cannot_be_left_out(self):
        self.bundle.events[1]["sandbox"] = True
        self.bundle.facts["sandbox"] = True
        archive, folder = self.bundle.write()
        self.assertNotIn("fail", self.checks(archive).values())
        lines = self.script(folder)
        self.assertEqual(self.failed(lines), [])
        self.assertIn("pass  the legal date is 2026-07-01, of a SANDBOX", lines)
        self.bundle.facts["sandbox"] = False
        self.assert_found("legal_date", "the manifest says too that it was a SANDBOX")
        del self.bundle.facts["sandbox"]
        self.assert_found("legal_date", "the manifest says too that it was a SANDBOX")

    def test_each_check_finds_its_own_fault(self):
        for check, line, changes in (
            ("agreement", "the agreement is the one", {"agreement/agreement.toml": b"id = 2\n"}),
            ("layout", "note.txt has no place", {"note.txt": b""}),
            ("layout", "time/sealed-1.token has no place", {"time/sealed-1.token": b""}),
            ("layout", "log/other has no place", {"log/other": b""}),
            ("status", "STATUS.txt has the notice", {"STATUS.txt": "通知 / Notice: N\n\n\n".encode()}),
            ("export", "erds-evidence.json is what follows", {"export/erds-evidence.json": b"{}"}),
            ("messages", "notice/email-2.eml is what", {"notice/email-2.eml": b"the message"}),
            (
                "events",
                "of 0 events",
                dict.fromkeys(f"events/{i}.{end}" for i in (0, 1) for end in ("leaf", "tlog-proof")),
            ),
        ):
            with self.subTest(line):
                self.assert_found(check, line, changes)

    def test_what_the_manifest_says_is_what_the_log_says(self):
        right = dict(self.bundle.facts)
        for member, value in (
            ("tree_size", 3),
            ("state", "failed"),
            ("time_zone", "Europe/Berlin"),
            ("agreement", right["agreement"] | {"version": "2"}),
            ("another", "word"),
        ):
            with self.subTest(member):
                self.bundle.facts = right | {member: value}
                self.assert_found("manifest_facts", "size, agreement, state and time zone")
        self.bundle.facts = right | {"sandbox": True}
        self.assert_found("manifest_facts", "an event names the sandbox")

    def test_a_second_date_or_acceptance_and_a_wrong_number(self):
        accepted, deemed = self.bundle.events
        again = deemed | {"on": "2026-06-30"}
        for events in [accepted, deemed, again], [accepted, accepted, deemed], [deemed]:
            self.bundle.events = events
            self.bundle.facts["tree_size"] = len(events)
            self.assert_found("events", f"of {len(events)} events the first alone accepts it")
        self.bundle.events = [accepted, deemed | {"sequence": 3}]
        self.assert_found("events", "event 1 is in the log")
        lines = self.script(self.bundle.write()[1])
        self.assertTrue(any(line.startswith("not checked  messages, date") for line in lines), lines)
        self.assertFalse(any("legal date is" in line for line in lines), lines)

    def test_the_sums_name_every_file_and_the_script_says_what_it_leaves_open(self):
        _, folder = self.bundle.write()
        lines = self.script(folder)
        unchecked = "\n".join(line for line in lines if line.startswith("not checked"))
        for open_still in "witnesses", "time stamp", "seal from before":
            self.assertIn(open_still, unchecked)
        sums = folder / "SHA256SUMS"
        sums.write_text("".join(sums.read_text().splitlines(keepends=True)[1:]))
        failed = self.failed(self.script(folder))
        self.assertEqual(failed, ["SHA256SUMS names every file that is here, and no other"])

    def test_a_text_that_is_not_that_of_the_release_is_not_gone_by(self):
        archive, _ = self.bundle.write()
        self.assertEqual(self.checks(archive)["texts"], "pass")
        archive, folder = self.bundle.write({"verify.sh": b"echo Nothing failed.\n"})
        self.assertEqual(self.checks(archive)["texts"], "not_checked")
        self.assertIn("not checked  verify.sh is the word of the bundle's maker", self.script(folder))
