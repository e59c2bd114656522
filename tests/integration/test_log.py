"""The evidence log as its keeper and a stranger see it: published, proved, verified, and never forked."""

import base64
import contextlib
import json
import pathlib
import shutil
import sqlite3
import stat

from support.log_case import ORIGIN, LogCase
from support.log_check import checkpoint_of, consistent, proves
from support.requests import terms_change


class Log(LogCase):
    def alter(self, gateway, statement):
        """As somebody would with sqlite3."""
        with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
            journal.executescript(
                "DROP TRIGGER IF EXISTS events_are_never_changed;"
                f"DROP TRIGGER IF EXISTS events_are_never_removed; {statement};"
            )

    def test_every_event_of_a_notice_is_proved_to_a_stranger(self):
        gateway = self.logged().start()
        notices = self.send(gateway, 3)
        self.wait_until_whole(gateway)
        folder = gateway.folder / "proofs"
        for notice in notices:
            done = gateway.run("log", "proof", notice["notice_id"], "-o", folder)
            self.assertEqual(done.returncode, 0, done.stderr)
        events = self.events(gateway)
        proved = set()
        for leaf in folder.glob("*.json"):
            index = proves(leaf.with_suffix(".tlog-proof").read_text(), leaf.read_bytes(), gateway.vkey)
            self.assertEqual((leaf.stem, leaf.read_bytes()), (f"leaf-{index}", events[index]))
            self.assertIsNone(
                proves(leaf.with_suffix(".tlog-proof").read_text(), leaf.read_bytes() + b" ", gateway.vkey)
            )
            proved.add(index)
        ids = {notice["notice_id"] for notice in notices}
        of_notices = {i for i, event in enumerate(events) if json.loads(event).get("notice") in ids}
        self.assertGreaterEqual(len(of_notices), 9)
        self.assertEqual(proved, of_notices)
        printed = gateway.run("log", "proof", notices[0]["source"], notices[0]["request_id"]).stdout
        self.assertEqual(printed.count(".tlog-proof\nc2sp.org/tlog-proof@v1\n"), printed.count(".json\n{"))

    def test_a_checkpoint_follows_each_event_and_is_consistent_with_those_before(self):
        gateway = self.logged().start()
        self.send(gateway)
        _, _, old, old_root = checkpoint_of(self.wait_until_whole(gateway))
        self.send(gateway, 5)
        newest = self.wait_until_whole(gateway)
        _, _, size, root = checkpoint_of(newest)
        done = gateway.run("log", "consistency", old)
        head, note = done.stdout.split("\n\n", 1)
        first, *hashes = head.splitlines()
        self.assertEqual((first, note), (f"old {old}", newest))
        hashes = [base64.b64decode(line, validate=True) for line in hashes]
        self.assertTrue(consistent(old, size, hashes, old_root, root))
        self.assertEqual(gateway.run("log", "consistency", size + 1).returncode, 1)
        self.assertEqual(self.assert_good(gateway)["size"], size)
        status = gateway.json("status")
        self.assertEqual((status["log"]["size"], status["log"]["unpublished"]), (size, 0))
        self.assertEqual(status["gateway"]["log"], {"size": size, "fault": None, "stopped": False})

    def test_a_stop_publishes_the_last_event_and_a_restart_goes_on(self):
        gateway = self.logged().start()
        for _ in range(2):
            self.send(gateway)
            self.assertEqual(gateway.stop(), 0)
            self.assertEqual(checkpoint_of(self.checkpoint(gateway))[2], len(self.events(gateway)))
            gateway.start()
        self.wait_until_whole(gateway)
        self.assert_good(gateway)

    def test_a_gateway_that_was_killed_goes_on(self):
        gateway = self.logged().start()
        kept = None
        for _ in range(4):
            gateway.submit(*[terms_change() for _ in range(20)])
            self.wait_until(
                lambda: len(self.events(gateway)) > (checkpoint_of(kept)[2] if kept else 1), "some events"
            )
            gateway.kill()
            gateway.start()
            kept = self.wait_until_whole(gateway)
            self.assert_good(gateway)
        gateway.wait_for_count(80, "--state", "deemed_delivered")
        self.wait_until_whole(gateway)
        self.assert_good(gateway)

    def test_a_changed_and_a_missing_event_are_found(self):
        gateway = self.logged().start()
        self.send(gateway, 2)
        gateway.stop()
        self.assert_good(gateway)
        shutil.copy(gateway.journal, gateway.folder / "good.db")
        self.alter(
            gateway, "UPDATE events SET bytes = replace(bytes, 'accepted', 'cancelled') WHERE sequence = 2"
        )
        code, verified = self.verify(gateway)
        self.assertEqual((code, verified["good"]), (1, False))
        self.assertEqual([(f["fault"], f["leaf"]) for f in verified["findings"]], [("event_changed", 1)])
        words = gateway.run("log", "verify")
        self.assertEqual(words.returncode, 1)
        self.assertIn("event_changed: the event of leaf 1", words.stdout)
        self.assertIn("The log is NOT whole", words.stdout)
        shutil.copy(gateway.folder / "good.db", gateway.journal)
        self.alter(gateway, "DELETE FROM events WHERE sequence = 3")
        code, verified = self.verify(gateway)
        self.assertEqual((code, [f["fault"] for f in verified["findings"]]), (1, ["event_missing"]))

    def test_a_changed_tile_and_a_wrong_key_are_found(self):
        gateway = self.logged().start()
        self.send(gateway)
        gateway.stop()
        self.assert_good(gateway)
        other = self.logged()
        done = gateway.run("log", "verify", "--key", other.vkey)
        self.assertEqual(done.returncode, 1)
        self.assertIn("checkpoint_invalid", done.stdout)
        (bundle,) = sorted(pathlib.Path(gateway.journal + ".log/tile/entries").glob("000.p/*"))[-1:]
        content = bytearray(bundle.read_bytes())
        content[10] ^= 1
        bundle.write_bytes(content)
        self.assertEqual({f["fault"] for f in self.verify(gateway)[1]["findings"]}, {"bundle_changed"})

    def test_an_older_journal_is_sent_from_and_not_signed(self):
        gateway = self.logged().start()
        self.send(gateway)
        gateway.stop()
        shutil.copy(gateway.journal, gateway.folder / "older.db")
        gateway.start()
        self.send(gateway, 5)
        gateway.stop()
        signed_before = self.checkpoint(gateway)
        for suffix in ("-wal", "-shm"):
            pathlib.Path(gateway.journal + suffix).unlink(missing_ok=True)
        shutil.copy(gateway.folder / "older.db", gateway.journal)
        gateway.start()
        self.wait_until(lambda: "log_stopped" in gateway.log(), "the gateway to refuse to publish")
        self.assertIn("restored from an older backup", gateway.log())
        self.send(gateway, 10)
        self.assertEqual(self.checkpoint(gateway), signed_before)
        self.assertTrue(gateway.json("status")["gateway"]["log"]["stopped"])
        finding = self.finding(gateway)
        self.assertEqual(finding["health"], "problem")
        self.assertIn("restored from an older backup", finding["message"])
        gateway.stop()
        # By now the journal is longer than the log, with other events.
        gateway.start()
        self.wait_until(lambda: gateway.log().count("log_stopped") == 2, "the gateway to refuse again")
        self.assertEqual(self.checkpoint(gateway), signed_before)
        self.assertEqual(self.verify(gateway)[0], 1)

    def test_what_is_left_of_a_full_disk_is_not_for_the_log(self):
        gateway = self.logged(journal={"low_space": "1000GB"}).start()
        fault = self.wait_until(lambda: gateway.json("status")["gateway"]["log"]["fault"], "the log to wait")
        self.assertIn("nearly full", fault)
        self.assertEqual(self.finding(gateway)["health"], "problem")
        self.assertIn("the last checkpoint failed", gateway.run("status").stdout)
        self.assertEqual(gateway.run("log", "checkpoint").returncode, 3)
        self.assertEqual(gateway.stop(), 0)
        gateway.configure(journal={"low_space": "256MB"})
        gateway.start()
        self.wait_until_whole(gateway)
        self.assert_good(gateway)

    def test_a_key_is_made_once_and_needed_to_start(self):
        gateway = self.gateway(evidence={"origin": ORIGIN})
        refused = gateway.run("serve")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("make it with `duenotice log init`", refused.stderr)
        self.assertIn("duenotice log init", gateway.run("config", "check").stderr)
        made = gateway.run("log", "init")
        self.assertTrue(made.stdout.startswith(ORIGIN + "+"), made.stdout)
        key = pathlib.Path(gateway.journal + ".log.key")
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
        secret = key.read_text()
        self.assertNotIn(secret.split("+")[-1].strip(), made.stdout + made.stderr)
        again = gateway.run("log", "init")
        self.assertEqual((again.returncode, key.read_text()), (1, secret))
        self.assertIn("never overwritten", again.stderr)
        gateway.configure(evidence={"origin": "another.example.com/log"})
        refused = gateway.run("serve")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("is that of " + ORIGIN, refused.stderr)

    def test_a_key_may_be_made_before_anything_else_is_there(self):
        gateway = self.gateway()
        folder = gateway.folder / "data"
        gateway.configure(journal={"url": f"sqlite:{folder}/journal.db"}, evidence={"origin": ORIGIN})
        self.assertEqual(self.finding(gateway)["health"], "ok")
        self.assertEqual(gateway.run("log", "init").returncode, 0)
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        self.assertEqual(gateway.run("config", "check").returncode, 0)
        gateway.start()
        self.assertEqual(gateway.stop(), 0)
        self.assert_good(gateway)

    def test_without_an_origin_there_is_no_log(self):
        gateway = self.gateway().start()
        self.send(gateway)
        self.assertFalse(pathlib.Path(gateway.journal + ".log").exists())
        self.assertIsNone(gateway.json("status")["log"])
        finding = self.finding(gateway)
        self.assertEqual(finding["health"], "ok")
        self.assertIn("set [evidence] origin", finding["message"])
        for words in (["checkpoint"], ["verify"], ["consistency", 1], ["proof", "x"]):
            done = gateway.run("log", *words)
            self.assertEqual((done.returncode, done.stdout), (3, ""), words)
            self.assertIn("set [evidence] origin", done.stderr)
        self.assertEqual(gateway.run("log", "init").returncode, 2)

    def test_a_log_that_is_switched_on_later_has_every_event(self):
        gateway = self.gateway().start()
        self.send(gateway, 3)
        gateway.stop()
        gateway.configure(evidence={"origin": ORIGIN, "interval": "100ms"})
        gateway.vkey = gateway.run("log", "init").stdout.strip()
        gateway.start()
        self.wait_until_whole(gateway)
        self.assert_good(gateway)

    def test_what_is_published_can_be_read_and_the_rest_cannot(self):
        gateway = self.logged().start()
        self.send(gateway)
        gateway.stop()
        folder = pathlib.Path(gateway.journal + ".log")
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
        self.assertEqual({mode for path, mode in modes.items() if path.is_dir()}, {0o755})
        self.assertEqual({mode for path, mode in modes.items() if path.is_file()}, {0o644})
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(pathlib.Path(gateway.journal + ".heads").stat().st_mode), 0o600)
