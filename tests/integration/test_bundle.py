"""Everything that proves one notice, as a stranger checks it: with `verify`, and without it."""

import json
import subprocess
import zipfile

from support.gateway import BINARY
from support.log_case import LogCase
from support.readme_page import ReadmePage
from support.requests import terms_change
from support.small_bundle import sums_of, write_archive

TSA = "evidence.tsa.test"


class Bundle(LogCase):
    def trusting(self, certificates="", evidence=None, **sections):
        """A gateway that keeps a log, and the trust file of somebody who believes it."""
        gateway = self.logged(evidence, **sections)
        gateway.trust = gateway.folder / "trust.txt"
        gateway.trust.write_text(gateway.run("log", "trust").stdout + certificates)
        return gateway.start()

    def bundle(self, gateway, notice, *words, name="notice.zip", seconds=60):
        file = gateway.folder / name
        done = gateway.run("bundle", notice["notice_id"], "-o", file, *words, seconds=seconds)
        self.assertEqual(done.returncode, 0, done.stderr)
        return file

    def checks(self, gateway, bundle):
        """{check: result}, in a folder without any configuration."""
        command = [BINARY, "verify", bundle, "--trust", gateway.trust, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PATH": "/usr/bin:/bin"})
        report = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0 if report["good"] else 1)
        return {check["check"]: check["result"] for check in report["checks"]}

    def script(self, gateway, folder):
        """What the script of this release says in a bare environment."""
        bare = {"PATH": "/usr/bin:/bin"}
        script = gateway.folder / "verify.sh"
        command = [BINARY, "verify", "--script"]
        script.write_bytes(subprocess.run(command, capture_output=True, check=True, env=bare).stdout)
        command = ["sh", script, gateway.trust]
        return subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True)

    def unpacked(self, bundle):
        folder = bundle.with_suffix("")
        with zipfile.ZipFile(bundle) as archive:
            self.assertIsNone(archive.testzip())
            archive.extractall(folder)
        return folder

    def test_the_page_in_the_readme_runs_as_it_stands_there(self):
        gateway = self.logged().start()
        notice = self.send(gateway)[0]
        self.wait_until_whole(gateway)
        page = ReadmePage("One notice, proved in one file", gateway)
        page.seen = [notice["notice_id"]]
        said = [page.run(command).stdout for command in page.commands()]
        self.assertEqual(len(said), 3)
        self.assertIn("pass", said[-1])
        self.assertNotIn("FAIL", said[-1])

    def test_before_the_seal_it_says_what_is_missing_and_all_else_holds(self):
        gateway = self.trusting()
        notice = self.send(gateway)[0]
        self.wait_until_whole(gateway)
        bundle = self.bundle(gateway, notice)
        self.assertEqual(self.bundle(gateway, notice, name="again.zip").read_bytes(), bundle.read_bytes())
        checks = self.checks(gateway, bundle)
        unchecked = [name for name, result in checks.items() if result == "not_checked"]
        self.assertEqual(unchecked, ["quorum", "manifest_words", "status", "seal", "not_before"])
        self.assertNotIn("fail", checks.values())
        folder = self.unpacked(bundle)
        status = (folder / "STATUS.txt").read_text()
        for words in notice["deemed_delivered_on"], "SANDBOX", "Still missing", "尚缺":
            self.assertIn(words, status)
        done = self.script(gateway, folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("of a SANDBOX", done.stdout)

    def test_after_the_seal_its_time_stamp_is_checked_by_both(self):
        tsa = self.time_stamp_authority()
        gateway = self.trusting(
            tsa.root.read_text(),
            {"seal_interval": "10s"},
            **{TSA: {"url": tsa.url("good"), "roots": str(tsa.root)}},
        )
        notice = self.send(gateway)[0]
        bundle = self.bundle(gateway, notice, "--wait", seconds=150)
        checks = self.checks(gateway, bundle)
        self.assertEqual((checks["seal"], checks["time_stamp"]), ("pass", "pass"), checks)
        self.assertNotIn("fail", checks.values())
        done = self.script(gateway, self.unpacked(bundle))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("existed before", done.stdout)

    def test_whatever_is_changed_is_found_by_both(self):
        gateway = self.trusting()
        bundle = self.bundle(gateway, self.send(gateway)[0])
        folder = self.unpacked(bundle)
        done = self.script(gateway, folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("fail", self.checks(gateway, self.packed_again(folder)).values())
        # Whoever changes a file also makes the list of digests right that nobody signed.
        sums = (folder / "SHA256SUMS").read_bytes()
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path.name == "SHA256SUMS":
                continue
            content = path.read_bytes()
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
            with self.subTest(path.name):
                archive = self.packed_again(folder)
                said = self.script(gateway, folder)
                self.assertEqual(said.returncode, 1, said.stderr)
                self.assertIn("pass  every file has its digest in SHA256SUMS", said.stdout)
                self.assertIn("FAIL", said.stdout)
                self.assertIn("fail", self.checks(gateway, archive).values())
            path.write_bytes(content)
        (folder / "SHA256SUMS").write_bytes(sums.replace(b"0", b"1", 1))
        said = self.script(gateway, folder)
        self.assertEqual(said.returncode, 1, said.stdout)
        self.assertTrue(said.stdout.endswith("FAIL  SHA256SUMS\n"), said.stdout)

    def packed_again(self, folder):
        """An archive of what lies there now, with a new SHA256SUMS."""
        paths = [path for path in folder.rglob("*") if path.is_file()]
        files = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
        files["SHA256SUMS"] = sums_of(files)
        (folder / "SHA256SUMS").write_bytes(files["SHA256SUMS"])
        write_archive(folder.with_suffix(".again.zip"), files)
        return folder.with_suffix(".again.zip")

    def test_an_unknown_notice_has_none(self):
        gateway = self.trusting()
        done = gateway.run("bundle", "01J2Z0V7N3KJ6Q8M4T5W9XYABC", "-o", gateway.folder / "no.zip")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertFalse((gateway.folder / "no.zip").exists())

    def test_a_signed_export_is_checked_without_the_gateway(self):
        gateway = self.trusting()
        self.send(gateway, 2)
        file = gateway.folder / "events.jsonl"
        done = gateway.run("export", "--rows", "events", "--format", "jsonl", "--signed", "-o", file)
        self.assertEqual(done.returncode, 0, done.stderr)
        command = [BINARY, "verify", "--export", file, "--trust", gateway.trust]
        good = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PATH": "/usr/bin:/bin"})
        self.assertEqual(good.returncode, 0, good.stdout + good.stderr)
        file.write_bytes(file.read_bytes().replace(b"accepted", b"rejected", 1))
        bad = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PATH": "/usr/bin:/bin"})
        self.assertEqual(bad.returncode, 1)
        self.assertIn("FAIL", bad.stdout)

    def test_a_failed_notice_has_the_refusal_and_no_date(self):
        server = self.mail_server()
        gateway = self.trusting(channels_email={"url": server.url, "tls": "off"})
        request = terms_change()
        server.replies[request["recipient"]["email"]] = ["550 5.1.1 no such user"]
        gateway.submit(request)
        notice = gateway.wait_for(request, "failed")
        bundle = self.bundle(gateway, notice)
        checks = self.checks(gateway, bundle)
        self.assertEqual((checks["legal_date"], checks["openings"]), ("pass", "pass"), checks)
        folder = self.unpacked(bundle)
        self.assertIn("无 / none", (folder / "STATUS.txt").read_text())
        replies = [path.read_text() for path in folder.glob("openings/*-reply.m")]
        self.assertTrue(any("no such user" in reply for reply in replies), replies)
        evidence = json.loads((folder / "export/erds-evidence.json").read_text())["evidence"]
        events = [one["ERDSEventId"].rpartition("/")[2] for one in evidence]
        self.assertEqual(events, ["SubmissionAcceptance", "RelayToNonERDSFailure"])
        done = self.script(gateway, folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("not set", done.stdout)
