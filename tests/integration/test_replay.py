"""Sending again: what failed, what was sent, to a corrected address, and through every interruption."""

import datetime
import subprocess

from support.gateway import ENVIRONMENT
from support.operators import OperatorCase, Person, new_york_in, plain
from support.requests import SHANGHAI, terms_change

WHY = ("--reason", "the policy was mended", "--yes")
FAILED = ("replay", "--state", "failed", "--code", "550")


def attempts_of(shown):
    return shown["deliveries"][0]["attempts"]


class Replay(OperatorCase):
    def test_a_provider_that_is_down_costs_few_attempts_and_retry_finds_it_back(self):
        gateway = self.mailing_gateway(retry={"schedule": ["1h"]})
        self.server.stop()
        gateway.start()
        requests = [terms_change() for _ in range(40)]
        gateway.submit(*requests)
        self.wait_until(lambda: "breaker_opened" in gateway.log(), "the breaker to open")
        self.wait_until(lambda: len(gateway.json("list")) == 40, "all to be accepted")
        shown = gateway.wait_for(requests[0], "sending")
        self.check_answers(shown, sent=False, safe=False, actor="gateway")
        self.server.start()
        # Its schedule says one hour; the person does not wait for the breaker's next probe either.
        self.assertIn("sending", self.order(gateway, "retry", shown["notice_id"]))
        gateway.wait_for(requests[0], seconds=3)
        self.wait_until(lambda: not gateway.json("list", "--state", "accepted"), "what was not tried yet")
        for each in gateway.json("list", "--state", "sending"):
            self.order(gateway, "retry", each["notice_id"])
        gateway.wait_for_count(40, "--state", "deemed_delivered", seconds=10)
        failures = [
            attempt
            for request in requests
            for attempt in attempts_of(gateway.show(request))
            if attempt["outcome"] == "transient_failure"
        ]
        self.assertLessEqual(len(failures), 9, "five faults open it; four more may be under way")
        self.assertEqual(gateway.log().count("breaker_opened"), 1)
        self.assertEqual(gateway.log().count("breaker_closed"), 1)
        self.assertEqual(set(self.server.copies().values()), {1})

    def test_what_was_refused_is_replayed_when_the_server_takes_it(self):
        gateway = self.mailing_gateway().start()
        requests = [terms_change() for _ in range(5)]
        ids = self.refused(gateway, *requests)
        before = gateway.show(requests[0])
        self.check_answers(before, sent=False, safe=True, actor="operator")
        self.check_event(gateway, ids[0], "notice_failed", sent=False, safe=True, actor="operator")
        self.assertIsNone(before["deemed_delivered_on"])
        counted = self.order_json(gateway, *FAILED, "--dry-run")
        by_channel = [(each["channel"], each["deliveries"]) for each in counted["channels"]]
        self.assertEqual(by_channel, [("email", 5)])
        self.assertEqual(gateway.show(requests[0]), before, "a dry run changes nothing")
        done = self.order_json(gateway, *FAILED, *WHY, "--operator", "wang")
        self.assertEqual((done["sent"], done["failed"], done["done"]), (5, 0, True))
        self.assertEqual(self.server.copies(), {f"{each}.1@duenotice.example": 1 for each in ids})
        for request in requests:
            self.check_replayed(gateway.show(request), done["job"])

    def check_replayed(self, shown, job):
        refused, sent = attempts_of(shown)
        self.assertEqual((refused["replay"], sent["replay"]), (None, job))
        self.assertFalse(sent["possible_duplicate"], "the refused one reached nobody")
        (act,) = shown["acts"]
        self.assertEqual(
            (act["what"], act["replay"], act["operator"], act["reason"]), ("replay", job, "wang", WHY[1])
        )
        ended = datetime.datetime.fromisoformat(sent["ended_at"].replace("Z", "+00:00"))
        self.assertEqual(shown["deemed_delivered_at"], sent["ended_at"])
        self.assertEqual(shown["deemed_delivered_on"], ended.astimezone(SHANGHAI).date().isoformat())
        self.assertEqual(shown["deemed_by"]["attempt"], 2)
        self.assertEqual(self.events(shown).count("deemed_delivered"), 1)
        self.check_answers(shown, sent=True, safe=False, actor="nobody")

    def test_a_killed_gateway_and_a_killed_command_go_on_with_the_same_replay(self):
        gateway = self.mailing_gateway().start()
        requests = [terms_change() for _ in range(30)]
        ids = self.refused(gateway, *requests)
        asked = (*FAILED, *WHY, "--rate", "10")
        command = self.command(gateway, *asked)
        self.wait_until(lambda: len(self.server.envelopes) >= 4, "some to be sent")
        gateway.kill()
        said = command.communicate(timeout=30)[0]
        self.assertEqual(command.returncode, 4, said)
        self.assertIn("The gateway has stopped", said)
        self.assertLess(len(self.server.envelopes), 20)
        gateway.start()
        self.wait_until(lambda: len(self.server.envelopes) >= 10, "it to go on by itself")
        second = self.command(gateway, *asked)
        self.wait_until(lambda: len(self.server.envelopes) >= 14, "it to go on")
        second.kill()
        second.communicate()
        done = self.order_json(gateway, *asked)
        self.assertEqual((done["sent"], done["failed"], done["asked_before"]), (30, 0, True))
        for request, notice in zip(requests, ids):
            # Only what was on the wire when it was killed may come twice, and says so.
            outcomes = [attempt["outcome"] for attempt in attempts_of(gateway.wait_for(request))]
            copies = self.server.copies()[f"{notice}.1@duenotice.example"]
            self.assertEqual(outcomes.count("sent"), 1)
            self.assertLessEqual(copies, 1 + outcomes.count("unknown"), outcomes)
        # Each of two connections may have had one answered and not yet committed, and one on the wire.
        self.assertLessEqual(sum(self.server.copies().values()), 34)

    def command(self, gateway, *arguments):
        return subprocess.Popen(
            gateway.command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=ENVIRONMENT,
        )

    def test_the_same_words_are_the_same_replay_and_another_reason_is_another_round(self):
        gateway = self.mailing_gateway().start()
        ids = self.refused(gateway, terms_change(), terms_change())
        first = self.order_json(gateway, "replay", *ids, *WHY)
        sequence = max(event["sequence"] for event in gateway.json("show", ids[0])["events"])
        said = self.order(gateway, "replay", *reversed(ids), ids[0], *WHY)
        self.assertIn("nothing is sent again", said)
        self.assertIn("another --reason", said)
        self.assertRegex(said, rf"Replay {first['job']}\n  sent  2\n")
        self.assertEqual(set(self.server.copies().values()), {1})
        self.assertEqual(gateway.json("show", ids[0])["events"][-1]["sequence"], sequence)
        again = self.order_json(
            gateway, "replay", *ids, "--channel", "email", "--reason", "they lost it", "--yes"
        )
        self.assertNotEqual(again["job"], first["job"])
        self.assertEqual((again["sent"], again["asked_before"]), (2, False))
        self.assertEqual(set(self.server.copies().values()), {2})

    def test_without_a_gateway_it_is_written_down_and_done_at_the_next_start(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        self.refused(gateway, request)
        gateway.stop()
        said = self.order(gateway, *FAILED, *WHY)
        self.assertIn("still to be made due  1", said)
        self.assertIn("No gateway is running: it is written down", said)
        self.assertEqual(self.order_json(gateway, *FAILED, *WHY)["to_do"], 1)
        self.assertEqual(self.server.envelopes, [])
        gateway.start()
        gateway.wait_for(request)
        self.assertEqual(self.order_json(gateway, *FAILED, *WHY)["sent"], 1)
        self.assertEqual(set(self.server.copies().values()), {1})

    def test_a_corrected_address_is_a_new_revision(self):
        gateway = self.mailing_gateway().start()
        failed, sent = (terms_change(account_id="acct-7") for _ in range(2))
        ids = [*self.refused(gateway, failed)]
        gateway.submit(sent)
        before = gateway.wait_for(sent)
        ids.append(before["notice_id"])
        done = self.order_json(gateway, "replay", *ids, "--email", "new@customer.example", *WHY)
        self.assertEqual(done["sent"], 2)
        self.assertEqual(len(self.server.of("new@customer.example")), 2)
        for notice, old in zip(ids, (failed, sent)):
            shown = gateway.json("show", notice)
            reasons = [each["reason"] for each in shown["renderings"]]
            self.assertEqual(reasons, ["accepted", "address_corrected"])
            self.assertEqual(self.events(shown).count("address_corrected"), 1)
            self.assertEqual(attempts_of(shown)[-1]["revision"], 2)
            page = gateway.run("show", notice).stdout
            self.assertEqual(page.count("to the address n***@c***.example (revision 2)"), 1, page)
            first, second = (
                gateway.bytes_of("show", notice, "--raw", "email", "--revision", n).decode() for n in (1, 2)
            )
            self.assertIn(f"<{old['recipient']['email']}>", first)
            self.assertIn("<new@customer.example>", second)
            self.assertNotIn(old["recipient"]["email"], second)
            self.assertIn(f"<{notice}.2@duenotice.example>", second)
        after = gateway.show(sent)
        kept = ("state", "deemed_delivered_at", "deemed_by", "sent_anything", "next_actor")
        self.assertEqual({key: after[key] for key in kept}, {key: before[key] for key in kept})
        self.assertEqual((after["deliveries"][0]["state"], after["deliveries"][0]["revision"]), ("sent", 1))
        self.assertEqual(gateway.show(failed)["deliveries"][0]["revision"], 2)
        stranger = terms_change(account_id="acct-8")
        gateway.submit(stranger)
        other = gateway.wait_for(stranger)["notice_id"]
        refused = self.order(
            gateway, "replay", *ids, other, "--email", "x@customer.example", *WHY, code=2
        )
        self.assertIn("one command for each account", refused)
        self.assertEqual(self.server.of("x@customer.example"), [])

    def test_a_further_sending_that_is_refused_is_not_called_sent(self):
        gateway = self.mailing_gateway().start()
        request = terms_change()
        gateway.submit(request)
        before = gateway.wait_for(request)
        asked = ("replay", before["notice_id"], "--channel", "email", *WHY)
        warned = self.order(gateway, *asked[:4], "--dry-run")
        self.assertIn("Sent already: each of these reaches its recipient once more", warned)
        self.server.refusal = "550 5.1.1 no such user"
        done = self.order_json(gateway, *asked)
        self.assertEqual((done["sent"], done["failed"]), (0, 1))
        after = gateway.show(request)
        self.assertEqual((after["state"], after["deemed_by"]), (before["state"], before["deemed_by"]))
        self.assertEqual(after["deliveries"][0]["state"], "sent")
        self.assertEqual([a["outcome"] for a in attempts_of(after)], ["sent", "permanent_failure"])

    def test_what_is_cancelled_meanwhile_ends_the_looking(self):
        gateway = self.mailing_gateway().start()
        first, second = self.refused(gateway, terms_change(), terms_change())
        self.server.stop()
        asked = ("replay", first, second, *WHY)
        gateway.stop()
        self.order(gateway, *asked)
        gateway.start()
        self.wait_until(lambda: len(attempts_of(gateway.json("show", second))) > 1, "a new attempt")
        self.wait_until(
            lambda: gateway.run("cancel", first, "--reason", "withdrawn").returncode == 0,
            "no attempt under way",
        )
        self.server.start()
        done = self.order_json(gateway, *asked)
        self.wait_until(lambda: self.server.copies(), "the other one")
        self.assertEqual(done["passed_over"], {"cancelled": 1})
        self.assertEqual(set(self.server.copies()), {f"{second}.1@duenotice.example"})

    def test_a_dry_run_knows_what_would_be_passed_over(self):
        gateway = self.gateway_of_the_test_agreement().start()
        shown, cancelled = (
            plain("one_after_another", recipient={"email": None, "user_id": "u-1"}),
            plain(send_not_before="2099-01-01T00:00:00Z"),
        )
        gateway.submit(shown, cancelled)
        ids = [gateway.wait_for(shown)["notice_id"], gateway.wait_for(cancelled, "accepted")["notice_id"]]
        self.order(gateway, "cancel", ids[1], "--reason", "withdrawn")
        counted = self.order_json(gateway, "replay", *ids, "--dry-run")
        self.assertEqual(
            [(each["channel"], each["sent_already"], each["passed_over"]) for each in counted["channels"]],
            [("email", 0, 1)],
        )
        self.assertEqual(counted["left_out_sent"], 1, "what is in the inbox")
        done = self.order_json(gateway, "replay", *ids, *WHY)
        self.assertEqual(done["passed_over"], {"cancelled": 1})
        once_more = ("replay", *ids, "--state", "sent")
        (counted,) = self.order_json(gateway, *once_more, "--dry-run")["channels"]
        self.assertEqual((counted["channel"], counted["passed_over"]), ("in_site", 1))
        self.assertEqual(self.order_json(gateway, *once_more, *WHY)["passed_over"], {"shown_already": 1})
        self.assertEqual(self.server.envelopes, [])

    def test_of_named_notices_what_was_sent_is_left_out_unless_it_is_asked_for(self):
        gateway = self.mailing_gateway().start()
        (failed,) = self.refused(gateway, terms_change())
        sent = terms_change()
        gateway.submit(sent)
        both = (failed, gateway.wait_for(sent)["notice_id"])
        left_out = "1 delivery of them was sent already and is left out; --state sent or --channel sends it"
        self.assertIn(left_out, self.order(gateway, "replay", *both, "--dry-run"))
        for how in (WHY, ("--dry-run",)):
            alone = self.order(gateway, "replay", both[1], *how, code=3)
            self.assertIn("Nothing fits", alone)
            self.assertIn("`duenotice failed` says what waits", alone)
            self.assertIn(left_out, alone)
        self.order(gateway, "replay", both[1], "--dry-run", "--json", code=3)
        self.assertEqual(self.order_json(gateway, "replay", *both, *WHY)["sent"], 1)
        self.assertEqual(set(self.server.copies().values()), {1}, "the one that was sent is not sent again")
        again = self.order_json(gateway, "replay", both[1], "--state", "sent", *WHY)
        self.assertEqual(again["sent"], 1)
        self.assertEqual(sorted(self.server.copies().values()), [1, 2])

    def test_a_dry_run_says_what_the_same_words_would_do(self):
        gateway = self.mailing_gateway().start()
        ids = self.refused(gateway, terms_change(), terms_change())
        asked = ("replay", *ids, "--reason", "mended")
        self.assertEqual(self.order_json(gateway, *asked, "--dry-run")["asked_before"], False)
        gateway.stop()
        self.order(gateway, *asked, "--yes")
        said = self.order(gateway, *asked, "--dry-run")
        self.assertIn("This was asked for before, in the same words: the same replay goes on.", said)
        self.assertIn("still to be made due  2", said)
        gateway.start()
        gateway.wait_for_count(2, "--state", "deemed_delivered")
        other = self.refused(gateway, terms_change())
        self.assertNotIn("nothing is sent again", self.order(gateway, *asked, *other, "--dry-run"))
        person = Person(gateway, *asked)
        self.assertEqual(person.end(), 0)
        self.assertNotIn("[y/N]", person.screen, "nothing new is selected, so nobody is asked")
        self.assertIn("nothing is sent again", person.screen)
        counted = self.order_json(gateway, *asked, "--dry-run")
        self.assertEqual((counted["asked_before"], counted["channels"]), (True, []))
        self.assertEqual((counted["replay"]["sent"], counted["replay"]["done"]), (2, True))
        self.assertEqual(set(self.server.copies().values()), {1})

    def test_what_a_running_replay_has_already_is_told_before_another_one(self):
        gateway = self.mailing_gateway().start()
        ids = self.refused(gateway, terms_change())
        gateway.stop()
        self.order_json(gateway, "replay", *ids, "--reason", "mended", "--yes")
        again = ("replay", *ids, "--reason", "once more", "--dry-run")
        counted = self.order_json(gateway, *again)["channels"]
        self.assertEqual([each["in_running_replay"] for each in counted], [1])
        self.assertIn("a replay that is running has 1 of these already", gateway.run(*again).stderr)
        doctor = gateway.run("doctor")
        self.assertEqual(doctor.returncode, 1)
        self.assertIn("1 are still to be made due by a replay", " ".join(doctor.stdout.split()))

    def test_a_dry_run_in_the_words_of_a_stopped_replay_is_refused_as_the_real_run_is(self):
        gateway = self.mailing_gateway().start()
        ids = self.refused(gateway, terms_change())
        gateway.stop()
        asked = ("replay", *ids, "--reason", "mended")
        job = self.order_json(gateway, *asked, "--yes")["job"]
        self.order(gateway, "jobs", "stop", job, "--reason", "not yet")
        for how in ("--dry-run", "--yes"):
            self.assertIn("was stopped by a person", self.order(gateway, *asked, how, code=2))
        self.assertIn("停止", self.order(gateway, "--lang", "zh", *asked, "--dry-run", code=2))

    def test_a_dry_run_refuses_what_the_real_run_refuses(self):
        gateway = self.mailing_gateway().start()
        requests = terms_change(account_id="acct-7"), terms_change(account_id="acct-8")
        ids = self.refused(gateway, *requests)
        for words in (
            (*ids, "--email", "new@customer.example"),
            (ids[0], "--email", "nobody"),
            (ids[0], "--email", "new@customer.example", "--channel", "sms"),
            (ids[0], "--phone", "12"),
            ("--state", "failed", "--email", "new@customer.example"),
            (ids[0], "--code", "550"),
            (ids[0], "--channel", "mail"),
            (ids[0], "--channel", ""),
            (ids[0], "--reason", ""),
            (ids[0], "--reason", "x" * 5000),
            ("",),
        ):
            with self.subTest(words=words):
                self.order(gateway, "replay", "--reason", "mended", *words, "--yes", code=2)
                self.order(gateway, "replay", *words, "--dry-run", code=2)
        self.order(gateway, "replay", "nonsense", "--dry-run", code=3)
        self.assertEqual([gateway.json("show", each)["acts"] for each in ids], [[], []])

    def test_a_dry_run_says_where_a_resend_is_only_a_courtesy(self):
        gateway = self.gateway_of_the_test_agreement().start()
        request = plain("any_move", effective_date=new_york_in(60), recipient={"user_id": "u-1"})
        self.server.refusal = "550 5.7.1 blocked by policy"
        gateway.submit(request)
        gateway.wait_for(request)
        self.wait_until(lambda: gateway.json("failed")["deliveries"], "the refusal")
        (counted,) = self.order_json(gateway, "replay", "--state", "failed", "--dry-run")["channels"]
        self.assertEqual((counted["deliveries"], counted["dated"]), (1, 1))
        said = self.order(gateway, "replay", "--state", "failed", "--dry-run")
        self.assertIn("their notices have their legal date. A further sending is a courtesy", said)

    def test_a_corrected_number_for_a_copy_by_sms(self):
        gateway = self.gateway()
        gateway.configure(channels_sms={"url": f"sandbox:{gateway.folder}/sms"})
        gateway.start()
        request = terms_change(recipient={"phone": "+8613800138000"})
        gateway.submit(request)
        self.wait_until(
            lambda: (now := gateway.show(request)) and {d["state"] for d in now["deliveries"]} == {"sent"},
            "mail and SMS",
        )
        before = gateway.show(request)
        done = self.order_json(gateway, "replay", before["notice_id"], "--phone", "+8613900139000", *WHY)
        self.assertEqual((done["sent"], done["passed_over"]), (1, {}))
        after = gateway.show(request)
        copy = next(each for each in after["deliveries"] if each["channel"] == "sms")
        self.assertEqual([attempt["revision"] for attempt in copy["attempts"]], [1, 2])
        self.assertEqual(after["deemed_by"], before["deemed_by"])
        files = "".join(path.read_text() for path in (gateway.folder / "sms").rglob("*") if path.is_file())
        self.assertEqual((files.count("13800138000"), files.count("13900139000")), (1, 1))
        self.assertNotIn("13900139000", gateway.log())

    def test_while_nothing_moves_the_command_gives_up_and_the_replay_does_not(self):
        gateway = self.mailing_gateway(retry={"schedule": ["1h"]}).start()
        requests = [terms_change() for _ in range(12)]
        self.refused(gateway, *requests)
        self.server.stop()
        said = self.order(gateway, *FAILED, *WHY, code=4)
        self.assertIn("Nothing moves; is the provider away?", said)
        self.assertRegex(said, r"under way  \d")
        self.server.start()
        done = self.order_json(gateway, *FAILED, *WHY)
        self.assertEqual((done["under_way"], done["failed"]), (0, 0))
        self.assertEqual(done["sent"] + done["waiting_for_retry"], 12)
        self.assertGreaterEqual(done["sent"], 3, "those that the breaker spared")
