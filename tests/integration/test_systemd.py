"""The unit that is installed, and what its start line tells the one who runs it."""

import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest

from support.case import GatewayCase
from support.requests import terms_change
from support.supervisor import Supervisor, service


class Systemd(GatewayCase):
    def setUp(self):
        self.prefix = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-installed-"))
        self.addCleanup(shutil.rmtree, self.prefix)
        subprocess.run(
            ["cmake", "--install", os.environ["DUENOTICE_BUILD"], "--prefix", self.prefix],
            check=True,
            capture_output=True,
            timeout=120,
        )
        self.unit = self.prefix / "lib/systemd/system/duenotice.service"

    def supervised(self, watchdog_seconds=None, **sections):
        """A gateway that was started by the unit's own line."""
        duenotice = self.gateway(**sections)
        supervisor = Supervisor(duenotice.folder, self.unit, watchdog_seconds)
        self.addCleanup(supervisor.close)
        supervisor.start(duenotice.log_file, DUENOTICE_CONFIG=str(duenotice.config_file))
        return duenotice, supervisor

    def test_ready_when_requests_are_taken_in_and_stopping_when_it_ends(self):
        duenotice, supervisor = self.supervised(watchdog_seconds=1)
        supervisor.wait_for("READY")
        self.assertTrue(duenotice.is_ready(), "the control socket answers before READY is said")
        request = terms_change()
        duenotice.submit(request)
        duenotice.wait_for(request)
        beat = supervisor.wait_for("WATCHDOG")
        self.assertEqual(supervisor.messages[beat]["WATCHDOG"], "1")
        self.assertRegex(supervisor.messages[beat]["STATUS"], r"^\d+ due, \d+ in flight")
        supervisor.wait_for("WATCHDOG", after=beat + 1)
        self.assertEqual([each for each in supervisor.messages if "STOPPING" in each], [])
        supervisor.process.send_signal(signal.SIGTERM)
        self.assertEqual(supervisor.process.wait(60), 0)
        stopping = supervisor.messages[supervisor.wait_for("STOPPING")]
        self.assertEqual(stopping["EXTEND_TIMEOUT_USEC"], "90000000", "60 s of drain and what follows it")
        self.assertEqual(supervisor.messages[-1], stopping, "nothing is told afterwards")

    def test_nothing_is_ready_that_cannot_start(self):
        duenotice, supervisor = self.supervised(agreements={"path": "/nonexistent"})
        self.assertIn(supervisor.process.wait(30), (1, 2), "codes that the unit does not start again for")
        self.assertIn(str(supervisor.process.returncode), service(self.unit)["RestartPreventExitStatus"][0])
        self.assertEqual(supervisor.read(), [])

    def test_the_reload_line_reloads_and_says_so(self):
        agreements = self.prefix / "share/duenotice/agreements"
        duenotice, supervisor = self.supervised(agreements={"path": str(agreements)})
        ready = supervisor.wait_for("READY")
        supervisor.reload()
        reloading = supervisor.wait_for("RELOADING", after=ready)
        self.assertRegex(supervisor.messages[reloading]["MONOTONIC_USEC"], r"^\d+$")
        ready = supervisor.wait_for("READY", after=reloading)
        self.assertIsNone(supervisor.process.poll())
        (agreements / "stray.txt").write_text("x")
        supervisor.reload()
        ready = supervisor.wait_for("READY", after=ready + 1)
        self.assertIn("NOT reloaded", supervisor.messages[ready]["STATUS"])

    def test_a_journal_that_stands_still_gets_no_beat(self):
        duenotice, supervisor = self.supervised(watchdog_seconds=1)
        supervisor.wait_for("WATCHDOG")
        foreign = sqlite3.connect(duenotice.journal, isolation_level=None)
        self.addCleanup(foreign.close)
        foreign.execute("BEGIN IMMEDIATE")
        duenotice.submit(terms_change())
        still = lambda after: self.still(supervisor, after)  # noqa: E731
        first = self.wait_until(lambda: still(0), "the journal to stand still")
        third = self.wait_until(lambda: still(first) and still(still(first)), "to be told so again")
        between = supervisor.messages[first:third]
        self.assertEqual([each for each in between if "WATCHDOG" in each], [])
        self.assertIn('"threads":"journal"', duenotice.log())
        foreign.execute("ROLLBACK")
        supervisor.wait_for("WATCHDOG", after=third)
        self.wait_until(lambda: "going_round_again" in duenotice.log(), "the log to say that it is over")

    @staticmethod
    def still(supervisor, after):
        """The place behind the first message from `after` on that says so; 0 when there is none."""
        for place, message in enumerate(supervisor.read()[after:], after + 1):
            if message.get("STATUS", "").startswith("STANDING STILL: journal"):
                return place
        return 0

    def test_systemd_finds_no_fault_in_the_unit(self):
        if shutil.which("systemd-analyze") is None:
            raise unittest.SkipTest("there is no systemd-analyze here")
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", self.unit], capture_output=True, text=True, timeout=60
        )
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        # 0 is a service that can do nothing, 100 one that can do everything; this one needs the network.
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", self.unit],
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 0, done.stdout)
