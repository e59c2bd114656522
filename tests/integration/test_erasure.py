"""A person asks to be erased: what stands in the way, what is left, and what every reader says of it then."""

import contextlib
import csv
import json
import pathlib
import re
import shutil
import sqlite3
import threading
import time

from support.gateway import ROOT
from support.log_case import LogCase
from support.requests import event, terms_change

MARK = "zuoli"
ACCOUNT = f"{MARK}-account"
ORDER = ("--order", "TICKET-7", "--reason", "asked for by letter", "--operator", "ann")


def marked(**changes):
    """A request whose every text about the person has the mark."""
    number = time.monotonic_ns()
    about = {"name": f"{MARK} name", "email": f"{MARK}@customer.example", "user_id": f"{MARK}-user"}
    variables = {
        "agreement_name": f"{MARK} agreement",
        "summary": f"{MARK} words",
        "url": f"https://www.example.com/{MARK}",
    }
    made = {**terms_change(account_id=ACCOUNT, recipient=about), "variables": variables, **changes}
    return {**made, "id": f"{MARK}-{number}", "reference": f"{MARK} reference"}


def ended(on, account=ACCOUNT, **changes):
    data = {"account_id": account, "ended_on": on}
    about = {"id": f"{MARK}-ended-{time.monotonic_ns()}", "source": "crm"}
    return event({**about, **data}, type="duenotice.account.ended.v1", data=data, **changes)


class Erasure(LogCase):
    def started(self, years=0, **sections):
        """A gateway that keeps a log, and notices for so many years after the end of the relation."""
        gateway = self.logged(**sections)
        folder = gateway.folder / "agreements"
        shutil.copytree(ROOT / "templates/agreements", folder)
        for file in folder.glob("*/*/agreement.toml"):
            text = re.sub(r"^(\[kind\.\w+\])$", rf"\1\nretain_years = {years}", file.read_text(), flags=re.M)
            file.write_text(text)
        gateway.configure(agreements={"path": str(folder)})
        return gateway.start()

    def lived(self, gateway):
        """A notice that was sent, one request that was refused, and a third party's notice."""
        sent, wrong, other = marked(), marked(kind=f"{MARK}_kind"), terms_change()
        gateway.submit(sent, wrong, other)
        notices = gateway.wait_for(sent), gateway.wait_for(other)
        (rejection,) = gateway.wait_for_rejections(1)
        self.wait_until(lambda: self.letters(gateway) == 0, "the dead letter to be handed on")
        return sent, *notices, rejection["rejection_id"]

    @staticmethod
    def requests(gateway):
        """Those that the queue still has, acknowledged or not."""
        with contextlib.closing(sqlite3.connect(gateway.folder / "queue.db")) as db:
            return db.execute("SELECT count(*) FROM requests").fetchone()[0]

    def letters(self, gateway):
        return gateway.json("failed")["dead_letters_waiting"]["count"]

    def end(self, gateway):
        done = gateway.run("account", "end", ACCOUNT, "--on", "2020-01-31")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("runs from 2020-01-31", done.stdout)

    def erase(self, gateway, *words, code=0):
        done = gateway.run("erase", ACCOUNT, *ORDER, "--yes", *words)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def files_with(self, gateway, text):
        """The files of the gateway's data folder that hold this text, whatever they are."""
        data = pathlib.Path(gateway.journal).parent
        mark = text.encode()
        return [file.name for file in data.iterdir() if file.is_file() and mark in file.read_bytes()]

    # ---- what stands in the way

    def test_what_forbids_it_is_said_and_recorded(self):
        gateway = self.started(years=3)
        self.lived(gateway)
        refused = self.erase(gateway, code=1)
        self.assertIn("nobody has reported that the relation", refused.stderr)
        self.end(gateway)
        restricted = json.loads(self.erase(gateway, "--json", code=1).stdout)
        self.assertEqual((restricted["state"], restricted["holds"]), ("restricted", []))
        self.assertGreater(restricted["until"], "2029-01-01")
        said = self.erase(gateway, code=1).stdout
        self.assertIn("the account is restricted", said)
        self.assertIn(f"retained until {restricted['until']}", said)
        held = gateway.run("legal-hold", "add", ACCOUNT, "--reason", "a lawsuit", "--operator", "ann")
        self.assertEqual(held.returncode, 0, held.stderr)
        self.assertIn("a legal hold is on it since", self.erase(gateway, code=1).stdout)
        (hold,) = gateway.json("legal-hold", "list")
        said = [hold[each] for each in ("account_id", "reason", "operator")]
        self.assertEqual(said, [ACCOUNT, "a lawsuit", "ann"])
        self.assertIn("a lawsuit", gateway.run("legal-hold", "list").stdout)
        lifted = gateway.run("legal-hold", "remove", ACCOUNT, "--hold", hold["hold_id"], "--reason", "closed")
        self.assertEqual(lifted.returncode, 0, lifted.stderr)
        self.assertEqual(gateway.json("legal-hold", "list"), [])
        types = [json.loads(each)["type"] for each in self.events(gateway)]
        for wanted in ("account_ended", "restricted", "legal_hold_added", "legal_hold_removed"):
            self.assertIn(wanted, types)
        self.assertNotIn("erased", types)
        self.assertIn("nobody can be asked", gateway.run("erase", ACCOUNT, *ORDER).stderr)
        self.assertEqual(gateway.run("erase", "nobody", *ORDER, "--yes").returncode, 3)
        chinese = gateway.run("--lang", "zh", "erase", ACCOUNT, *ORDER, "--yes").stdout
        self.assertIn("该账户被限制使用", chinese)

    # ---- what is left

    def test_what_every_reader_says_afterwards(self):
        gateway = self.started()
        sent, notice, other, rejection = self.lived(gateway)
        name, kept = notice["notice_id"], gateway.run("show", other["notice_id"]).stdout
        self.assertTrue({"journal.db", "journal.db-wal"} & set(self.files_with(gateway, MARK)))
        self.end(gateway)
        erased = self.erase(gateway).stdout
        self.assertIn("what could be read of 1 notices and 1 rejected requests", erased)
        self.assertRegex(erased, r"gone by 20\d\d-\d\d-\d\d")
        self.assertEqual(self.files_with(gateway, MARK), [])
        self.readers(gateway, name, rejection)
        self.assertEqual(gateway.run("show", other["notice_id"]).stdout, kept)
        self.assertIn("erased already", self.erase(gateway, code=3).stderr)
        # What comes late is known, and nothing is sent for it.
        before = len(gateway.json("list"))
        gateway.submit(sent, event(sent))
        late = terms_change()
        gateway.submit(late)
        gateway.wait_for(late)
        self.assertEqual(len(gateway.json("list")), before + 1)
        self.proofs(gateway, name)
        gateway.stop()
        self.assertEqual(self.files_with(gateway, MARK), [])
        gateway.start()
        self.proofs(gateway, name)

    def readers(self, gateway, name, rejection):
        shown = gateway.run("show", name)
        self.assertEqual((shown.returncode, shown.stderr), (0, ""))
        self.assertIn("ERASED", shown.stdout)
        self.assertIn("已抹除", gateway.run("--lang", "zh", "show", name).stdout)
        told = gateway.json("show", name)
        self.assertTrue(told["erased"])
        for each in ("account_id", "source", "request_id", "reference"):
            self.assertIsNone(told[each], each)
        self.assertEqual(told["next_actor"], "nobody")
        self.assertFalse(told["resend_safe"]["safe"])
        self.assertIsNotNone(told["deemed_delivered_on"])
        for words in (("show", name, "--raw", "email"), ("bundle", name, "-o"), ("certificate", name, "-o")):
            file = gateway.folder / f"erased.{words[0]}"
            done = gateway.run(*words, *([file] if words[-1] == "-o" else []))
            self.assertEqual(done.returncode, 3, words)
            self.assertIn("was erased with its account", done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertFalse(file.exists())
        self.assertIn("ERASED", gateway.run("audit").stdout)
        self.assertIn("ERASED", gateway.run("list").stdout)
        (audited,) = [each for each in gateway.json("audit")["notices"] if each["notice_id"] == name]
        self.assertTrue(audited["erased"])
        self.assertIsNone(audited["sending"]["reply"])
        self.assertIn("ERASED", gateway.run("rejected").stdout)
        self.assertIn("was erased with its account", gateway.run("rejected", "show", rejection).stdout)
        self.assertTrue(gateway.json("rejected", "show", rejection)["erased"])
        self.assertEqual(gateway.run("rejected", "show", rejection, "--raw").returncode, 3)
        file = gateway.folder / "rows.csv"
        self.assertEqual(gateway.run("export", "--rows", "notices", "-o", file).returncode, 0)
        with file.open(newline="") as rows:
            row = next(each for each in csv.DictReader(rows) if each["notice_id"] == name)
        self.assertEqual((row["erased"], row["account_id"], row["content_sha256"]), ("true", "", ""))
        refused = gateway.run("replay", name, "--channel", "email", "--yes", "--reason", "again")
        self.assertNotEqual(refused.returncode, 0)
        self.assertNotIn(MARK, gateway.run("events").stdout)

    def proofs(self, gateway, name):
        self.wait_until_whole(gateway)
        self.assert_good(gateway)
        deep = gateway.run("doctor", "--deep", "--json")
        journal = next(each for each in json.loads(deep.stdout) if each["check"] == "journal")
        self.assertEqual(journal["health"], "ok", journal)
        self.assertEqual(gateway.run("completeness").returncode, 0)
        self.assertEqual(gateway.run("log", "proof", name).returncode, 0)

    # ---- the end of an account, from the queue

    def test_publishers_report_the_end_of_an_account(self):
        gateway = self.started()
        self.lived(gateway)
        first = ended("2020-01-31", sequence="1", sequencetype="Integer")
        second = ended("2999-01-31", sequence="2", sequencetype="Integer")
        gateway.submit(first, second)
        wrong = ended("yesterday")
        gateway.submit(wrong, first)
        self.assertEqual(gateway.wait_for_rejections(2)[0]["pointer"], "/data/ended_on")
        self.wait_until(lambda: self.letters(gateway) == 0, "the dead letter to be handed on")
        # The first came once more, and is no news: the account has not ended yet.
        self.assertIn("retained until 2999-01-30", self.erase(gateway, code=1).stdout)
        gateway.submit(ended("2020-01-31", sequence="3", sequencetype="Integer"))
        self.wait_until(lambda: self.requests(gateway) == 0, "the queue to be empty")
        self.wait_until(
            lambda: gateway.run("erase", ACCOUNT, *ORDER, "--yes").returncode == 0, "the account to be erased"
        )
        self.assertEqual(self.files_with(gateway, MARK), [])
        self.assertEqual(gateway.run("completeness").returncode, 0)

    # ---- kill -9

    def test_killed_while_it_erases(self):
        gateway = self.started()
        sent, *_ = self.lived(gateway)
        self.end(gateway)
        orders = threading.Thread(target=lambda: gateway.run("erase", ACCOUNT, *ORDER, "--yes"))
        orders.start()
        gateway.kill()
        orders.join()
        gateway.start()
        again = gateway.run("erase", ACCOUNT, *ORDER, "--yes")
        self.assertIn(again.returncode, (0, 3), again.stderr)
        self.wait_until(lambda: self.files_with(gateway, MARK) == [], "the person to be in no file")
        self.assertIsNone(gateway.show(sent))
        (erased,) = [each for each in gateway.json("list") if each["erased"]]
        self.proofs(gateway, erased["notice_id"])

    def test_without_a_gateway(self):
        gateway = self.started()
        self.lived(gateway)
        gateway.stop()
        self.end(gateway)
        self.erase(gateway)
        self.assertEqual(self.files_with(gateway, MARK), [])
