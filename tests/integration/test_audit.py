"""What auditors get out of the record while the gateway goes on writing it."""

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import threading

from support.case import GatewayCase
from support.gateway import ENVIRONMENT
from support.requests import in_days, terms_change


class Audit(GatewayCase):
    def told(self, gateway, count, **changes):
        """Notices that have their legal date."""
        requests = [terms_change(**changes) for _ in range(count)]
        gateway.submit(*requests)
        return [gateway.wait_for(request) for request in requests]

    def export(self, gateway, name, *words):
        """Runs an export to a file; returns the finished process, the file's bytes and its manifest."""
        path = gateway.folder / name
        done = gateway.run("export", *words, "-o", path)
        manifest = json.loads(path.with_name(name + ".manifest.json").read_text())
        return done, path.read_bytes(), manifest

    def test_one_command_shows_that_an_account_was_told(self):
        gateway = self.gateway().start()
        (notice,) = self.told(gateway, 1, account_id="acct-told")
        done = gateway.run("audit", "--account", "acct-told", "--to", in_days(1))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(notice["notice_id"], done.stdout)
        self.assertIn(notice["deemed_delivered_on"], done.stdout)
        before = gateway.run("audit", "--account", "acct-told", "--to", in_days(-2))
        self.assertIn("Found        nothing", before.stdout)
        address = notice["deliveries"][0]["address_masked"]
        found = gateway.json("audit", "--account", "acct-told", "--unmasked")["notices"][0]
        self.assertEqual(found["sending"]["address_masked"], address)
        by_address = gateway.json("audit", "--address", found["sending"]["address"])["notices"]
        self.assertIn(notice["notice_id"], [each["notice_id"] for each in by_address])
        raw = gateway.bytes_of("show", notice["notice_id"], "--raw", "email")
        self.assertEqual(hashlib.sha256(raw).hexdigest(), found["sending"]["sha256"])

    def test_an_export_beside_a_busy_gateway_is_whole_up_to_its_beginning(self):
        gateway = self.gateway().start()
        self.told(gateway, 5)
        enough = threading.Event()

        def keep_busy():
            while not enough.is_set():
                gateway.submit(*(terms_change() for _ in range(20)))

        busy = threading.Thread(target=keep_busy)
        busy.start()
        try:
            for round in range(5):
                done, file, manifest = self.export(
                    gateway, f"events-{round}.jsonl", "--rows", "events", "--format", "jsonl"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                rows = [json.loads(line) for line in file.splitlines()]
                self.assertEqual(
                    [row["sequence"] for row in rows], list(range(1, manifest["up_to_sequence"] + 1))
                )
                self.assertTrue(manifest["gap_free"])
                self.assertEqual(manifest["row_count"], len(rows))
                self.assertEqual(manifest["sha256"], hashlib.sha256(file).hexdigest())
                done, file, manifest = self.export(
                    gateway, f"notices-{round}.jsonl", "--rows", "notices", "--format", "jsonl"
                )
                self.assertEqual(done.returncode, 0, done.stderr)
                ids = [json.loads(line)["notice_id"] for line in file.splitlines()]
                self.assertEqual(len(set(ids)), manifest["up_to_notice"])
                self.assertGreaterEqual(manifest["read_until_sequence"], manifest["up_to_sequence"])
        finally:
            enough.set()
            busy.join()

    def test_a_reader_that_takes_its_time_does_not_hold_up_the_log(self):
        gateway = self.gateway().start()
        gateway.submit(*(terms_change() for _ in range(200)))
        gateway.wait_for_count(200, "--state", "deemed_delivered")
        slow = subprocess.Popen(
            gateway.command("export", "--rows", "notices", "-o", "-"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        self.addCleanup(slow.kill)
        self.assertTrue(slow.stdout.read(1))  # it has begun, and nobody reads on: the pipe is full
        self.told(gateway, 1)
        gateway.stop()  # one process at a time folds the log
        with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
            busy, in_log, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.assertEqual((busy, in_log), (0, 0), "the export keeps the log from being folded back")
        self.assertIsNone(slow.poll())
        rest, said = slow.communicate(timeout=60)
        self.assertEqual(slow.returncode, 0, said)
        self.assertIn(b"every notice from 1 to 200 is in it", said)

