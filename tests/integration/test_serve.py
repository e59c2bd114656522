"""How the gateway starts, stops and keeps others out."""

import contextlib
import os
import pathlib
import signal
import sqlite3
import stat

from support.case import GatewayCase
from support.requests import terms_change


def contents(folder):
    """Every file below `folder` with its size and time of change, the sockets aside."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in pathlib.Path(folder).rglob("*")
        if path.is_file() and path.name != "serve.log"
    }


def messages_in(queue):
    """How many requests the embedded queue holds, those in flight included."""
    with contextlib.closing(sqlite3.connect(f"file:{queue}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM requests").fetchone()[0]


class Serve(GatewayCase):
    def test_the_control_socket_is_its_owners_alone(self):
        gateway = self.gateway().start()
        mode = os.stat(gateway.socket_path).st_mode
        self.assertTrue(stat.S_ISSOCK(mode))
        self.assertEqual(stat.S_IMODE(mode), 0o600)

    def test_a_second_serve_refuses_and_writes_nothing(self):
        gateway = self.gateway().start()
        request = terms_change()
        gateway.submit(request)
        gateway.wait_for(request)
        self.wait_until(lambda: messages_in(gateway.folder / "queue.db") == 0, "the acknowledgement")
        before = contents(gateway.folder)
        second = gateway.run("serve")
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("lock", second.stderr + second.stdout)
        self.assertEqual(contents(gateway.folder), before)
        self.assertTrue(gateway.is_ready(), "the first one goes on")

    def test_sigterm_lets_attempts_in_flight_finish(self):
        server = self.mail_server()
        gateway = self.gateway(channels_email={"url": server.url, "tls": "off", "connections": 2}).start()
        server.hold_answers()
        requests = [terms_change() for _ in range(30)]
        gateway.submit(*requests)
        self.wait_until(lambda: len(server.envelopes) == 2, "two messages on the wire")
        process = gateway.process
        process.send_signal(signal.SIGTERM)
        self.wait_until(lambda: not gateway.is_ready(), "the drain")
        self.assertNotEqual(gateway.run("serve").returncode, 0, "the lock is still taken")
        server.release_answers()
        self.assertEqual(gateway.stop(), 0)
        states = [notice["state"] for notice in gateway.json("list")]
        attempts = [gateway.show(r)["deliveries"][0]["attempts"] for r in requests if gateway.show(r)]
        outcomes = [attempt["outcome"] for each in attempts for attempt in each]
        self.assertEqual(outcomes.count("sent"), len(server.envelopes))
        self.assertGreaterEqual(outcomes.count("sent"), 2)
        self.assertLessEqual(set(outcomes), {"sent", "not_started"})
        self.assertNotIn("failed", states)
        gateway.start()
        gateway.wait_for_count(30, "--state", "deemed_delivered")
        for request in requests:
            self.assertEqual(
                len(server.of(request["recipient"]["email"])), 1, "a drained stop sends nothing twice"
            )

    def test_sigterm_calls_only_that_unknown_which_is_on_the_wire(self):
        server = self.mail_server()
        keys = {"url": server.url, "tls": "off", "connections": 2, "on_unknown": "hold"}
        gateway = self.gateway(journal={"drain": "200ms"}, channels_email=keys).start()
        server.hold_answers()
        requests = [terms_change() for _ in range(30)]
        gateway.submit(*requests)
        self.wait_until(lambda: len(server.envelopes) == 2, "two messages on the wire")
        on_the_wire = {envelope.rcpt_tos[0] for envelope in server.envelopes}
        self.assertEqual(gateway.stop(), 0)
        server.release_answers()
        outcomes = {}
        for request in filter(gateway.show, requests):
            attempts = gateway.show(request)["deliveries"][0]["attempts"]
            outcomes[request["recipient"]["email"]] = {attempt["outcome"] for attempt in attempts}
        self.assertEqual({to for to, ended in outcomes.items() if "unknown" in ended}, on_the_wire)
        self.assertLessEqual(set().union(*outcomes.values()), {"unknown", "not_started"})
        gateway.start()
        gateway.wait_for_count(28, "--state", "deemed_delivered")
        self.assertEqual(len(gateway.json("list", "--state", "held")), 2)

    def test_the_embedded_queue_keeps_what_is_submitted_while_nobody_serves(self):
        gateway = self.gateway()
        requests = [terms_change() for _ in range(20)]
        gateway.submit(*requests)
        gateway.start()
        gateway.wait_for_count(20, "--state", "deemed_delivered")
        gateway.submit(*requests)
        last = terms_change()
        gateway.submit(last)
        gateway.wait_for(last)
        self.assertEqual(len(gateway.json("list")), 21)

    def test_kill_9_and_restart(self):
        server = self.mail_server()
        gateway = self.gateway(channels_email={"url": server.url, "tls": "off", "connections": 1}).start()
        server.hold_answers()
        request = terms_change()
        gateway.submit(request)
        self.wait_until(lambda: len(server.envelopes) == 1, "the message on the wire")
        gateway.kill()
        server.release_answers()
        gateway.start()
        attempts = gateway.wait_for(request)["deliveries"][0]["attempts"]
        self.assertEqual([a["outcome"] for a in attempts], ["unknown", "sent"])
        self.assertEqual([a["possible_duplicate"] for a in attempts], [False, True])
        self.assertEqual(len({e.original_content for e in server.envelopes}), 1)

    def test_on_unknown_hold_waits_for_a_person(self):
        server = self.mail_server()
        keys = {"url": server.url, "tls": "off", "connections": 1, "on_unknown": "hold"}
        gateway = self.gateway(channels_email=keys).start()
        server.hold_answers()
        request = terms_change()
        gateway.submit(request)
        self.wait_until(lambda: len(server.envelopes) == 1, "the message on the wire")
        gateway.kill()
        server.release_answers()
        gateway.start()
        notice = gateway.wait_for(request, "held")
        self.assertEqual(notice["next_actor"], "operator")
        self.assertFalse(notice["resend_safe"]["safe"])
        self.assertIsNone(notice["deemed_delivered_on"])
        self.assertEqual(len(server.envelopes), 1)

    def test_mistakes_in_the_configuration_stop_it_before_anything_is_made(self):
        for changes, word in [
            ({"channels_email": {"handover": "own_relay"}}, "own_relay"),
            ({"journal": {"url": "postgres://x"}}, "journal"),
            ({"agreements": {"path": "/nonexistent"}}, "/nonexistent"),
        ]:
            with self.subTest(word=word):
                gateway = self.gateway(**changes)
                done = gateway.run("serve")
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(word, done.stderr + done.stdout)
                self.assertFalse((gateway.folder / "journal.db").exists())
