"""Ten thousand requests that were refused: finding them, seeing each one's fault, mending or leaving it."""

import json
import re
import time

from support.operators import OperatorCase
from support.requests import (
    SERVICE_AGREEMENT,
    USER_AGREEMENT,
    event,
    in_days,
    progress,
    request,
    sample,
    terms_change,
)

MANY = 10_000
FAULTS = {
    "unknown_kind": "/kind",
    "missing_variable": "/variables/url",
    "malformed_email": "/recipient/email",
}


def wrong(number):
    """A request with one of three faults."""
    body = terms_change()
    if number % 3 == 0:
        body["kind"] = "terms_chnge"
    elif number % 3 == 1:
        del body["variables"]["url"]
    else:
        body["recipient"]["email"] = "nobody"
    return body


class RejectedRequests(OperatorCase):
    def submit_wrong(self, gateway, count, at_once=2_500):
        requests = [wrong(number) for number in range(count)]
        for first in range(0, count, at_once):
            gateway.submit(*requests[first : first + at_once])
        return {request["id"]: request for request in requests}

    def pages(self, gateway, *filters):
        """All rows of a listing, page by page, and how long the slowest page took."""
        rows, slowest = [], 0
        while True:
            began = time.monotonic()
            after = ("--after", rows[-1]["rejection_id"]) if rows else ()
            page = gateway.json("rejected", "--limit", 2_500, *filters, *after)
            slowest = max(slowest, time.monotonic() - began)
            rows += page
            if len(page) < 2_500:
                return rows, slowest

    def test_ten_thousand_of_them(self):
        gateway = self.gateway().start()
        requests = self.submit_wrong(gateway, MANY)
        self.wait_until(
            lambda: len(gateway.json("rejected", "--limit", MANY)) == MANY, "all to be refused", seconds=180
        )
        rows, slowest = self.pages(gateway)
        self.assertLess(slowest, 5)
        self.assertEqual({row["request_id"] for row in rows}, set(requests))
        self.assertEqual([row["at"] for row in rows], sorted((row["at"] for row in rows), reverse=True))
        for code, pointer in FAULTS.items():
            found, slowest = self.pages(gateway, "--code", code)
            self.assertLess(slowest, 5)
            self.assertEqual({row["pointer"] for row in found}, {pointer})
            self.assertIn(len(found), (MANY // 3, MANY // 3 + 1))
        chosen = [next(row for row in rows if row["code"] == code) for code in FAULTS]
        self.mend(gateway, chosen[0], requests[chosen[0]["request_id"]])
        self.leave(gateway, chosen[1])
        open_ones, slowest = self.pages(gateway, "--open")
        self.assertLess(slowest, 5)
        decided = {row["rejection_id"] for row in chosen[:2]}
        self.assertEqual(len(open_ones), MANY - 2)
        self.assertFalse(decided & {row["rejection_id"] for row in open_ones})
        self.assertEqual(len(gateway.json("list")), 1)

    def mend(self, gateway, row, request):
        """Released with the fault in it, it stays; edited, it becomes a notice, and says what was edited."""
        rejection = row["rejection_id"]
        page = gateway.run("rejected", "show", rejection)
        self.assertIn('\n>   "kind": "terms_chnge",\n', page.stdout)
        self.assertEqual(page.stdout.count("\n>"), 1)
        self.assertIn(f"duenotice rejected release {rejection} --edit", page.stderr)
        why = ("--reason", "a slip in the kind")
        refused = self.order(gateway, "rejected", "release", rejection, *why, code=1)
        self.assertIn("it would be rejected again: unknown_kind at /kind", refused)
        self.assertEqual(gateway.json("rejected", "show", rejection)["state"], "open")
        body = gateway.bytes_of("rejected", "show", rejection, "--raw")
        self.assertEqual(json.loads(body), request)
        file = gateway.folder / "request.json"
        file.write_bytes(body.replace(b"terms_chnge", b"terms_change"))
        answer = self.order_json(
            gateway, "rejected", "release", rejection, "--edit", file, *why, "--operator", "li"
        )
        notice = gateway.wait_for(request)
        self.assertEqual(answer["notice"], notice["notice_id"])
        shown = gateway.json("rejected", "show", rejection)
        self.assertEqual((shown["state"], shown["became"]), ("released", notice["notice_id"]))
        decision = shown["decision"]
        self.assertEqual((decision["what"], decision["operator"]), ("release", "li"))
        self.assertEqual(decision["reason"], why[1])
        self.assertEqual(
            decision["difference"], [{"op": "replace", "path": "/kind", "value": "terms_change"}]
        )
        self.assertIn('replace /kind "terms_change"', gateway.run("rejected", "show", rejection).stdout)
        again = self.order(gateway, "rejected", "release", rejection, "--edit", file, *why, code=1)
        self.assertIn(f"released already and became {notice['notice_id']}", again)

    def leave(self, gateway, row):
        rejection = row["rejection_id"]
        self.order(gateway, "rejected", "discard", rejection, "--reason", "a test of theirs")
        shown = gateway.json("rejected", "show", rejection)
        self.assertEqual((shown["state"], shown["became"]), ("discarded", None))
        self.assertEqual(shown["decision"]["reason"], "a test of theirs")
        refused = self.order(gateway, "rejected", "release", rejection, "--reason", "after all", code=1)
        self.assertIn("discarded already", refused)

    def test_an_sms_that_is_too_long_says_which_limit_and_how_long_it_is(self):
        gateway = self.gateway()
        gateway.configure(channels_sms={"url": f"sandbox:{gateway.folder}/sms", "max_segments": 4})
        gateway.start()
        short, long = progress("+8613900000001"), progress("+8613900000002", progress="进展" * 134)
        gateway.submit(short, event(long))
        (row,) = gateway.wait_for_rejections(1)
        self.assertEqual((row["code"], row["pointer"]), ("invalid_value", "/data/variables"))
        said = re.search(r"it has (\d+) characters, which is (\d+) segments in UCS-2", row["message"])
        self.assertGreater(int(said[1]), 4 * 67)
        self.assertGreater(int(said[2]), 4)
        self.assertIn("[channels.sms] max_segments allows 4; shorten the variables", row["message"])
        file = gateway.folder / "request.json"
        file.write_text(json.dumps(long))
        done = gateway.run("preview", "service_progress", "--agreement", USER_AGREEMENT, "--data", file)
        self.assertIn("max_segments allows 4", done.stderr)
        gateway.wait_for(short)

    def change(self, **changes):
        variables = {
            "service_name": "On-call",
            "action": "discontinued",
            "change": "It is replaced by Flashduty Pro.",
            "url": "https://www.example.com/change",
        }
        variables.update(changes.pop("variables", {}))
        changes.setdefault("effective_date", in_days(20))
        return request(SERVICE_AGREEMENT, "service_change", variables, **changes)

    def test_what_cannot_be_true_is_refused_at_its_field(self):
        gateway = self.gateway().start()
        freeze = sample("fund_freeze")
        freeze["variables"]["appeal_until"] = in_days(-1)
        end = sample("service_termination")
        end["variables"]["data_export_until"] = in_days(44)  # a day before the service ends
        refused = {
            "/variables/appeal_until": freeze,
            "/data/variables/data_export_until": event(end),
            "/effective_date": terms_change(effective_date=in_days(-1)),
            "/data/effective_date": event(self.change(effective_date=None)),
            "/variables/action": self.change(variables={"action": "will be discontinued"}),
        }
        right = self.change()
        gateway.submit(*refused.values(), right)
        rows = gateway.wait_for_rejections(len(refused))
        self.assertEqual({row["pointer"] for row in rows}, set(refused))
        codes = {row["pointer"]: row["code"] for row in rows}
        self.assertEqual(codes.pop("/data/effective_date"), "effective_date_missing")
        self.assertEqual(set(codes.values()), {"invalid_value"})
        said = {row["pointer"]: row["message"] for row in rows}
        self.assertIn(in_days(0), said["/variables/appeal_until"])
        self.assertIn('one of "changed", "discontinued"', said["/variables/action"])
        shown = gateway.wait_for(right)
        self.assertEqual(shown["dates_hold_until"], in_days(20))
        raw = gateway.bytes_of("show", shown["notice_id"], "--raw", "email")
        self.assertIn(b"Subject: On-call will be discontinued", raw)

    def test_a_release_without_a_gateway_is_sent_at_the_next_start(self):
        gateway = self.gateway().start()
        request = wrong(0)
        gateway.submit(request)
        (row,) = gateway.wait_for_rejections(1)
        gateway.stop()
        file = gateway.folder / "request.json"
        file.write_text(json.dumps({**request, "kind": "terms_change"}))
        words = ("rejected", "release", row["rejection_id"], "--edit", file, "--reason", "a slip")
        self.assertIn("No gateway is running: it is written down", self.order(gateway, *words))
        self.assertEqual(gateway.show(request)["state"], "accepted")
        gateway.start()
        self.assertEqual(len(gateway.wait_for(request)["deliveries"][0]["attempts"]), 1)

    def test_a_release_of_what_was_accepted_meanwhile_sends_nothing(self):
        gateway = self.gateway().start()
        request = wrong(0)
        good = {**request, "kind": "terms_change"}
        gateway.submit(request, good)
        gateway.wait_for(good)
        (row,) = gateway.wait_for_rejections(1)
        file = gateway.folder / "request.json"
        words = ("rejected", "release", row["rejection_id"], "--edit", file, "--reason", "a slip")
        file.write_text(json.dumps({**good, "account_id": "somebody-else"}))
        self.assertIn("give it an id of its own", self.order(gateway, *words, code=1))
        file.write_text(json.dumps(good))
        self.assertIn("accepted before: nothing new is sent", self.order(gateway, *words))
        self.assertEqual(len(gateway.show(good)["deliveries"][0]["attempts"]), 1)
        self.assertEqual(len(gateway.json("list")), 1)
