"""What a person decides about one notice (resolve, retry, cancel), and what each state answers around it."""

import contextlib
import hashlib
import json
import re
import sqlite3
import subprocess
from unicodedata import east_asian_width

from support.gateway import ENVIRONMENT
from support.operators import OperatorCase, Person, new_york_in, plain, published
from support.requests import in_days, terms_change

IN_ORDER = "one_after_another"  # email, then the inbox


def delivery(shown, channel="email"):
    return next(each for each in shown["deliveries"] if each["channel"] == channel)


class Operators(OperatorCase):
    def held_for_lateness(self, gateway, *effective_in):
        """Notices of seven days' notice that were published in time and arrive too late."""
        late = [published(plain("all_hold", effective_date=new_york_in(days)), 3) for days in effective_in]
        for number, each in enumerate(late):
            each["data"]["recipient"]["user_id"] = f"user-{number}"
        gateway.submit(*late)
        return [gateway.wait_for(each["data"], "held") for each in late]

    # ---- an unknown outcome ------------------------------------------------

    def test_an_unknown_outcome_waits_for_a_person_who_says_what_is_known(self):
        gateway = self.gateway_of_the_test_agreement().start()
        requests = [plain(IN_ORDER, recipient={"user_id": f"user-{n}"}) for n in range(3)]
        never, twice, replayed = self.unanswered(gateway, *requests)
        for listed in gateway.json("list"):
            self.check_answers(listed, sent=None, safe=False, actor="operator")
        shown = gateway.json("show", never)
        self.assertEqual((delivery(shown)["state"], delivery(shown)["reason"]), ("held", "outcome_unknown"))
        self.check_answers(shown, sent=None, safe=False, actor="operator")
        self.check_event(gateway, never, "notice_held", sent=None, safe=False, actor="operator")
        counted = self.order_json(gateway, "replay", "--state", "held", "--dry-run")["channels"]
        self.assertEqual([(each["deliveries"], each["possibly_sent"]) for each in counted], [(3, 3)])
        why = ("--channel", "email", "--reason", "read the provider's log")
        self.order(gateway, "resolve", never, "--not-sent", *why)
        self.order(gateway, "resolve", twice, "--resend", *why)
        self.order_json(gateway, "replay", replayed, "--reason", "they may have it twice", "--yes")
        for request, marked in zip(requests, (False, True, True)):
            shown = gateway.wait_for(request)
            first, second = delivery(shown)["attempts"]
            self.assertEqual((first["outcome"], second["outcome"]), ("unknown", "sent"))
            self.assertEqual(second["possible_duplicate"], marked)
            self.assertEqual(delivery(shown, "in_site")["state"], "not_needed")
            self.check_answers(shown, sent=True, safe=False, actor="nobody")
        acts = [gateway.json("show", each)["acts"][0]["what"] for each in (never, twice, replayed)]
        self.assertEqual(acts, ["resolve_not_sent", "resolve_resend", "replay"])

    def test_what_the_provider_confirms_ends_without_a_date_and_the_next_channel_starts(self):
        gateway = self.gateway_of_the_test_agreement().start()
        ordered, alone = plain(IN_ORDER, recipient={"user_id": "user-1"}), plain()
        ids = self.unanswered(gateway, ordered, alone)
        proof = gateway.folder / "reply.eml"
        proof.write_bytes(b"From: provider\r\n\r\naccepted 09:12 \x00\xff")
        words = ("--provider-confirms", "accepted 09:12", "--channel", "email", "--reason", "asked them")
        missing = self.order(gateway, "resolve", ids[0], *words, code=2)
        self.assertIn("--evidence FILE", missing)
        for each in ids:
            self.order(gateway, "resolve", each, *words, "--evidence", proof, "--operator", "li")
        shown = gateway.wait_for(ordered)
        self.assertEqual(shown["deemed_by"]["channel"], "in_site", "the date stands on the next channel")
        self.assertEqual(delivery(shown)["state"], "failed")
        self.assertEqual(delivery(shown)["reason"], "provider_confirms")
        self.assertEqual((delivery(shown)["sent"], delivery(shown)["resend_safe"]["safe"]), (None, False))
        failed = gateway.wait_for(alone, "failed")
        self.assertEqual((failed["deemed_delivered_at"], failed["deemed_by"]), (None, None))
        self.check_answers(failed, sent=None, safe=False, actor="operator")
        self.check_event(gateway, ids[1], "notice_failed", sent=None, safe=False, actor="operator")
        (act,) = failed["acts"]
        digest = hashlib.sha256(proof.read_bytes()).hexdigest()
        self.assertEqual((act["statement"], act["operator"]), ("accepted 09:12", "li"))
        self.assertEqual((act["evidence_name"], act["evidence_sha256"]), ("reply.eml", digest))
        page = gateway.run("show", ids[1]).stdout
        self.assertIn(f"evidence: reply.eml  SHA-256 {digest}", page)
        self.assertIn("no channel is left: tell the recipient in another way", page)
        self.check_that_an_operator_must_find_another_way(gateway, ids[1])
        repeated = self.order(gateway, "resolve", ids[1], *words, "--evidence", proof, code=1)
        self.assertIn("that is decided already", repeated)
        with contextlib.closing(sqlite3.connect(f"file:{gateway.journal}?mode=ro", uri=True)) as database:
            kept = database.execute("SELECT evidence FROM acts ORDER BY act").fetchall()
        self.assertEqual(len(kept), 2)
        for (sealed,) in kept:
            self.assertEqual(len(sealed), len(proof.read_bytes()) + 40, "it is kept, and sealed")
        self.assertIn("readable, all", gateway.run("doctor", "--deep").stdout)
        self.check_kept(gateway, ids[1], act["act_id"], proof, digest)
        again = self.order_json(gateway, "replay", "--state", "failed", "--reason", "all of them", "--yes")
        self.assertEqual(again["passed_over"], {"provider_confirms": 2})
        self.assertEqual(set(self.server.copies().values()), {1}, "nothing was sent again")

    def check_that_an_operator_must_find_another_way(self, gateway, notice):
        """`list`, `failed` and `doctor` say of the only channel what `show` says of the notice."""
        listed = next(each for each in gateway.json("list") if each["notice_id"] == notice)
        self.check_answers(listed, sent=None, safe=False, actor="operator")
        self.assertIn("The provider says that it has the message", listed["resend_safe"]["why"])
        groups = {each["next_actor"]: each for each in gateway.json("failed")["deliveries"]}
        self.assertEqual(set(groups), {"operator", "nobody"}, "one is dated by the inbox")
        group = groups["operator"]
        self.assertEqual((group["count"], group["example_notice_id"]), (1, notice))
        self.assertEqual((group["sent"], group["resend_safe"]["safe"]), (None, False))
        self.assertIn("no channel of their notices is left", group["what_to_do"])
        self.assertEqual(len(group["commands"]), 2)
        self.assertIn("1 delivery failed", gateway.run("doctor").stdout)

    def check_kept(self, gateway, notice, act, proof, digest):
        """What was kept is given back byte for byte, by its channel or by the decision."""
        for named in ("email", act):
            done = subprocess.run(
                gateway.command("show", notice, "--evidence", named), capture_output=True, env=ENVIRONMENT
            )
            self.assertEqual((done.returncode, done.stdout), (0, proof.read_bytes()))
            self.assertIn(digest, done.stderr.decode())
            self.assertIn("reply.eml, kept with decision " + act, done.stderr.decode())
        summed = gateway.run("show", notice, "--evidence", "email", "--digest")
        self.assertEqual(summed.stdout, f"{digest}  -\n")
        chinese = gateway.run("--lang", "zh", "show", notice, "--evidence", act, "--digest")
        self.assertIn("随 li 于", chinese.stderr)
        none = self.order(gateway, "show", notice, "--evidence", "sms", code=3)
        self.assertIn(f"there is: {act} (email)", none)
        self.assertIn("say of which bytes", self.order(gateway, "show", notice, "--digest", code=2))

    # ---- lateness ----------------------------------------------------------

    def test_a_late_held_notice_gets_a_lawful_date_and_words_that_say_it(self):
        gateway = self.gateway_of_the_test_agreement().start()
        (held,) = self.held_for_lateness(gateway, 6)
        self.check_answers(held, sent=False, safe=True, actor="operator")
        self.assertEqual({each["reason"] for each in held["deliveries"]}, {"late"})
        notice, why = held["notice_id"], ("--reason", "agreed with legal")
        for words in (("--resend", "--channel", "email"), ("--not-sent", "--channel", "email")):
            self.assertIn("--effective-date", self.order(gateway, "resolve", notice, *words, *why, code=1))
        early = self.order(gateway, "resolve", notice, "--effective-date", new_york_in(7), *why, code=1)
        earliest = held["earliest_effective_date"]
        self.assertIn(f"the earliest lawful date is {earliest}", early)
        self.assertEqual(gateway.json("show", notice), held, "a refusal leaves nothing behind")
        self.order(gateway, "resolve", notice, "--effective-date", earliest, *why)
        shown = self.wait_until(
            lambda: (now := gateway.json("show", notice))["state"] == "deemed_delivered" and now,
            "the sending",
        )
        self.assertEqual((shown["effective_date"], shown["lead_time_broken"]), (earliest, False))
        self.assertEqual({each["revision"] for each in shown["deliveries"]}, {2})
        old, new = (
            gateway.bytes_of("show", notice, "--raw", "in_site", "--revision", n).decode() for n in (1, 2)
        )
        for text, date in ((old, held["effective_date"]), (new, earliest)):
            year, month, day = date.split("-")
            self.assertRegex(text, rf"In force from {int(day)} \w+ {year}")
        self.assertNotEqual(old, new)
        self.assertIn("effective_date_set", self.events(shown))

    def test_a_late_held_notice_goes_out_as_it_is_when_a_person_says_so(self):
        gateway = self.gateway_of_the_test_agreement().start()
        resolved, replayed = (each["notice_id"] for each in self.held_for_lateness(gateway, 6, 6))
        passed = self.order_json(gateway, "replay", "--state", "held", "--reason", "without looking", "--yes")
        self.assertEqual((passed["passed_over"], self.server.envelopes), ({"late": 4}, []))
        self.order(gateway, "resolve", resolved, "--accept-late", "--reason", "a court order")
        counted = self.order(gateway, "replay", replayed, "--accept-late", "--dry-run")
        self.assertIn("marked lead_time_broken", counted)
        done = self.order_json(
            gateway, "replay", replayed, "--accept-late", "--reason", "a court order", "--yes"
        )
        self.assertEqual(done["sent"], 2)
        gateway.wait_for_count(2, "--state", "deemed_delivered")
        for notice in (resolved, replayed):
            shown = gateway.json("show", notice)
            self.assertEqual((shown["late_accepted"], shown["lead_time_broken"]), (True, True))
            self.assertEqual({each["revision"] for each in shown["deliveries"]}, {1}, "as it is")
            self.assertEqual(self.events(shown).count("lead_time_broken"), 1)
        gone = self.order(gateway, "resolve", resolved, "--accept-late", "--reason", "x", code=1)
        self.assertIn("no delivery of it is held because it is late", gone)

    # ---- retry -------------------------------------------------------------

    def put_off(self, gateway, *requests):
        """These requests, tried once and then put off. Their ids."""
        for each in requests:
            self.server.replies[each["recipient"]["email"]] = ["451 4.3.0 try again"]
        gateway.submit(*requests)

        def tried(request):
            notice = gateway.show(request)
            return notice if notice and notice["deliveries"][0]["state"] == "waiting" else None

        shown = [self.wait_until(lambda request=each: tried(request), "a first attempt") for each in requests]
        self.wait_until(lambda: not gateway.json("list", "--state", "accepted"), "all to be tried")
        return [notice["notice_id"] for notice in shown]

    def test_several_notices_are_tried_at_once_and_one_that_does_not_wait_hinders_none(self):
        gateway = self.mailing_gateway(retry={"schedule": ["1h"]}).start()
        requests = [terms_change() for _ in range(4)]
        first, second, third, fourth = self.put_off(gateway, *requests)
        said = self.order(gateway, "retry", first, "nonsense", second, code=3)
        self.assertIn("nonsense: there is no notice nonsense; `duenotice list` names those", said)
        self.assertEqual([line[:26] for line in said.splitlines() if "  " in line], [first, second])
        for request in requests[:2]:
            gateway.wait_for(request)
        refused = self.order(gateway, "retry", first, third, code=1)
        self.assertIn(f"{first}: nothing of it waits for a due time", refused)
        gateway.wait_for(requests[2])
        (alone,) = self.put_off(gateway, terms_change())
        answers = self.order_json(gateway, "retry", fourth, alone, "--reason", "the provider is back")
        self.assertEqual([each["notice"] for each in answers], [fourth, alone])
        self.assertEqual({each["gateway_runs"] for each in answers}, {True})
        gateway.wait_for_count(5, "--state", "deemed_delivered")
        self.assertEqual(gateway.json("show", alone)["acts"][0]["reason"], "the provider is back")

    def test_nothing_is_retried_before_its_publisher_wants_it_unless_the_operator_says_so(self):
        gateway = self.mailing_gateway().start()
        request = terms_change(send_not_before=in_days(2) + "T00:00:00Z")
        gateway.submit(request)
        notice = gateway.wait_for(request, "accepted")["notice_id"]
        self.assertIsNone(gateway.json("status")["oldest_open_since"], "it is not late before its time")
        refused = self.order(gateway, "retry", notice, code=1)
        self.assertIn(f"not sent before {in_days(2)}T00:00:00.000Z", refused)
        self.assertIn("--before-its-time", refused)
        self.order(gateway, "retry", notice, "--before-its-time", code=2)
        self.assertEqual(self.server.of(request["recipient"]["email"]), [])
        why = "the publisher agreed by phone"
        self.order(gateway, "retry", notice, "--before-its-time", "--reason", why)
        self.server.wait_for(request["recipient"]["email"])
        act = gateway.wait_for(request)["acts"][0]
        self.assertEqual((act["what"], act["reason"]), ("retry_early", why))

    # ---- cancel ------------------------------------------------------------

    def test_a_notice_is_cancelled_while_nothing_of_it_can_have_gone_out(self):
        gateway = self.mailing_gateway(on_unknown="hold", final_reply_timeout="1s").start()
        later = terms_change(send_not_before=in_days(2) + "T00:00:00Z")
        sent = terms_change()
        gateway.submit(later, sent)
        notice = gateway.wait_for(later, "accepted")["notice_id"]
        gone = gateway.wait_for(sent)["notice_id"]
        (unknown,) = self.unanswered(gateway, terms_change())
        why = ("--reason", "published by mistake")
        self.assertIn("cannot be called back", self.order(gateway, "cancel", gone, *why, code=1))
        self.assertIn("use `resolve` first", self.order(gateway, "cancel", unknown, *why, code=1))
        answer = self.order_json(gateway, "cancel", notice, *why)
        self.assertEqual((answer["state"], answer["gateway_runs"]), ("cancelled", True))
        self.assertIn("cancelled already", self.order(gateway, "cancel", notice, *why, code=1))
        self.assertIn("nothing of it waits", self.order(gateway, "retry", notice, code=1))
        replayed = self.order_json(gateway, "replay", notice, "--reason", "after all", "--yes")
        self.assertEqual(replayed["passed_over"], {"cancelled": 1})
        shown = gateway.json("show", notice)
        self.assertEqual(self.events(shown)[-2:], ["operator_act", "notice_cancelled"])
        self.check_answers(shown, sent=False, safe=True, actor="nobody")
        self.check_event(gateway, notice, "notice_cancelled", sent=False, safe=True, actor="nobody")
        self.assertEqual(delivery(shown)["state"], "cancelled")
        self.assertEqual(self.server.of(later["recipient"]["email"]), [])

    def test_nothing_is_cancelled_while_an_attempt_is_under_way(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        self.server.hold_answers()
        gateway.submit(request)
        self.server.wait_for(request["recipient"]["email"])
        notice = gateway.show(request)["notice_id"]
        refused = self.order(gateway, "cancel", notice, "--reason", "too late", code=1)
        self.assertIn("under way; wait for its outcome", refused)
        self.check_answers(gateway.json("show", notice), sent=None, safe=False, actor="gateway")
        self.server.release_answers()
        gateway.wait_for(request)

    # ---- words -------------------------------------------------------------

    def test_the_list_gives_the_three_answers(self):
        gateway = self.mailing_gateway().start()
        sent = terms_change()
        gateway.submit(sent)
        known = gateway.wait_for(sent)["notice_id"]
        (stuck,) = self.refused(gateway, terms_change())
        answers = [line.split()[1:5] for line in gateway.run("list").stdout.splitlines()]
        self.assertIn(["deemed_delivered", "yes", "no", "nobody"], answers)
        self.assertIn(["failed", "no", "yes", "operator"], answers)
        for language, heading, who in (("en", "WHO ACTS", "operator"), ("zh", "处理人", "运维人员")):
            person = Person(gateway, "--lang", language, "list", columns=80)
            self.assertEqual(person.end(), 0)
            lines = [re.sub(r"\x1b\[\d*m", "", line) for line in person.screen.splitlines()]
            for line in lines:
                self.assertLessEqual(sum(2 if east_asian_width(c) in "WF" else 1 for c in line), 80, line)
            rows = {line[:26]: line for line in lines}
            self.assertIn(heading, lines[0])
            self.assertIn(who, rows[stuck])
            self.assertNotIn(who, rows[known])

    def test_each_mistake_says_what_to_do_next(self):
        gateway = self.gateway_of_the_test_agreement().start()
        (notice,) = self.unanswered(gateway, plain())
        why = ("--reason", "because")
        for code, said, *words in (
            (3, "`duenotice list` names those", "cancel", "nonsense", *why),
            (3, "`duenotice list` names those", "retry", "nonsense"),
            (3, "`duenotice list` names those", "replay", "nonsense", *why, "--yes"),
            (3, "`duenotice rejected` lists those", "rejected", "show", "nonsense"),
            (3, "`duenotice rejected` lists those", "rejected", "release", "nonsense", *why),
            (3, "`duenotice rejected` lists those", "rejected", "discard", "nonsense", *why),
            (3, "Nothing fits", "replay", "--state", "failed", *why, "--yes"),
            (3, "did you mean all_hold?", "replay", "--state", "failed", "--kind", "all_held", *why, "--yes"),
            (2, "--reason is missing", "cancel", notice),
            (2, "--reason is missing", "resolve", notice, "--resend", "--channel", "email"),
            (2, "--reason: it is blank", "resolve", notice, "--accept-late", "--reason", " "),
            (2, "--reason: it is blank", "cancel", notice, "--reason", ""),
            (2, "NOTICE: it is blank", "cancel", "", *why),
            (2, "NOTICE: it is blank", "retry", notice, " "),
            (2, "NOTICE: it is blank", "show", ""),
            (2, "REJECTION: it is blank", "rejected", "discard", "", *why),
            (2, "-confirms: it is blank", "resolve", notice, "--provider-confirms", "", *why),
            (2, "--account: it is blank", "audit", "--account", ""),
            (2, "--reason is missing", "replay", notice, "--yes"),
            (2, "add --yes", "replay", notice, *why),
            (2, "--state must be failed, held or sent", "replay", "--state", "faild", *why, "--yes"),
            (2, "name notices, or say with --state", "replay", *why, "--yes"),
            (2, "--code does not go with notices", "replay", notice, "--code", "550", *why, "--yes"),
            (2, "--since must be a date such as", "replay", "--state", "held", "--since", "today", *why),
            (2, "email, in_site or sms", "replay", notice, "--channel", "mail", *why, "--yes"),
            (2, "email, in_site or sms", "retry", notice, "--channel", "mail"),
            (3, "no delivery by sms", "replay", notice, "--phone", "+8613800138000", *why, "--yes"),
            (2, "--email is no address", "replay", notice, "--email", "nobody", *why, "--yes"),
            (2, "say with --channel", "resolve", notice, "--resend", *why),
            (2, "say what is decided", "resolve", notice, *why),
            (2, "say what is decided", "resolve", notice, "--resend", "--not-sent", *why),
            (2, "a date such as 2026-07-01", "resolve", notice, "--effective-date", "soon", *why),
            (2, "--limit", "rejected", "--limit", "many"),
            (1, "it has email", "resolve", notice, "--resend", "--channel", "sms", *why),
            (1, "no delivery of it is held because it is late", "resolve", notice, "--accept-late", *why),
        ):
            with self.subTest(words=words):
                self.assertIn(said, self.order(gateway, *words, code=code))
        self.assertEqual(gateway.json("show", notice)["acts"], [])
        self.assertEqual(len(self.server.envelopes), 1, "none of them sent anything")

    def test_a_person_at_a_terminal_is_asked_and_may_look_away(self):
        gateway = self.mailing_gateway().start()
        (notice,) = self.refused(gateway, terms_change())
        asked = ("replay", notice, "--reason", "mended")
        for answer in ("n\r", "\r"):
            person = Person(gateway, *asked)
            person.read_until("Send these again? [y/N]")
            person.type(answer)
            self.assertEqual(person.end(), 1)
            self.assertIn("Nothing was done.", person.screen)
        self.assertEqual(gateway.json("show", notice)["acts"], [])
        self.server.hold_answers()
        person = Person(gateway, "--lang", "zh", *asked)
        person.read_until("确定重新发送吗？")
        person.type("y\r")
        self.wait_until(lambda: self.server.envelopes, "the sending")
        person.read_until("0 次发送")
        person.interrupt()
        self.assertEqual(person.end(), 0)
        self.assertIn("网关会继续执行", person.screen)
        self.assertIn("进行中  1", person.screen)
        self.server.release_answers()
        gateway.wait_for_count(1, "--state", "deemed_delivered")

    def test_both_languages_and_stable_words_for_programs(self):
        gateway = self.gateway_of_the_test_agreement().start()
        first, second = self.unanswered(gateway, plain(), plain())
        zh = ("--lang", "zh")
        counted = self.order(gateway, *zh, "replay", "--state", "held", "--dry-run")
        self.assertRegex(counted, r"^渠道 +投递数 +已发送 +可能已发送 +已逾期 +已有送达日 +跳过\n邮件 +2 ")
        self.assertNotRegex(counted, "[A-Za-z]{3}")
        answer = self.order_json(gateway, "resolve", first, "--resend", "--channel", "email", "--reason", "x")
        self.assertEqual(set(answer), {"act_id", "notice", "state", "gateway_runs"})
        done = self.order(gateway, *zh, "replay", second, "--reason", "x", "--yes")
        self.assertRegex(done, r"\n重发 \w{26}\n  已发送  1\n")
        page = gateway.run(*zh, "show", second).stdout
        self.assertIn("自发送之日视为送达", page)
        history = page[page.index("历史") :]
        self.assertIn("  开始尝试  渠道 邮件，尝试 1，修订 1\n", history)
        self.assertNotRegex(re.sub(r"timeout_final_reply|[0-9A-Z]{26}|\dT\d|Z ", "", history), "[A-Za-z]{2}")
        self.assertIn("已经由", self.order(gateway, *zh, "cancel", second, "--reason", "x", code=1))
        self.assertRegex(page, "人工决定\n.* 重发 ")
        as_json = json.loads(gateway.run(*zh, "show", second, "--json").stdout)
        self.assertEqual(as_json["acts"][0]["what"], "replay")
