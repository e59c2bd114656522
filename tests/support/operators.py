"""What tests of the operators' commands share: gateways before a mail server, notices that need somebody."""

import contextlib
import datetime
import json
import os
import pty
import select
import signal
import sqlite3
import subprocess
import termios
import time
import zoneinfo

from support.case import GatewayCase
from support.gateway import ENVIRONMENT, ROOT
from support.requests import event, request

TEST_AGREEMENTS = str(ROOT / "tests/support/agreements")
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")  # where the test agreement is


def plain(kind="plain", **changes):
    """A request under the test agreement."""
    return request("test-agreement", kind, {"summary": "Something changes."}, **changes)


def new_york_in(days):
    return (datetime.datetime.now(NEW_YORK).date() + datetime.timedelta(days=days)).isoformat()


def published(body, days_ago):
    """The event around a request that shows it was published so long ago."""
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days_ago)
    return event(body, time=then.isoformat().replace("+00:00", "Z"))


class Person:
    """Somebody at a terminal who runs a command and answers its question."""

    def __init__(self, gateway, *arguments, columns=0):
        self.terminal, theirs = pty.openpty()
        if columns:
            termios.tcsetwinsize(theirs, (24, columns))
        self.process = subprocess.Popen(
            gateway.command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT
        )
        os.close(theirs)
        self.screen = ""

    def read_until(self, text, seconds=30):
        """What is on the screen once `text` is, or everything once the command ended (`text` None)."""
        deadline = time.monotonic() + seconds
        while text is None or text not in self.screen:
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"waited in vain for {text!r}; on the screen: {self.screen}")
            try:
                self.screen += os.read(self.terminal, 65_536).decode()
            except OSError:  # how a terminal says that nobody is at its other end
                break
        return self.screen

    def type(self, text):
        os.write(self.terminal, text.encode())

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def end(self):
        """The exit code, with the whole screen read."""
        self.read_until(None)
        code = self.process.wait(30)
        os.close(self.terminal)
        return code


class OperatorCase(GatewayCase):
    def mailing_gateway(self, retry=None, agreements=None, **email_keys):
        """A gateway before `self.server`; a message is tried on one of two connections."""
        self.server = self.mail_server()
        keys = {"url": self.server.url, "tls": "off", "connections": 2, "reply_timeout": "5s", **email_keys}
        sections = {"agreements": {"path": agreements}} if agreements else {}
        return self.gateway(channels_email=keys, retry=retry or {"schedule": ["1s"]}, **sections)

    def gateway_of_the_test_agreement(self, **email_keys):
        keys = {"on_unknown": "hold", "final_reply_timeout": "1s", "connect_timeout": "5s", **email_keys}
        return self.mailing_gateway(agreements=TEST_AGREEMENTS, **keys)

    def refused(self, gateway, *requests):
        """These requests, refused for good; the server takes what comes from then on. Their ids."""
        self.server.refusal = "550 5.7.1 blocked by policy"
        gateway.submit(*requests)
        for each in requests:
            gateway.wait_for(each, "failed")
        self.server.refusal = None
        return [gateway.show(each)["notice_id"] for each in requests]

    def unanswered(self, gateway, *requests):
        """These requests, taken by a server that never answered: held. Their ids."""
        self.server.hold_answers()
        gateway.submit(*requests)
        for each in requests:
            gateway.wait_for(each, "held")
        self.server.release_answers()
        return [gateway.show(each)["notice_id"] for each in requests]

    def order(self, gateway, *arguments, code=0):
        """Runs a command that must end with `code`; what it wrote to stdout and stderr."""
        done = gateway.run(*arguments)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def order_json(self, gateway, *arguments):
        done = gateway.run(*arguments, "--json")
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def check_answers(self, shown, sent, safe, actor):
        """The three questions: was anything sent, is a resend safe, who must act."""
        self.assertEqual(
            (shown["sent_anything"], shown["resend_safe"]["safe"], shown["next_actor"]), (sent, safe, actor)
        )
        self.assertTrue(shown["resend_safe"]["why"].endswith("."), shown["resend_safe"]["why"])

    def check_event(self, gateway, notice, kind, sent, safe, actor):
        """The same three in the notice's event of this type, of which there is one."""
        with contextlib.closing(sqlite3.connect(f"file:{gateway.journal}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT bytes FROM events WHERE type = ?", (kind,)).fetchall()
        (event,) = [facts for facts in (json.loads(row[0]) for row in rows) if facts["notice"] == notice]
        self.assertEqual(
            (event["sent_anything"], event["resend_safe"], event["next_actor"]), (sent, safe, actor)
        )

    def events(self, shown):
        return [each["type"] for each in shown["events"]]
