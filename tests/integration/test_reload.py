"""SIGHUP: the agreements anew, all of them or none."""

import email
import email.policy
import json
import pathlib
import shutil
import signal

from support.case import GatewayCase
from support.gateway import ROOT
from support.requests import USER_AGREEMENT, terms_change

USED = "2022-10-10"
NEW = "2026-01-01"
OLD, CHANGED = "What has changed", "What is different"


class Reload(GatewayCase):
    def setUp(self):
        self.server = self.mail_server()
        self.duenotice = self.gateway(
            channels_email={"url": self.server.url, "tls": "off"}, channels_in_site={"enabled": False}
        )
        self.folder = self.duenotice.folder / "agreements"
        shutil.copytree(ROOT / "templates/agreements", self.folder)
        self.duenotice.configure(agreements={"path": str(self.folder)})
        self.duenotice.start()

    def version(self, name):
        return self.folder / USER_AGREEMENT / name

    def add_version(self, name):
        """A copy of the used version in which the texts have another headline."""
        shutil.copytree(self.version(USED), self.version(name))
        for file in self.version(name).iterdir():
            text = file.read_text()
            text = text.replace(USED, name) if file.name == "agreement.toml" else text.replace(OLD, CHANGED)
            file.write_text(text)

    def reload(self, word):
        """SIGHUP, until the log has one `word` more."""
        before = self.duenotice.log().count(word)
        self.duenotice.process.send_signal(signal.SIGHUP)
        self.wait_until(lambda: self.duenotice.log().count(word) > before, word)

    def agreements(self):
        return self.duenotice.json("status")["gateway"]["agreements"]

    def send(self, **changes):
        """The notice of a request, and what its mail says."""
        request = terms_change(**changes)
        self.duenotice.submit(request)
        notice = self.duenotice.wait_for(request)
        mail = self.server.wait_for(request["recipient"]["email"]).original_content
        parsed = email.message_from_bytes(mail, policy=email.policy.default)
        return notice, parsed.get_body(("plain",)).get_content()

    def test_a_new_version_is_in_force_at_once_and_the_old_one_stays_usable(self):
        self.assertEqual(self.agreements()["last_reload"], None)
        self.assertEqual(self.send()[0]["agreement_version"], USED)
        self.add_version(NEW)
        self.reload('"agreements_reloaded"')
        self.assertTrue(self.agreements()["last_reload"]["replaced"])
        self.assertEqual(self.agreements()["versions"], 3)
        notice, words = self.send()
        self.assertEqual(notice["agreement_version"], NEW)
        self.assertIn(CHANGED, words)
        notice, words = self.send(agreement_version=USED)
        self.assertEqual(notice["agreement_version"], USED)
        self.assertIn(OLD, words)

    def test_a_notice_under_way_keeps_its_version(self):
        self.server.hold_answers()
        request = terms_change()
        self.duenotice.submit(request)
        self.wait_until(lambda: len(self.server.envelopes) == 1, "the message on the wire")
        self.add_version(NEW)
        self.reload('"agreements_reloaded"')
        self.server.release_answers()
        self.assertEqual(self.duenotice.wait_for(request)["agreement_version"], USED)

    def test_with_mistakes_everything_stays_and_every_mistake_is_told(self):
        self.add_version(NEW)
        for number, name in enumerate(["terms_change.email.en.txt", "terms_change.email.zh-CN.txt"]):
            file = self.version(NEW) / name
            file.write_text(file.read_text() + f"\n{{{{nobody_knows_{number}}}}}\n")
        self.reload('"agreements_kept"')
        told = [json.loads(line) for line in self.duenotice.log().splitlines() if "agreement_mistake" in line]
        self.assertEqual(
            {pathlib.Path(each["file"]).name for each in told},
            {"terms_change.email.en.txt", "terms_change.email.zh-CN.txt"},
        )
        self.assertTrue(all(each["line"] > 0 for each in told))
        last = self.agreements()["last_reload"]
        self.assertEqual((last["replaced"], last["mistakes"]), (False, len(told)))
        page = self.duenotice.run("status").stdout
        self.assertRegex(page, r"the reload \d+ s ago was REFUSED \(mistakes: \d+\).*terms_change\.email")
        self.assertEqual(self.send()[0]["agreement_version"], USED)
        shutil.rmtree(self.version(NEW))
        self.reload('"agreements_reloaded"')
        self.assertNotIn("REFUSED", self.duenotice.run("status").stdout)

    def test_a_version_that_was_in_use_never_changes(self):
        text = self.version(USED) / "terms_change.email.en.txt"
        text.write_text(text.read_text().replace(OLD, CHANGED))
        self.reload('"agreements_kept"')
        self.assertIn("give what is new a version of its own", self.duenotice.log())
        self.assertEqual(self.agreements()["last_reload"]["mistakes"], 1)
        self.assertIn(OLD, self.send()[1])

    def test_a_restart_tells_of_a_version_that_was_used_with_other_words(self):
        self.send()
        text = self.version(USED) / "terms_change.email.en.txt"
        words = text.read_text()
        self.duenotice.stop()
        text.write_text(words.replace(OLD, CHANGED))
        told = "was used with other words since"
        self.duenotice.start()
        self.assertIn(told, self.duenotice.log())
        status = self.duenotice.json("status")["agreement_versions_changed"]
        self.assertEqual([each["version"] for each in status], [USED])
        self.assertIn(told, self.duenotice.run("status").stdout)
        self.assertIn(told, self.duenotice.run("doctor").stdout)
        check = self.duenotice.run("agreements", "check")
        self.assertIn(told, check.stderr)
        text.write_text(words)
        self.assertNotIn(told, self.duenotice.run("agreements", "check").stderr)
