"""What the tests of the evidence log begin with."""

import contextlib
import datetime
import json
import sqlite3

from support.case import GatewayCase
from support.log_check import checkpoint_of, signed
from support.requests import terms_change
from support.time_stamp_authority import TimeStampAuthority

ORIGIN = "notices.example.com/log"


class LogCase(GatewayCase):
    """Gateways that keep an evidence log, and what is asked of them."""

    def logged(self, evidence=None, **sections):
        """A gateway that keeps a log, with its key made; not started."""
        settings = {"origin": ORIGIN, "interval": "100ms", **(evidence or {})}
        gateway = self.gateway(evidence=settings, **sections)
        made = gateway.run("log", "init")
        self.assertEqual(made.returncode, 0, made.stderr)
        gateway.vkey = made.stdout.strip()
        return gateway

    def events(self, gateway):
        with contextlib.closing(sqlite3.connect(f"file:{gateway.journal}?mode=ro", uri=True)) as journal:
            return [row[0] for row in journal.execute("SELECT bytes FROM events ORDER BY sequence")]

    def send(self, gateway, count=1):
        requests = [terms_change() for _ in range(count)]
        gateway.submit(*requests)
        return [gateway.wait_for(request) for request in requests]

    def checkpoint(self, gateway):
        """The newest one, whose signature openssl has accepted."""
        done = gateway.run("log", "checkpoint")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(signed(done.stdout, gateway.vkey), done.stdout)
        return done.stdout

    def wait_until_whole(self, gateway):
        """Until the checkpoint has every event; returns it."""

        def whole():
            note = gateway.run("log", "checkpoint").stdout
            return note and checkpoint_of(note)[2] == len(self.events(gateway))

        self.wait_until(whole, lambda: f"a checkpoint of all events; {gateway.run('log', 'checkpoint')}")
        return self.checkpoint(gateway)

    def verify(self, gateway):
        done = gateway.run("log", "verify", "--json")
        return done.returncode, json.loads(done.stdout)

    def assert_good(self, gateway):
        code, verified = self.verify(gateway)
        self.assertEqual((code, verified["findings"]), (0, []))
        return verified

    @staticmethod
    def finding(gateway, check="log"):
        """What doctor finds."""
        findings = json.loads(gateway.run("doctor", "--json").stdout)
        return next(finding for finding in findings if finding["check"] == check)

    def time_stamp_authority(self):
        authority = TimeStampAuthority()
        self.addCleanup(authority.close)
        return authority

    def begin_earlier(self, gateway, by):
        """The first event, that of the first start, becomes one of this much before; no log has it yet."""
        with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
            (event,) = journal.execute("SELECT bytes FROM events WHERE sequence = 1").fetchone()
            at = datetime.datetime.fromisoformat(json.loads(event)["at"]) - by
            text = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            altered = event.replace(json.loads(event)["at"].encode(), text.encode())
            (trigger,) = journal.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'events_are_never_changed'"
            ).fetchone()
            journal.execute("DROP TRIGGER events_are_never_changed")
            milliseconds = round(by.total_seconds() * 1000)
            journal.execute(
                "UPDATE events SET bytes = ?, at = at - ? WHERE sequence = 1", (altered, milliseconds)
            )
            journal.execute(trigger)
            journal.commit()

    def statement_event(self, gateway):
        found = [json.loads(event) for event in self.events(gateway)]
        return next((event for event in found if event["type"] == "statement"), None)
