"""The journal's disk is full, and then it is not."""

import contextlib
import os
import signal
import subprocess
import tempfile
import unittest

from support.case import GatewayCase
from support.requests import terms_change


class Storage(GatewayCase):
    def small_disk(self, megabytes):
        """A file system of its own; needs the right to mount."""
        folder = tempfile.mkdtemp(prefix="duenotice-disk-")
        self.addCleanup(os.rmdir, folder)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "duenotice-test", folder],
            capture_output=True,
            text=True,
        )
        if mounted.returncode != 0:
            raise unittest.SkipTest(f"needs the right to mount a tmpfs: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", folder], check=True)
        return folder

    def fill(self, disk, leave):
        """Fills the disk but for `leave` bytes; returns the file to remove."""
        name = os.path.join(disk, "filler")
        with open(name, "wb", buffering=0) as file, contextlib.suppress(OSError):  # somebody else was faster
            free = os.statvfs(disk)
            while free.f_bavail * free.f_frsize > leave:
                file.write(b"x" * min(65536, free.f_bavail * free.f_frsize - leave))
                free = os.statvfs(disk)
        return name

    def gateway_on(self, disk, server, **email):
        gateway = self.gateway(
            journal={"url": f"sqlite:{disk}/journal.db", "reserve": "2MB", "low_space": "8MB"},
            channels_email={"url": server.url, "tls": "off", "connections": 2, **email},
        )
        self.addCleanup(gateway.stop)
        return gateway

    def put_two_on_the_wire(self, gateway, server):
        """Two requests whose mails the server has and does not answer."""
        server.hold_answers()
        requests = [terms_change() for _ in range(2)]
        gateway.submit(*requests)
        self.wait_until(lambda: len(server.envelopes) == 2, "two messages on the wire")
        return requests

    def all_sent_or_restarted(self, gateway, count):
        """A full disk may end the gateway at any moment; whoever supervises it starts it again."""
        if gateway.process.poll() is not None:
            gateway.start()
        return len(gateway.json("list", "--limit", count, "--state", "deemed_delivered")) == count

    def test_low_space_stops_intake_and_not_the_gateway(self):
        disk, server = self.small_disk(32), self.mail_server()
        gateway = self.gateway_on(disk, server).start()
        first = terms_change()
        gateway.submit(first)
        gateway.wait_for(first)
        filler = self.fill(disk, 4_000_000)
        later = [terms_change() for _ in range(20)]
        gateway.submit(*later)
        self.wait_until(lambda: "space" in gateway.log(), "the gateway to say that space is low")
        os.remove(filler)
        gateway.wait_for_count(21, "--state", "deemed_delivered")
        self.assertEqual(len(server.envelopes), 21)

    def test_outcomes_in_flight_are_recorded_on_a_full_disk(self):
        disk, server = self.small_disk(32), self.mail_server()
        gateway = self.gateway_on(disk, server).start()
        requests = self.put_two_on_the_wire(gateway, server)
        filler = self.fill(disk, 0)
        server.release_answers()
        for request in requests:
            notice = gateway.wait_for(request)
            self.assertEqual([a["outcome"] for a in notice["deliveries"][0]["attempts"]], ["sent"])
        os.remove(filler)
        last = terms_change()
        gateway.submit(last)
        gateway.wait_for(last)
        self.assertEqual(gateway.stop(), 0)

    def test_a_disk_without_any_room_ends_the_gateway_and_a_restart_goes_on(self):
        disk, server = self.small_disk(32), self.mail_server()
        gateway = self.gateway_on(disk, server).start()
        requests = self.put_two_on_the_wire(gateway, server)
        os.remove(f"{disk}/journal.db.reserve")
        filler = self.fill(disk, 0)
        server.release_answers()
        self.wait_until(lambda: gateway.process.poll() is not None, "the gateway to give up")
        self.assertNotIn(gateway.process.returncode, (0, -signal.SIGKILL, -signal.SIGABRT))
        self.assertIn("the disk is full and the reserve is used up", gateway.log())
        os.remove(filler)
        gateway.start()
        for request in requests:
            attempts = gateway.wait_for(request)["deliveries"][0]["attempts"]
            self.assertEqual([a["outcome"] for a in attempts], ["unknown", "sent"])
            self.assertEqual([a["possible_duplicate"] for a in attempts], [False, True])

    def test_nothing_is_lost_when_the_disk_fills_under_load(self):
        disk, server = self.small_disk(48), self.mail_server()
        gateway = self.gateway_on(disk, server)
        requests = [terms_change() for _ in range(400)]
        gateway.submit(*requests)
        gateway.start()
        self.wait_until(lambda: len(server.envelopes) > 20, "the first messages")
        filler = self.fill(disk, 0)
        self.wait_until(
            lambda: "space" in gateway.log() or gateway.process.poll() is not None, "want of space"
        )
        os.remove(filler)
        self.wait_until(lambda: self.all_sent_or_restarted(gateway, 400), "all to be sent", seconds=120)
        notices = [gateway.show(request) for request in requests]
        for request, notice in zip(requests, notices):
            copies = len(server.of(request["recipient"]["email"]))
            marked = any(a["possible_duplicate"] for a in notice["deliveries"][0]["attempts"])
            self.assertTrue(copies == 1 or marked, f"{request['id']} came {copies} times unmarked")
