"""A witness on another port: it cosigns the seals of a log, remembers over a kill, and never signs a fork."""

import base64
import contextlib
import hashlib
import http.client
import json
import pathlib
import shutil
import sqlite3
import stat
import time

from support.log_case import ORIGIN, LogCase
from support.log_check import checkpoint_of, cosigned_at
from support.witness import Witness


class Witnessed(LogCase):
    def witness(self, *logs, **how):
        made = Witness(*logs, **how)
        self.addCleanup(made.close)
        return made

    def trust(self, gateway, *witnesses, quorum="all"):
        """Names them in the gateway's policy."""
        lines = [f"log {gateway.vkey}"]
        lines += [f"witness w{i} {one.vkey} {one.url}" for i, one in enumerate(witnesses)]
        lines.append(f"group who {quorum} " + " ".join(f"w{i}" for i in range(len(witnesses))))
        lines.append("quorum who")
        policy = gateway.folder / "witnesses.policy"
        policy.write_text("\n".join(lines) + "\n")
        gateway.configure(evidence={"witnesses": str(policy), "seal_interval": "10s"})

    def witnessed(self):
        """A running gateway and its witness."""
        gateway = self.logged()
        witness = self.witness(gateway.vkey)
        self.trust(gateway, witness)
        return gateway.start(), witness

    def newest(self, gateway):
        return gateway.json("status")["seals"]["newest"] or {"seal": 0, "quorum": False, "size": 0}

    def wait_for_quorum(self, gateway, above=0):
        """The newest seal, once enough have cosigned it; its number is above that."""

        def reached():
            seal = self.newest(gateway)
            return seal if seal["quorum"] and seal["seal"] > above else None

        return self.wait_until(reached, lambda: f"a quorum: {gateway.json('status')['gateway']}", 60)

    def fault(self, gateway):
        return gateway.json("status")["gateway"]["seals"]["witnesses"][0]["fault"]

    def cosigned(self, gateway, seal):
        folder = gateway.folder / "seals"
        self.assertEqual(gateway.run("log", "seals", seal, "-o", folder).returncode, 0)
        return (folder / f"seal-{seal}.cosigned").read_text()

    def ask(self, witness, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", witness.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body and body.encode())
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read().decode()

    def test_a_seal_is_cosigned_and_openssl_accepts_it(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        seal = self.wait_for_quorum(gateway)
        note = self.cosigned(gateway, seal["seal"])
        self.assertAlmostEqual(cosigned_at(note, witness.vkey), time.time(), delta=60)
        self.assertIsNone(cosigned_at(note.replace(f"\n{seal['size']}\n", "\n1000000\n"), witness.vkey))
        self.assertGreaterEqual(self.assert_good(gateway)["seals"]["cosignatures"], 1)
        self.assertIn("w0", gateway.run("log", "seals").stdout)
        self.assertEqual(self.finding(gateway, "seals")["health"], "ok")
        digest = hashlib.sha256(ORIGIN.encode()).hexdigest()
        status, kind, shown = self.ask(witness, "GET", f"/{digest}/checkpoint")
        self.assertEqual((status, kind), (200, "text/plain; charset=utf-8"))
        self.assertIsNotNone(cosigned_at(shown, witness.vkey))

    def test_what_a_log_may_not_ask(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        size = self.wait_for_quorum(gateway)["size"]
        note = self.checkpoint(gateway)
        other = self.logged(evidence={"origin": "another.example.com/log"}).start()
        self.send(other)
        foreign = self.wait_until_whole(other)
        text, rest = note.split("\n\n", 1)
        changed = text.rsplit("\n", 1)[0] + "\n" + base64.b64encode(bytes(32)).decode()
        for body, expected in (
            ("nonsense", 400),
            (f"old 0\n\n{foreign}", 404),
            (f"old 0\n\n{changed}\n\n{rest}", 403),
            (f"old {size + 1}\n\n{note}", 400 if checkpoint_of(note)[2] == size else 409),
        ):
            status, kind, _ = self.ask(witness, "POST", "/add-checkpoint", body)
            self.assertEqual(status, expected, body)
            self.assertTrue(kind.startswith("text/"), kind)
        status, kind, body = self.ask(witness, "POST", "/add-checkpoint", "old 0\n\n" + note)
        self.assertEqual((status, kind, body), (409, "text/x.tlog.size", f"{size}\n"))
        self.assertEqual(self.ask(witness, "GET", "/add-checkpoint")[0], 405)
        self.assertEqual(self.ask(witness, "GET", f"/{'0' * 64}/checkpoint")[0], 404)

    def test_strangers_fill_no_disk_and_raise_no_alarm(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        seal = self.wait_for_quorum(gateway)
        size, note = seal["size"], self.cosigned(gateway, seal["seal"])
        gateway.stop()
        stranger = "\u2014 stranger+\u001b " + "A" * 90 + "\n"
        noise = "".join(f"\u2014 stranger{i} {'A' * 92}\n" for i in range(80))
        wrong = base64.b64encode(bytes(32)).decode() + "\n"
        for _ in range(100):
            answer = self.ask(witness, "POST", "/add-checkpoint", f"old {size}\n{wrong * 60}\n{note}{noise}")
            self.assertEqual(answer[0], 422)
            answer = self.ask(witness, "POST", "/add-checkpoint", f"old {size}\n\n{note}")
            self.assertEqual(answer[0], 200)
            self.assertEqual(self.ask(witness, "POST", "/add-checkpoint", note + stranger)[0], 400)
        said = witness.said()
        for event in "not_continued", "cosigned":
            self.assertLessEqual(len([line for line in said if line["event"] == event]), 61)
        self.assertEqual([line for line in said if line["event"] == "log_forked"], [])
        lines = witness.log_file.read_bytes().split(b"\n")
        self.assertLess(max(map(len, lines)), 2048)
        self.assertFalse(any(byte < 32 for line in lines for byte in line))

    def test_a_witness_that_was_killed_remembers_and_one_that_is_away_delays_nothing(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        before = self.wait_for_quorum(gateway)
        witness.kill()
        self.send(gateway, 3)
        self.wait_until(lambda: self.newest(gateway)["seal"] > before["seal"], "another seal", 40)
        self.wait_until(lambda: self.fault(gateway), "its absence to be noticed")
        self.assertEqual(self.finding(gateway, "seals")["health"], "warning")
        self.assertIn("cosignature of w0", gateway.run("log", "seals").stdout)
        witness.start()
        after = self.wait_for_quorum(gateway, above=before["seal"])
        self.assertGreater(after["size"], before["size"])
        self.assertIsNone(self.fault(gateway))
        self.assert_good(gateway)
        self.assertEqual(witness.stop(), 0)

    def test_a_gateway_that_was_killed_goes_on_with_its_witness(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        before = self.wait_for_quorum(gateway)
        gateway.kill()
        gateway.start()
        self.send(gateway)
        self.wait_for_quorum(gateway, above=before["seal"])
        self.assert_good(gateway)

    def test_a_forked_log_gets_no_cosignature(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        gateway.stop()
        shutil.copy(gateway.journal, gateway.folder / "older.db")
        gateway.start()
        self.send(gateway, 5)
        seen = self.wait_until(
            lambda: (seal := self.wait_for_quorum(gateway))["size"] >= 15 and seal, "a later seal", 40
        )
        gateway.stop()
        # Somebody restores the journal, and with it does away with everything that remembers.
        for suffix in ("-wal", "-shm", ".heads", ".seals"):
            pathlib.Path(gateway.journal + suffix).unlink(missing_ok=True)
        shutil.rmtree(gateway.journal + ".log")
        shutil.copy(gateway.folder / "older.db", gateway.journal)
        gateway.start()
        self.send(gateway, 10)
        fault = self.wait_until(
            lambda: (said := self.fault(gateway)) and "is not in this log" in said and said,
            lambda: f"the witness to refuse: {self.fault(gateway)}",
            60,
        )
        self.assertIn("restored from a backup, or the log was changed", fault)
        self.assertGreater(self.newest(gateway)["size"], seen["size"])
        self.assertFalse(self.newest(gateway)["quorum"])
        refused = [line for line in witness.said() if line["event"] == "not_continued"]
        self.assertIn(ORIGIN, refused[0]["checkpoint"])
        self.assertEqual([line for line in witness.said() if line["event"] == "log_forked"], [])
        digest = hashlib.sha256(ORIGIN.encode()).hexdigest()
        shown = self.ask(witness, "GET", f"/{digest}/checkpoint")[2]
        self.assertEqual(checkpoint_of(shown)[2], seen["size"])

    def test_a_bundle_shows_its_witnesses_where_there_is_no_time_stamp(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        before = self.wait_for_quorum(gateway)
        notice = self.send(gateway)[0]["notice_id"]
        self.wait_for_quorum(gateway, above=before["seal"])
        bundle = gateway.folder / "notice.zip"
        made = gateway.run("bundle", notice, "-o", bundle)
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("No time-stamping authority is configured", made.stderr)
        self.assertNotIn("cosigned", made.stderr)
        trust = gateway.folder / "trust.txt"
        believed = gateway.run("log", "trust").stdout.replace("quorum none\n", "")
        trust.write_text(believed + f"witness w0 {witness.vkey}\nquorum w0\n")
        done = gateway.run("verify", bundle, "--trust", trust, "--json")
        report = json.loads(done.stdout)["checks"]
        checks = {check["check"]: (check["result"], check["sentence"]) for check in report}
        passed = {name for name, (result, _) in checks.items() if result == "pass"}
        self.assertLessEqual({"quorum", "seal", "not_before", "witnessed_before"}, passed, checks)
        self.assertIn(f"no more than {before['size']} events", checks["witnessed_before"][1])
        witness.kill()
        trust.write_text(believed + f"witness w0 {self.witness(gateway.vkey).vkey}\nquorum w0\n")
        done = gateway.run("verify", bundle, "--trust", trust, "--json")
        results = {check["check"]: check["result"] for check in json.loads(done.stdout)["checks"]}
        self.assertEqual((results["quorum"], results["witnessed_before"]), ("not_checked", "not_checked"))
        late = self.send(gateway)[0]["notice_id"]
        made = gateway.run("bundle", late, "-o", gateway.folder / "late.zip")
        self.assertIn("The witness w0 has not cosigned this checkpoint.", made.stderr)
        self.assertIn("Too few witnesses have cosigned", made.stderr)

    def test_a_wrong_cosignature_is_found(self):
        gateway, witness = self.witnessed()
        self.send(gateway)
        seal = self.wait_for_quorum(gateway)["seal"]
        gateway.stop()
        line = next(line for line in self.cosigned(gateway, seal).splitlines() if "witness.example" in line)
        name, blob = line.split(" ")[1:]
        blob = bytearray(base64.b64decode(blob))
        blob[11] ^= 1  # in the time
        forged = f"\u2014 {name} {base64.b64encode(bytes(blob)).decode()}\n"
        with contextlib.closing(sqlite3.connect(gateway.journal + ".seals")) as seals:
            seals.execute("UPDATE cosignature SET line = ? WHERE seal = ?", (forged, seal))
            seals.commit()
        code, verified = self.verify(gateway)
        found = verified["seals"]["findings"]
        self.assertEqual((code, [one["fault"] for one in found]), (1, ["cosignature_invalid"]))
        self.assertEqual((found[0]["seal"], found[0]["by"]), (seal, "witness.example.org"))

    def test_a_quorum_of_two_of_three(self):
        gateway = self.logged()
        witnesses = [self.witness(gateway.vkey, name=f"w{i}.example.org") for i in range(3)]
        self.trust(gateway, *witnesses, quorum="2")
        witnesses[0].kill()
        gateway.start()
        self.send(gateway)
        self.wait_for_quorum(gateway)
        witnesses[1].kill()
        seal = self.newest(gateway)["seal"]
        self.send(gateway)
        self.wait_until(
            lambda: (new := self.newest(gateway))["seal"] > seal and "w2" in new["cosigned_by"], "a seal", 40
        )
        self.assertFalse(self.newest(gateway)["quorum"])
        self.assertIn("too few witnesses", gateway.run("log", "seals").stdout)

    def test_keys_and_mistakes(self):
        gateway, witness = self.witnessed()
        self.assertEqual(stat.S_IMODE(witness.key.stat().st_mode), 0o600)
        again = witness.run("init", "--name", "witness.example.org", "--key", witness.key)
        self.assertEqual((again.returncode, again.stdout), (1, ""))
        serve = ["serve", "--state", "state", "--listen", "127.0.0.1:0", "--key"]
        refused = witness.run(*serve, witness.folder / "none.key", "--log", gateway.vkey)
        self.assertEqual(refused.returncode, 3)
        self.assertIn("witness init", refused.stderr)
        refused = witness.run(*serve, gateway.journal + ".log.key", "--log", gateway.vkey)
        self.assertIn("is that of a log", refused.stderr)
        self.assertIn("of a witness", witness.run(*serve, witness.key, "--log", witness.vkey).stderr)
        self.assertEqual(witness.run("init", "--name", "a b", "--key", "new.key").returncode, 2)
        policy = gateway.folder / "witnesses.policy"
        policy.write_text(policy.read_text().replace(f"log {gateway.vkey}\n", ""))
        self.assertIn("does not name this log", gateway.run("config", "check").stderr)
