"""Whether everything came: numbered requests, what is reported of them, and the statement of a day."""

import base64
import contextlib
import datetime
import hashlib
import json
import sqlite3

from support.log_case import ORIGIN, LogCase
from support.log_check import checkpoint_of, note_signed
from support.requests import terms_change


def numbered(number, request=None, **attributes):
    """A request as an event with a number."""
    data = request or terms_change()
    return {
        "specversion": "1.0",
        "type": "duenotice.notice.requested.v1",
        "source": data["source"],
        "id": data["id"],
        "sequence": str(number),
        "sequencetype": "Integer",
        **attributes,
        "data": data,
    }


class Completeness(LogCase):
    def sources(self, gateway, *words):
        done = gateway.run("completeness", "--json", *words)
        return done.returncode, json.loads(done.stdout)

    def publish(self, gateway, *events):
        """Waits until each has become a notice or a rejection."""
        before = len(gateway.json("list", "--limit", 1000)) + len(gateway.json("rejected"))
        gateway.submit(*events)
        self.wait_until(
            lambda: len(gateway.json("list", "--limit", 1000)) + len(gateway.json("rejected"))
            >= before + len(events),
            "all to be taken in",
        )

    def finding(self, gateway, check="completeness"):
        return super().finding(gateway, check)

    def test_gaps_and_repeats_are_named(self):
        gateway = self.gateway().start()
        self.assertEqual(self.sources(gateway), (0, []))
        self.assertIn("No publisher numbers", gateway.run("completeness").stdout)
        self.publish(gateway, *[numbered(n) for n in (1, 2, 3)])
        self.assertEqual(self.finding(gateway)["health"], "ok")
        code, (source,) = self.sources(gateway)
        self.assertEqual((code, source["first"], source["last"], source["missing"]), (0, 1, 3, 0))
        self.publish(gateway, *[numbered(n) for n in (5, 9, 9)])
        code, (source,) = self.sources(gateway, "--source", source["source"])
        self.assertEqual((code, source["numbers"], source["missing"], source["repeated"]), (1, 5, 4, 1))
        self.assertEqual(source["gaps"], [{"first": 4, "last": 4}, {"first": 6, "last": 8}])
        self.assertEqual([repeat["number"] for repeat in source["repeats"]], [9])
        self.assertEqual(len(source["repeats"][0]["request_ids"]), 2)
        said = gateway.run("completeness").stdout
        self.assertIn("4, 6-8", said)
        finding = self.finding(gateway)
        self.assertEqual(finding["health"], "warning")
        self.assertIn("4 numbered requests never came, and 1 numbers were given twice", finding["message"])
        self.assertEqual(gateway.run("completeness", "--source", "nobody").returncode, 3)
        # What was missing comes late.
        self.publish(gateway, *[numbered(n) for n in (4, 6, 7, 8)])
        self.assertEqual(self.sources(gateway)[1][0]["missing"], 0)

    def test_a_redelivery_is_no_repeat_and_a_rejected_request_came(self):
        gateway = self.gateway().start()
        first = numbered(1)
        refused = numbered(2)
        del refused["data"]["recipient"]
        self.publish(gateway, first, refused)
        gateway.submit(first, refused)
        last = numbered(3)
        gateway.submit(last)
        gateway.wait_for(last["data"])
        code, (source,) = self.sources(gateway)
        self.assertEqual((code, source["numbers"], source["repeated"]), (0, 3, 0))

    def test_what_is_no_number_is_not_counted_and_not_refused(self):
        gateway = self.gateway().start()
        odd = [numbered(n) for n in ("0", "-1", "1.5", "x", "", "01", str(2**53))]
        odd.append(numbered(1, sequencetype="Other"))
        plain = numbered(1)
        del plain["sequencetype"]
        for event in (*odd, plain):
            gateway.submit(event)
            gateway.wait_for(event["data"])
        self.assertEqual(self.sources(gateway), (0, []))

    def test_a_kill_does_not_lose_a_number(self):
        gateway = self.gateway().start()
        for round_ in range(3):
            gateway.submit(*[numbered(n) for n in range(round_ * 20 + 1, round_ * 20 + 21)])
            gateway.kill()
            gateway.start()
        gateway.wait_for_count(60)
        code, (source,) = self.sources(gateway)
        self.assertEqual((code, source["first"], source["last"], source["numbers"]), (0, 1, 60, 60))

    def test_the_statement_of_a_day_goes_into_the_log(self):
        gateway = self.gateway().start()
        refused = terms_change()
        del refused["recipient"]
        self.publish(gateway, numbered(1), numbered(3), refused)
        gateway.stop()
        self.begin_earlier(gateway, datetime.timedelta(days=1))
        gateway.configure(evidence={"origin": ORIGIN, "interval": "100ms"})
        gateway.vkey = gateway.run("log", "init").stdout.strip()
        gateway.start()
        event = self.wait_until(lambda: self.statement_event(gateway), "the statement", 30)
        done = gateway.run("completeness", "--statement", event["date"])
        self.assertEqual(done.returncode, 0, done.stderr)
        note = done.stdout
        self.assertEqual(hashlib.sha256(note.encode()).hexdigest(), event["sha256"])
        self.assertTrue(note_signed(note, gateway.vkey))
        self.assertFalse(note_signed(note.replace('"missing":1', '"missing":0'), gateway.vkey))
        header, body = note.split("\n\n")[0].splitlines()
        said = json.loads(body)
        self.assertEqual((header, said["origin"]), ("duenotice-statement/v1", ORIGIN))
        self.assertEqual((said["first_index"], said["last_index"]), (0, said["size"] - 1))
        counts = {(one["source"], one["state"]): one["count"] for one in said["counts"]}
        source = numbered(1)["source"]
        self.assertEqual(counts[source, "deemed_delivered"], 2)
        self.assertEqual(counts[source, "rejected"], 1)
        self.assertEqual(
            said["sequences"], [{"source": source, "first": 1, "last": 3, "missing": 1, "repeated": 0}]
        )
        # The root is that of a checkpoint of this size: the log proves that it only grew since.
        consistency = gateway.run("log", "consistency", said["size"])
        self.assertEqual(consistency.returncode, 0)
        self.assertEqual(len(base64.b64decode(said["root"], validate=True)), 32)
        whole = self.wait_until_whole(gateway)
        self.assertGreater(checkpoint_of(whole)[2], said["size"])
        self.assert_good(gateway)
        # Once a day, over restarts too.
        gateway.stop()
        gateway.start()
        self.send(gateway)
        types = [json.loads(event)["type"] for event in self.events(gateway)]
        self.assertEqual(types.count("statement"), 1)
        gateway.stop()
        with contextlib.closing(sqlite3.connect(gateway.journal)) as journal:
            journal.execute("""UPDATE statements SET note = replace(note, '"missing":1', '"missing":0')""")
            journal.commit()
        altered = gateway.run("completeness", "--statement", event["date"])
        self.assertEqual((altered.returncode, altered.stdout), (74, ""))
        self.assertIn("was altered", altered.stderr)
        self.assertEqual(gateway.run("completeness", "--statement", "2001-01-01").returncode, 3)
        self.assertEqual(gateway.run("completeness", "--statement", "yesterday").returncode, 2)
