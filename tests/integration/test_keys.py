"""The master key: where it is, what is without it, and how another takes its place."""

import pathlib

from support.case import GatewayCase
from support.requests import sample


class Keys(GatewayCase):
    def started(self):
        """A gateway that has sent a notice, its master key's file, and the notice."""
        gateway = self.gateway().start()
        request = sample("fund_freeze.en")
        gateway.submit(request)
        return gateway, pathlib.Path(f"{gateway.journal}.master.key"), gateway.wait_for(request)["notice_id"]

    def test_without_the_master_key_nothing_starts_and_what_is_sealed_is_not_shown(self):
        gateway, file, notice = self.started()
        self.assertIn("lies beside the journal", gateway.run("doctor").stdout)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        gateway.stop()
        key = file.read_text()
        file.unlink()
        refused = gateway.run("serve")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("the master key of the journal is missing", refused.stderr)
        self.assertIn("put it back from its backup", refused.stderr)
        shown = gateway.run("show", notice)
        self.assertIn("cannot be shown", shown.stderr)
        self.assertIn(notice, shown.stdout)
        raw = gateway.run("show", notice, "--raw", "email")
        self.assertNotEqual(raw.returncode, 0)
        self.assertIn("master key that is missing", raw.stderr)
        self.assertIn("put it back from its backup", gateway.run("doctor").stdout)
        self.assertIn("was not checked", gateway.run("doctor", "--deep").stdout)
        file.write_text(key)
        gateway.start()
        self.assertEqual(gateway.run("show", notice).stderr, "")

    def test_another_master_key_takes_over_beside_a_running_gateway(self):
        gateway, file, notice = self.started()
        (before,) = gateway.json("keys", "show")
        old = file.read_text()
        done = gateway.run("keys", "rotate", "--reason", "yearly change", "--operator", "li")
        self.assertIn("Keys now under the new master key: 2", done.stdout)
        aside = pathlib.Path(f"{file}.{before['id']}")
        self.assertIn(str(aside), done.stderr)
        self.assertEqual(aside.read_text(), old)
        (after,) = gateway.json("keys", "show")
        self.assertNotEqual(after["id"], before["id"])
        self.assertEqual((after["subjects"], after["at_hand"]), (2, True))
        second = sample("fund_freeze.en", account_id="another")
        gateway.submit(second)
        gateway.wait_for(second)
        gateway.stop()
        gateway.start()
        self.assertEqual(gateway.run("show", notice).stderr, "")
        self.assertIn("readable, all", gateway.run("doctor", "--deep").stdout)
        gateway.stop()
        again = gateway.run("keys", "rotate", "--reason", "without a gateway")
        self.assertIn("Keys now under the new master key: 3", again.stdout)
        self.assertEqual(gateway.run("show", notice).stderr, "")
