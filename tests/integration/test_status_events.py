"""What backend services are told of their requests, from the broker and from the command."""

import json
import os
import signal
import subprocess
import threading

from support import broker as rabbitmq
from support.case import GatewayCase
from support.gateway import ENVIRONMENT
from support.half_dead_broker import SwallowingBroker
from support.requests import sample, terms_change

FINAL = ("rejected", "deemed_delivered", "failed", "cancelled")


def bodies(taken):
    return [json.loads(body) for _, _, body in taken]


class StatusEvents(GatewayCase):
    def told_all(self, gateway):
        """Whether these are all that the journal has, by their ids."""
        wanted = {event["id"] for event in gateway.events()}
        return lambda taken: wanted <= {properties.message_id for _, properties, _ in taken}

    def check_same_as_journal(self, taken, gateway):
        """Nothing lost, nothing invented, in the journal's order but for what came again, byte for byte."""
        seen = {}
        for method, properties, body in taken:
            event = json.loads(body)
            self.assertEqual(properties.message_id, event["id"])
            self.assertEqual(method.routing_key, event["type"])
            self.assertEqual(seen.setdefault(event["id"], event), event)
        self.assertEqual(list(seen.values()), gateway.events())


class FromTheBroker(StatusEvents):
    def setUp(self):
        self.server = self.mail_server()
        self.queue = self.broker()
        self.queue.listen()

    def start(self, **queue):
        return self.gateway(
            queue=self.queue.section(**queue), channels_email={"url": self.server.url, "tls": "off"}
        ).start()

    def test_a_service_learns_what_became_of_each_request(self):
        gateway = self.start()
        good, bad = terms_change(reference="ticket 17"), terms_change(account_id=7)
        self.queue.publish(good)
        self.queue.publish(bad)
        taken = self.queue.status_events(lambda taken: len(taken) == 3)
        self.check_same_as_journal(taken, gateway)
        mine = [event for event in bodies(taken) if event["data"]["request_id"] == good["id"]]
        self.assertEqual([event["data"]["state"] for event in mine], ["accepted", "deemed_delivered"])
        notice = gateway.show(good)
        told = mine[1]["data"]
        for key in set(told) & set(notice):
            self.assertEqual(told[key], notice[key], key)
        self.assertEqual(told["reference"], "ticket 17")
        self.assertEqual(told["account_id"], good["account_id"])
        (refusal,) = [event for event in bodies(taken) if event["data"]["state"] == "rejected"]
        self.assertEqual((refusal["data"]["code"], refusal["data"]["pointer"]), ("wrong_type", "/account_id"))
        self.assertEqual(refusal["subject"], gateway.json("rejected")[0]["rejection_id"])

    def test_a_binding_chooses_by_state(self):
        other = self.broker()
        other.events = self.queue.events
        other.listen("duenotice.notice.rejected.*")
        self.start()
        for body in (terms_change(), terms_change(account_id=7), terms_change()):
            self.queue.publish(body)
        self.queue.status_events(lambda taken: len(taken) == 5)
        (told,) = other.status_events(lambda taken: len(taken) == 1)
        self.assertEqual(told[0].routing_key, "duenotice.notice.rejected.v1")

    def test_nothing_is_published_where_it_is_switched_off(self):
        gateway = self.start(events="")
        request = terms_change()
        self.queue.publish(request)
        gateway.wait_for(request)
        self.assertEqual(gateway.stop(), 0)
        self.assertEqual(len(gateway.events()), 2)
        # Switched on again, it tells what it did not tell before.
        gateway.configure(queue={"events": self.queue.events})
        gateway.start()
        taken = self.queue.status_events(lambda taken: len(taken) == 2)
        self.check_same_as_journal(taken, gateway)

    def test_what_was_not_confirmed_before_a_kill_comes_again_under_the_same_id(self):
        swallowing = SwallowingBroker(rabbitmq.url(), b"duenotice.notice.accepted.v1")
        self.addCleanup(swallowing.close)
        gateway = self.start(url=swallowing.url())
        self.queue.wait_for_queue()
        requests = [terms_change() for _ in range(5)]
        for request in requests:
            self.queue.publish(request)
        first = self.queue.status_events(lambda taken: len(taken) >= 1)
        for request in requests:
            gateway.wait_for(request)
        gateway.kill()
        swallowing.close()
        gateway.configure(queue={"url": rabbitmq.url()})
        gateway.start()
        # None was confirmed, so all of them come, and those that went out before come again.
        again = self.queue.status_events(self.told_all(gateway))
        self.check_same_as_journal(first + again, gateway)
        repeated = {properties.message_id for _, properties, _ in first}
        self.assertLessEqual(repeated, {properties.message_id for _, properties, _ in again})
        # And no more of it once it was confirmed.
        self.wait_until(
            lambda: gateway.json("status")["status_events_waiting_since"] is None, "the confirms to be kept"
        )
        self.assertEqual(gateway.stop(), 0)
        again += self.queue.status_events_left()  # those that had gone out before the kill, a second time
        gateway.start()
        another = terms_change()
        self.queue.publish(another)
        new = self.queue.status_events(lambda new: len(new) == 2)
        self.check_same_as_journal(first + again + new, gateway)

    def test_doctor_says_whether_the_exchange_is_there(self):
        gateway = self.start()
        self.queue.wait_for_queue()
        (finding,) = [each for each in gateway.json("doctor") if each["check"] == "queue"]
        self.assertIn(f"the exchange {self.queue.events} is there", finding["message"])


class FromTheCommand(StatusEvents):
    def follow(self, gateway, *arguments):
        """A running `duenotice events --follow` and the list that its lines are appended to."""
        process = subprocess.Popen(
            gateway.command("events", "--follow", *arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
        reader.start()
        return process, lines

    def test_follow_prints_what_there_is_and_then_what_comes(self):
        gateway = self.gateway().start()
        first, second, bad = terms_change(), sample("fund_freeze.en"), terms_change(account_id=7)
        gateway.submit(first)
        gateway.wait_for(first)
        process, lines = self.follow(gateway)
        self.wait_until(lambda: len(lines) == 2, lambda: f"two lines, not {lines}")
        gateway.submit(second, bad)
        self.wait_until(lambda: len(lines) == 5, lambda: f"five lines, not {lines}")
        told = [json.loads(line) for line in lines]
        self.assertEqual(told, gateway.events())
        self.assertEqual(
            {event["data"]["request_id"] for event in told}, {r["id"] for r in (first, second, bad)}
        )
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)

    def test_it_goes_on_after_the_sequence_of_the_last_line(self):
        gateway = self.gateway().start()
        requests = [terms_change() for _ in range(4)]
        gateway.submit(*requests)
        for request in requests:
            gateway.wait_for(request)
        everything = gateway.events()
        self.assertEqual(len(everything), 8)
        self.assertEqual(gateway.events("--after", everything[2]["sequence"]), everything[3:])
        self.assertEqual(gateway.events("--after", everything[2]["data"]["sequence"]), everything[3:])
        self.assertEqual(gateway.events("--limit", 3), everything[:3])
        deemed = [event for event in everything if event["data"]["state"] == "deemed_delivered"]
        self.assertEqual(gateway.events("--type", "deemed_delivered"), deemed)
        self.assertEqual(gateway.events("--type", deemed[0]["type"], "--limit", 1), deemed[:1])
        process, lines = self.follow(gateway, "--after", everything[-1]["sequence"], "--limit", 1)
        gateway.submit(terms_change())
        self.assertEqual(process.wait(30), 0)
        self.assertEqual([json.loads(line)["data"]["state"] for line in lines], ["accepted"])

    def test_follow_ends_with_ctrl_c_and_when_nobody_reads(self):
        gateway = self.gateway().start()
        request = terms_change()
        gateway.submit(request)
        gateway.wait_for(request)
        process, lines = self.follow(gateway)
        self.wait_until(lambda: len(lines) == 2, "two lines")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 0)
        read, write = os.pipe()
        alone = subprocess.Popen(
            gateway.command("events", "--follow"), stdout=write, stderr=subprocess.PIPE, env=ENVIRONMENT
        )
        self.addCleanup(alone.kill)
        os.close(write)
        self.assertTrue(os.read(read, 1))
        os.close(read)
        self.assertEqual(alone.wait(30), 0)
        self.assertEqual(alone.stderr.read(), b"")
        alone.stderr.close()

    def test_without_a_journal_it_says_so(self):
        done = self.gateway().run("events")
        self.assertEqual(done.returncode, 3)
        self.assertIn("there is no journal", done.stderr)
