"""Seals of the evidence log through `serve`: stamped by a TSA made of openssl alone, listed, verified."""

import contextlib
import datetime
import json
import pathlib
import sqlite3
import subprocess

from support.log_case import ORIGIN, LogCase
from support.log_check import checkpoint_of, signed
from support.requests import terms_change


TSA = "evidence.tsa.test"


class Seals(LogCase):
    def sealed(self, way="good", tsa=None, **evidence):
        """A gateway that seals every ten seconds, with one TSA that behaves in this way; not started."""
        tsa = tsa or self.time_stamp_authority()
        gateway = self.logged(
            evidence={"seal_interval": "10s", **evidence},
            **{TSA: {"url": tsa.url(way), "roots": str(tsa.root)}},
        )
        gateway.tsa = tsa
        return gateway

    def seals(self, gateway):
        done = gateway.run("log", "seals", "--json", "--limit", 1000)
        return json.loads(done.stdout) if done.returncode == 0 else []

    def wait_for_seal(self, gateway, good, seconds=40):
        """The first seal that is `good`."""
        return self.wait_until(
            lambda: next((seal for seal in self.seals(gateway) if good(seal)), None),
            lambda: f"a seal; there are {self.seals(gateway)}",
            seconds,
        )

    @staticmethod
    def stamped(seal):
        return seal["stamps"] and all(stamp["at"] for stamp in seal["stamps"])

    def openssl_accepts(self, folder, name, root):
        done = subprocess.run(
            ["openssl", "ts", "-verify", "-token_in", "-in", folder / f"{name}.test.token"]
            + ["-data", folder / name, "-CAfile", root],
            capture_output=True,
            text=True,
        )
        return done.returncode == 0

    def alter_seals(self, gateway, statement):
        """As somebody would with sqlite3."""
        with contextlib.closing(sqlite3.connect(gateway.journal + ".seals")) as seals:
            seals.executescript(statement)

    def fault(self, gateway):
        return gateway.json("status")["gateway"]["seals"]["tsas"][0]["fault"]

    def assert_refused(self, way, words):
        """Nothing of such a TSA is kept; notices are sent, and a person can see why there is no stamp."""
        gateway = self.sealed(way).start()
        request = terms_change()
        gateway.submit(request)
        gateway.wait_for(request)
        fault = self.wait_until(lambda: self.fault(gateway), "the TSA's failure")
        self.assertIn(words, fault)
        self.assertFalse(any(self.stamped(seal) for seal in self.seals(gateway)))
        self.assertIn("log_not_stamped", gateway.log())
        finding = self.finding(gateway, "seals")
        self.assertEqual(finding["health"], "warning")
        self.assertIn(words, finding["message"])
        self.assertIn("MISSING", gateway.run("log", "seals").stdout)
        self.assertIn("stamp of test", gateway.run("log", "seals").stdout)
        verified = self.assert_good(gateway)
        self.assertGreaterEqual(verified["seals"]["waiting"], 1)

    def test_a_seal_is_stamped_and_openssl_accepts_it(self):
        gateway = self.sealed().start()
        self.send(gateway)
        seal = self.wait_for_seal(gateway, self.stamped)
        self.assertEqual(seal["stamps"][0]["signer"], "CN=good.tsa.test")
        folder = gateway.folder / "seals"
        written = gateway.run("log", "seals", seal["seal"], "-o", folder)
        self.assertEqual(written.returncode, 0, written.stderr)
        name = f"seal-{seal['seal']}"
        note = (folder / name).read_text()
        self.assertTrue(signed(note, gateway.vkey))
        self.assertEqual(checkpoint_of(note)[2], seal["size"])
        self.assertTrue(self.openssl_accepts(folder, name, gateway.tsa.root))
        self.assertFalse(self.openssl_accepts(folder, name, gateway.tsa.other_root))
        verified = self.assert_good(gateway)["seals"]
        self.assertGreaterEqual(verified["stamps"], 1)
        status = gateway.json("status")
        self.assertEqual(
            status["gateway"]["seals"]["tsas"], [{"name": "test", "fault": None, "failing_since": None}]
        )
        self.assertEqual(self.finding(gateway, "seals")["health"], "ok")
        self.assertIn("stamped by", gateway.run("status").stdout)

    def test_an_expired_certificate_is_refused(self):
        self.assert_refused("expired", "expired")

    def test_another_nonce_is_refused(self):
        self.assert_refused("other_nonce", "nonce")

    def test_another_imprint_is_refused(self):
        self.assert_refused("other_data", "imprint")

    def test_a_rejection_is_told(self):
        self.assert_refused("good_strict", "refused (rejection)")

    def test_an_untrusted_chain_is_refused(self):
        self.assert_refused("untrusted", "certificate")

    def test_a_tsa_that_is_away_delays_nothing_and_is_caught_up_with(self):
        tsa = self.time_stamp_authority()
        tsa.stop()
        gateway = self.sealed(tsa=tsa).start()
        self.send(gateway, 3)
        first = self.wait_for_seal(gateway, lambda seal: True)
        self.wait_until(lambda: self.fault(gateway), "the TSA's absence to be noticed")
        self.send(gateway)
        self.wait_for_seal(gateway, lambda seal: seal["seal"] > first["seal"])
        gateway.stop()
        gateway.start()
        tsa.start()
        self.wait_until(
            lambda: all(self.stamped(seal) for seal in self.seals(gateway)),
            lambda: f"all seals to be stamped: {self.seals(gateway)}",
            60,
        )
        self.assertGreaterEqual(len(self.seals(gateway)), 2)
        self.assert_good(gateway)
        self.assertIsNone(self.fault(gateway))

    def test_a_kill_between_seal_and_stamp_loses_neither(self):
        tsa = self.time_stamp_authority()
        tsa.stop()
        gateway = self.sealed(tsa=tsa).start()
        self.send(gateway)
        sealed = self.wait_for_seal(gateway, lambda seal: not self.stamped(seal))
        gateway.kill()
        tsa.start()
        gateway.start()
        stamped = self.wait_for_seal(
            gateway, lambda seal: seal["seal"] == sealed["seal"] and self.stamped(seal)
        )
        self.assertEqual(
            {key: stamped[key] for key in ("root", "size", "sealed_at")},
            {key: sealed[key] for key in ("root", "size", "sealed_at")},
        )
        self.assert_good(gateway)

    def test_what_was_tampered_with_is_found(self):
        gateway = self.sealed().start()
        self.send(gateway)
        seal = self.wait_for_seal(gateway, self.stamped)
        self.send(gateway)
        other = self.wait_for_seal(gateway, lambda each: each["seal"] > seal["seal"] and self.stamped(each))
        gateway.stop()
        self.assert_good(gateway)
        store = pathlib.Path(gateway.journal + ".seals")
        good = store.read_bytes()
        one, two = seal["seal"], other["seal"]
        for statement, fault in (
            (f"UPDATE stamp SET token = (SELECT token FROM stamp WHERE seal = {two}) WHERE seal = {one}",
             "stamp_invalid"),
            (f"UPDATE stamp SET token = NULL WHERE seal = {one}", "stamp_missing"),
            (f"UPDATE stamp SET gen_time = gen_time - 86400000 WHERE seal = {one}", "stamp_invalid"),
            (f"UPDATE seal SET note = replace(note, '{ORIGIN}', 'else') WHERE id = {one}", "seal_invalid"),
            (f"PRAGMA foreign_keys = OFF; DELETE FROM seal WHERE id = {two}", "seal_missing"),
        ):  # fmt: skip
            self.alter_seals(gateway, statement)
            code, verified = self.verify(gateway)
            self.assertEqual((code, verified["good"]), (1, False), statement)
            self.assertIn(fault, [found["fault"] for found in verified["seals"]["findings"]], statement)
            self.assertIn(f"{fault}: seal", gateway.run("log", "verify").stdout)
            store.write_bytes(good)
        self.assert_good(gateway)

    def test_seals_that_are_lost_are_missed_by_the_statement_in_the_log(self):
        tsa = self.time_stamp_authority()
        gateway = self.gateway().start()
        self.send(gateway)
        gateway.stop()
        self.begin_earlier(gateway, datetime.timedelta(hours=3))
        evidence = {"origin": ORIGIN, "interval": "100ms", "seal_interval": "10s"}
        gateway.configure(
            evidence={**evidence, "statement_zone": self.zone_where_it_is(12)},
            **{TSA: {"url": tsa.url("good"), "roots": str(tsa.root)}},
        )
        gateway.vkey = gateway.run("log", "init").stdout.strip()
        gateway.start()
        self.wait_for_seal(gateway, self.stamped)
        self.assertIsNone(self.statement_event(gateway))
        gateway.stop()
        gateway.configure(evidence={**evidence, "statement_zone": self.zone_where_it_is(1)})
        gateway.start()
        date = self.wait_until(lambda: self.statement_event(gateway), "the statement", 30)["date"]
        self.wait_until_whole(gateway)
        gateway.stop()
        self.assertEqual(self.assert_good(gateway)["statements"]["statements"], 1)
        said = json.loads(gateway.run("completeness", "--statement", date).stdout.splitlines()[1])["seals"]
        self.assertGreaterEqual(min(said["seals"], said["stamps"]), 1)
        store = pathlib.Path(gateway.journal + ".seals")
        good = store.read_bytes()
        self.alter_seals(gateway, "UPDATE stamp SET token = NULL; DELETE FROM arrival")
        self.assert_found(gateway, "seals_differ")
        store.unlink()
        self.assert_found(gateway, "seals_differ")
        store.write_bytes(good)
        self.assert_good(gateway)
        with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
            event, note = journal.execute("SELECT event, note FROM statements").fetchone()
        for statement, fault in (
            ("UPDATE statements SET note = replace(note, 'size', 'site')", "statement_altered"),
            ("DELETE FROM statements", "statement_missing"),
        ):
            with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
                journal.execute(statement)
                journal.commit()
            self.assert_found(gateway, fault)
            self.restore_statement(gateway, event, note)
        # An erasure takes the note of a statement that names somebody, and leaves its place.
        self.restore_statement(gateway, event, "")
        self.assert_good(gateway)

    def restore_statement(self, gateway, event, note):
        with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
            journal.execute("INSERT OR REPLACE INTO statements VALUES (?, ?)", (event, note))
            journal.commit()

    def assert_found(self, gateway, fault):
        code, verified = self.verify(gateway)
        self.assertEqual((code, verified["good"]), (1, False))
        self.assertEqual([found["fault"] for found in verified["statements"]["findings"]], [fault])
        said = gateway.run("log", "verify").stdout
        self.assertIn(fault + ": ", said)
        self.assertIn("The daily statements are NOT right", said)

    @staticmethod
    def zone_where_it_is(hour):
        east = (hour - datetime.datetime.now(datetime.timezone.utc).hour) % 24
        east -= 24 if east > 12 else 0
        return f"Etc/GMT{-east:+d}"  # POSIX counts to the west

    def test_a_stamp_by_somebody_who_is_not_named_is_not_counted(self):
        gateway = self.sealed().start()
        self.send(gateway)
        self.wait_for_seal(gateway, self.stamped)
        gateway.stop()
        gateway.configure(**{TSA: {"url": None, "roots": None}})
        verified = self.assert_good(gateway)["seals"]
        self.assertEqual(verified["stamps"], 0)
        self.assertGreaterEqual(verified["unchecked"], 1)

    def test_mistakes_of_the_configuration_are_named(self):
        gateway = self.sealed()
        gateway.configure(**{TSA: {"url": "ftp://example.com", "roots": "missing.pem"}})
        said = gateway.run("config", "check").stderr
        self.assertIn("[evidence.tsa.test] url must be", said)
        gateway.configure(**{TSA: {"url": "https://example.com", "roots": "missing.pem"}})
        said = gateway.run("config", "check").stderr
        self.assertIn("[evidence.tsa.test] roots: ", said)
        self.assertNotEqual(gateway.run("serve").returncode, 0)
        gateway.configure(**{TSA: {"roots": None}})
        self.assertIn("[evidence.tsa.test] roots is missing", gateway.run("config", "check").stderr)
        gateway.configure(**{TSA: {"ulr": "https://example.com"}})
        self.assertIn('unknown key "ulr" in [evidence.tsa.test]', gateway.run("config", "check").stderr)
