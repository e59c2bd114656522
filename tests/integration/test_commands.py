"""What the commands print, beside a running gateway and without one."""

import json
import re

from support.case import GatewayCase
from support.gateway import ROOT
from support.requests import SERVICE_AGREEMENT, USER_AGREEMENT, in_days, sample, terms_change

SUMMARY_KEYS = set(
    """
    notice_id source request_id agreement agreement_version agreement_sha256 kind clause account_id state
    sandbox accepted_at
    effective_date earliest_effective_date must_be_sent_by dates_hold_until lead_time_broken
    deemed_delivered_at deemed_delivered_on
    time_zone deemed_by sent_anything resend_safe next_actor
""".split()
)
DELIVERY_KEYS = {
    "channel",
    "counts",
    "address_masked",
    "state",
    "due_at",
    "sandbox",
    "revision",
    "attempts",
}
ATTEMPT_KEYS = {
    "number",
    "revision",
    "started_at",
    "ended_at",
    "outcome",
    "code",
    "reply",
    "message_id",
    "possible_duplicate",
    "probe",
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def freeze(**changes):
    recipient = {"user_id": "user-1", **changes.pop("recipient", {})}
    return sample("fund_freeze.en", recipient=recipient, **changes)


def termination(effective_date):
    return sample("service_termination", effective_date=effective_date)


class Commands(GatewayCase):
    def test_show_has_every_key(self):
        gateway = self.gateway().start()
        wanted = freeze()
        gateway.submit(wanted)
        gateway.wait_for(wanted)

        def both_sent():  # one of them fixes the date; the other may still be under way
            shown = gateway.show(wanted)
            return shown if all(each["state"] == "sent" for each in shown["deliveries"]) else None

        notice = self.wait_until(both_sent, "both deliveries to be sent")
        self.assertLessEqual(SUMMARY_KEYS | {"deliveries", "events"}, set(notice))
        self.assertEqual(set(notice["deemed_by"]), {"rule", "clause", "channel", "attempt"})
        self.assertLessEqual({"safe", "why"}, set(notice["resend_safe"]))
        self.assertEqual([d["channel"] for d in notice["deliveries"]], ["email", "in_site"])
        for delivery in notice["deliveries"]:
            self.assertLessEqual(DELIVERY_KEYS, set(delivery))
            self.assertLessEqual(ATTEMPT_KEYS, set(delivery["attempts"][0]))
            self.assertRegex(delivery["attempts"][0]["started_at"], INSTANT)
        self.assertRegex(notice["accepted_at"], INSTANT)
        self.assertRegex(notice["deemed_delivered_at"], INSTANT)
        self.assertEqual([event["type"] for event in notice["events"]][0], "accepted")
        self.assertIn("deemed_delivered", [event["type"] for event in notice["events"]])
        sequence = [event["sequence"] for event in notice["events"]]
        self.assertEqual(sequence, sorted(set(sequence)))
        self.assertEqual(gateway.json("show", notice["notice_id"]), notice)

    def test_list_is_the_same_without_what_hangs_on_the_notice(self):
        gateway = self.gateway().start()
        wanted = freeze()
        gateway.submit(wanted)
        notice = gateway.wait_for(wanted)
        self.wait_until(
            lambda: all(d["state"] == "sent" for d in gateway.show(wanted)["deliveries"]), "both sent"
        )
        notice = gateway.show(wanted)
        (listed,) = gateway.json("list")
        hanging = ("acts", "deliveries", "events", "renderings")
        self.assertEqual(listed, {k: v for k, v in notice.items() if k not in hanging})

    def test_list_filters_and_pages(self):
        gateway = self.gateway().start()
        changes, freezes = [terms_change() for _ in range(3)], [freeze() for _ in range(4)]
        gateway.submit(*changes, *freezes)
        everything = gateway.wait_for_count(7, "--state", "deemed_delivered")
        ids = [notice["notice_id"] for notice in everything]
        self.assertEqual(
            [n["accepted_at"] for n in everything],
            sorted((n["accepted_at"] for n in everything), reverse=True),
            "newest first",
        )

        def count(*filters):
            return len(gateway.json("list", *filters))

        self.assertEqual(count("--kind", "terms_change"), 3)
        self.assertEqual(count("--kind", "fund_freeze", "--state", "deemed_delivered"), 4)
        self.assertEqual(count("--state", "failed"), 0)
        self.assertEqual(count("--agreement", SERVICE_AGREEMENT), 0)
        self.assertEqual(count("--agreement", USER_AGREEMENT), 7)
        self.assertEqual(count("--account", changes[0]["account_id"]), 1)
        self.assertEqual(count("--channel", "in_site"), 4)
        self.assertEqual(count("--since", in_days(-2)), 7)
        self.assertEqual(count("--until", in_days(-2)), 0)
        page = gateway.json("list", "--limit", 3)
        pages = [n["notice_id"] for n in page]
        while page:
            page = gateway.json("list", "--limit", 3, "--after", page[-1]["notice_id"])
            pages += [n["notice_id"] for n in page]
        self.assertEqual(pages, ids)
        misspelt = gateway.run("list", "--kind", "fund_freze", "--agreement", "nope")
        self.assertEqual((misspelt.returncode, misspelt.stdout), (0, ""))
        self.assertIn('There is no kind "fund_freze"; did you mean fund_freeze?\n', misspelt.stderr)
        self.assertIn('There is no agreement "nope"; `duenotice agreements show`', misspelt.stderr)
        self.assertIn("No notices match", misspelt.stderr)
        as_json = gateway.run("list", "--kind", "fund_freze", "--json")
        self.assertEqual((as_json.returncode, json.loads(as_json.stdout)), (0, []))
        self.assertIn("There is no kind", as_json.stderr)
        known = gateway.run("list", "--kind", "fund_freeze", "--state", "failed")
        self.assertNotIn("There is no", known.stderr)
        gateway.configure(agreements={"path": str(ROOT / "tests/support/agreements")})
        gone = gateway.run("list", "--kind", "fund_freeze", "--state", "failed")
        self.assertNotIn("There is no", gone.stderr, "a notice knows the word")
        unknown = gateway.run("list", "--after", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--json")
        self.assertNotEqual(unknown.returncode, 0)
        self.assertIn("01ARZ3NDEKTSV4RRFFQ69G5FAV", unknown.stderr)

    def test_reading_commands_work_without_a_running_gateway(self):
        gateway = self.gateway().start()
        good, bad = freeze(), terms_change(account_id=7)
        gateway.submit(good, bad)
        gateway.wait_for(good)
        gateway.wait_for_rejections(1)
        commands = [("list",), ("show", good["source"], good["id"]), ("inbox", "user-1"), ("rejected",)]
        self.wait_until(
            lambda: all(d["state"] == "sent" for d in gateway.show(good)["deliveries"]), "both sent"
        )
        running = [gateway.json(*command) for command in commands]
        self.assertEqual(gateway.stop(), 0)
        self.assertEqual([gateway.json(*command) for command in commands], running)
        self.assertEqual([len(found) > 0 for found in running], [True] * 4)

    def test_reading_before_there_is_a_journal_says_so(self):
        gateway = self.gateway()
        done = gateway.run("list")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("journal", done.stderr)
        self.assertFalse((gateway.folder / "journal.db").exists())

    def test_rejected_names_code_pointer_and_sentence(self):
        gateway = self.gateway().start()
        late = termination(in_days(10))
        gateway.submit(late)
        (row,) = gateway.wait_for_rejections(1)
        self.assertEqual((row["code"], row["pointer"]), ("lead_time_too_short", "/effective_date"))
        self.assertEqual((row["source"], row["request_id"]), (late["source"], late["id"]))
        self.assertTrue(in_days(31) in row["message"] or in_days(32) in row["message"], row["message"])

    def test_rejected_filters_and_pages(self):
        gateway = self.gateway().start()
        wrong = [terms_change(account_id=number) for number in range(3)]
        gateway.submit(*wrong, termination(in_days(10)), {"source": "half"}, {"id": "other-half"})
        rows = gateway.wait_for_rejections(6)
        ids = [row["rejection_id"] for row in rows]
        page = gateway.json("rejected", "--limit", 4)
        rest = gateway.json("rejected", "--limit", 4, "--after", page[-1]["rejection_id"])
        self.assertEqual([row["rejection_id"] for row in page + rest], ids)
        typed = gateway.json("rejected", "--code", "wrong_type")
        self.assertEqual([row["code"] for row in typed], ["wrong_type"] * 3)
        self.assertEqual(len(gateway.json("rejected", "--since", in_days(-2))), 6)
        self.assertEqual(gateway.json("rejected", "--since", in_days(2)), [])
        self.assertEqual(len(gateway.json("rejected", "--until", in_days(2))), 6)
        self.assertEqual(gateway.json("rejected", "--until", in_days(-2)), [])
        more = gateway.run("rejected", "--code", "wrong_type", "--limit", 2).stderr
        self.assertEqual(
            more,
            f"More: duenotice --config {gateway.config_file} rejected "
            f"--code wrong_type --limit 2 --after {typed[1]['rejection_id']}\n",
        )
        table = gateway.run("rejected").stdout
        self.assertRegex(table, r"half -\s+missing_field")
        self.assertRegex(table, r"- other-half\s+missing_field")
        unknown = gateway.run("rejected", "--after", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        self.assertEqual(unknown.returncode, 3)
        self.assertTrue(unknown.stderr.startswith("duenotice: "), unknown.stderr)

    def test_a_stopped_gateway_is_named_where_it_must_act(self):
        server = self.mail_server()
        gateway = self.gateway(channels_email={"url": server.url, "tls": "off"})
        server.stop()
        gateway.start()
        wanted = terms_change()
        gateway.submit(wanted)
        self.wait_until(lambda: gateway.show(wanted), "the notice")
        name = (wanted["source"], wanted["id"])
        self.assertNotIn("no gateway answers here", gateway.run("show", *name).stdout)
        unknown = gateway.run("show", wanted["source"], "no-such-request")
        self.assertEqual(unknown.returncode, 3)
        self.assertIn("`duenotice rejected` what was refused", unknown.stderr)
        self.assertEqual(gateway.stop(), 0)
        page = gateway.run("show", *name).stdout
        self.assertIn("but no gateway answers here", page)
        self.assertEqual(gateway.show(wanted)["next_actor"], "gateway")
        self.assertIn(" ".join(name), gateway.run("list").stdout)

    def test_the_inbox_of_a_user(self):
        gateway = self.gateway().start()
        first, second = freeze(), freeze(recipient={"locale": "zh-CN"})
        other = freeze(recipient={"user_id": "user-2"})
        gateway.submit(first, second, other)
        for each in (first, second, other):
            gateway.wait_for(each)
        entries = self.wait_until(
            lambda: len(gateway.json("inbox", "user-1")) == 2 and gateway.json("inbox", "user-1"),
            "two messages",
        )
        shown = {entry["notice_id"]: entry for entry in entries}
        self.assertEqual(set(shown), {gateway.show(first)["notice_id"], gateway.show(second)["notice_id"]})
        for entry in entries:
            self.assertTrue(entry["title"] and entry["body"])
            self.assertRegex(entry["shown_at"], INSTANT)
        self.assertRegex(shown[gateway.show(second)["notice_id"]]["title"], "[\u4e00-\u9fff]")

    def test_a_terms_change_in_site_is_a_copy_and_fixes_no_date(self):
        server = self.mail_server()
        gateway = self.gateway(channels_email={"url": server.url, "tls": "off"})
        server.stop()
        gateway.start()
        wanted = terms_change(recipient={"user_id": "user-9"})
        gateway.submit(wanted)
        self.wait_until(lambda: gateway.show(wanted) and gateway.json("inbox", "user-9"), "the copy")
        notice = gateway.show(wanted)
        copy = next(d for d in notice["deliveries"] if d["channel"] == "in_site")
        self.assertEqual((copy["counts"], copy["state"]), (False, "sent"))
        self.assertIsNone(notice["deemed_delivered_at"])
        self.assertTrue(notice["sent_anything"])

    def test_in_site_dates_by_entry_into_the_system(self):
        gateway = self.gateway().start()
        wanted = freeze(recipient={"email": None})
        gateway.submit(wanted)
        notice = gateway.wait_for(wanted)
        self.assertEqual(notice["deemed_by"]["rule"], "entry-into-system")
        self.assertEqual(notice["deemed_by"]["channel"], "in_site")
        self.assertFalse(notice["sandbox"])

    def test_the_sandbox_marks_everything_it_does(self):
        gateway = self.gateway().start()
        wanted = terms_change()
        gateway.submit(wanted)
        notice = gateway.wait_for(wanted)
        self.assertTrue(notice["sandbox"])
        self.assertTrue(notice["deliveries"][0]["sandbox"])
        self.assertTrue(gateway.json("list")[0]["sandbox"])
        self.assertIn("SANDBOX", gateway.run("list").stdout)
        self.assertIn("SANDBOX", gateway.run("show", notice["notice_id"]).stdout)
        files = list((gateway.folder / "mail").rglob("*.eml"))
        self.assertEqual(len(files), 1)
        self.assertEqual(
            files[0].read_bytes(), gateway.bytes_of("show", notice["notice_id"], "--raw", "email")
        )

    def test_thirty_days_make_the_thirty_first_the_first_lawful_day(self):
        gateway = self.gateway().start()
        wanted = termination(in_days(45))
        gateway.submit(wanted)
        notice = gateway.wait_for(wanted)
        self.assertIn(notice["earliest_effective_date"], (in_days(31), in_days(32)))
        self.assertEqual(notice["must_be_sent_by"], in_days(45 - 31))
        self.assertFalse(notice["lead_time_broken"])

    def test_version_and_configuration(self):
        gateway = self.gateway()
        self.assertRegex(gateway.run("--version").stdout, r"duenotice \d+\.\d+\.\d+")
        self.assertEqual(gateway.run("config", "check").returncode, 0)
        gateway.configure(queue={"no_such_key": 1})
        done = gateway.run("config", "check")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no_such_key", done.stdout + done.stderr)
        self.assertNotEqual(gateway.run("serve").returncode, 0)

    def test_preview_gives_the_bytes_that_are_sent(self):
        gateway = self.gateway().start()
        wanted = freeze(effective_date=in_days(3))
        data = gateway.folder / "data.json"
        data.write_text(json.dumps(wanted, ensure_ascii=False))
        asked = ("preview", wanted["kind"], "--agreement", wanted["agreement"], "--data", data, "--raw")
        gateway.submit(wanted)
        notice = gateway.wait_for(wanted)

        def lasting(mail):
            """Without what is made anew for each notice: its id, its date, and the boundary from its id."""
            mail = re.sub(rb"(?m)^(Date|Message-ID): .*\r$", rb"\1", mail)
            return re.sub(rb"=_[0-9a-f]{32}", b"=_boundary", mail)

        sent = gateway.bytes_of("show", notice["notice_id"], "--raw", "email")
        previewed = gateway.bytes_of(*asked, "email")
        self.assertNotEqual(previewed, sent)
        self.assertEqual(lasting(previewed), lasting(sent))
        self.assertEqual(
            gateway.bytes_of(*asked, "in_site"),
            gateway.bytes_of("show", notice["notice_id"], "--raw", "in_site"),
        )

    def test_preview_prints_the_exact_words(self):
        gateway = self.gateway()
        wanted = terms_change(recipient={"locale": "zh-CN"})
        data = gateway.folder / "data.json"
        data.write_text(json.dumps(wanted["variables"], ensure_ascii=False))
        done = gateway.run(
            "preview", "terms_change", "--agreement", USER_AGREEMENT, "--locale", "zh-CN", "--data", data
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(wanted["variables"]["summary"], done.stdout)
        self.assertRegex(done.stdout, "[\u4e00-\u9fff]")
