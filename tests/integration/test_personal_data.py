"""Marked personal data goes through everything, and none of it is in logs, metrics or error texts."""

import collections
import hashlib
import hmac
import json
import pathlib
import socket
import urllib.request

from support.mail_server import free_port
from support.marks import (
    ACCOUNT,
    CORRECTED,
    EMAIL,
    MARK,
    NAME,
    OPERATOR,
    PHONE,
    REASON,
    REPLY,
    USER,
    WORDS,
    marks_in,
)
from support.operators import OperatorCase, published
from support.requests import event, in_days, progress, sample, terms_change
from support.sms_provider import SECRET, SILENCE, SmsProvider, answer

ORDER = ("--reason", REASON, "--operator", OPERATOR)


def marked(**changes):
    """A request all of whose free texts are marked."""
    recipient = {"name": NAME, "email": EMAIL, "user_id": USER}
    body = terms_change(account_id=ACCOUNT, reference="zuolireference", recipient=recipient, **changes)
    body["variables"]["summary"] = WORDS
    return body


def marked_sms(**changes):
    body = progress(PHONE, "en", progress=WORDS, account_id=ACCOUNT, **changes)
    body["recipient"]["name"] = NAME
    return body


def faulty():
    """{the pointer to the fault, as far as it may be told: a request with marks where they do not belong}"""

    def with_member(place, key, value):
        body = marked()
        (body[place] if place else body)[key] = value
        return body

    long = marked_sms()
    long["variables"]["progress"] = WORDS * 60
    return {
        "/recipient/email": with_member("recipient", "email", EMAIL.replace("@", " at ")),
        "/recipient/phone": with_member("recipient", "phone", PHONE.lstrip("+")),
        "/recipient": with_member("recipient", EMAIL, "x"),
        "": with_member(None, PHONE, 1),
        "/agreement": marked(agreement=EMAIL),
        "/kind": with_member(None, "kind", EMAIL),
        "/agreement_version": marked(agreement_version=PHONE),
        "/recipient/locale": with_member("recipient", "locale", EMAIL),
        "/effective_date": with_member(None, "effective_date", EMAIL),
        "/send_not_before": with_member(None, "send_not_before", PHONE),
        "/channels/0": with_member(None, "channels", [EMAIL]),
        "/variables/url": with_member("variables", "url", f"mailto:{EMAIL}"),
        "/variables": with_member("variables", EMAIL, WORDS),
        "/data/id": event(marked(id=EMAIL), id=f"other-{EMAIL}"),
        "/variables/summary/1": with_member("variables", "summary", [WORDS, 0.5]),
        "/account_id": with_member(None, "account_id", {"id": ACCOUNT}),
        "/data/variables": event({**long, "id": "zuolilong"}, subject=EMAIL),
    }


class PersonalData(OperatorCase):
    def setUp(self):
        self.server = self.mail_server()
        self.metrics_port = free_port()
        self.served = self.gateway(
            channels_email={
                "url": self.server.url,
                "tls": "off",
                "connections": 1,
                "on_unknown": "hold",
                "reply_timeout": "5s",
                "final_reply_timeout": "1s",
                "bounce_address": "bounces@duenotice.example",
            },
            log={"level": "debug"},
            metrics={"listen": f"127.0.0.1:{self.metrics_port}"},
        )
        self.provider = SmsProvider(self.served.folder)
        self.addCleanup(self.provider.stop)
        self.served.configure(channels_sms=self.provider.section(reply_timeout="1s"))

    def check_unmarked(self, text, where):
        self.assertEqual(marks_in(text), [], where)

    def check_gateway(self, gateway):
        """Its metrics, what doctor, status and failed say, and in the end its log."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=30) as page:
            metrics = page.read().decode()
        self.assertIn("duenotice_attempts_total", metrics)
        self.check_unmarked(metrics, "metrics")
        for command in ("doctor", "status", "failed"):
            for words in ((command,), (command, "--json")):
                done = gateway.run(*words)
                self.check_unmarked(done.stdout + done.stderr, words)
        gateway.stop()
        self.check_unmarked(gateway.log(), "log")

    def check_was_there(self, gateway, *texts):
        """What nobody stored could not have been found in the log either. What is searched for stands in the
        journal as it is, the rest sealed: whoever has the key is shown it."""
        journal = pathlib.Path(gateway.journal)
        kept = journal.read_bytes() + journal.with_name(journal.name + "-wal").read_bytes()
        for text in (NAME, WORDS, REPLY, REASON):
            self.assertNotIn(text.encode(), kept, "it is sealed")
        found = kept + self.shown(gateway)
        for text in texts:
            self.assertIn(text.encode(), found)

    @staticmethod
    def shown(gateway):
        """Everything that is shown of notices and of rejected requests."""
        shown = [gateway.run("inbox", USER).stdout.encode()]
        for notice in gateway.json("list", "--limit", 1000):
            shown.append(gateway.run("show", notice["notice_id"], "--json").stdout.encode())
            shown.append(gateway.bytes_of("show", notice["notice_id"]))
        for row in gateway.json("rejected"):
            shown.append(gateway.bytes_of("rejected", "show", row["rejection_id"], "--raw"))
        return b"".join(shown)

    # ---- through serve

    def test_it_is_not_in_the_log_nor_in_the_metrics(self):
        gateway = self.served.start()
        echo = f"<{EMAIL}> {NAME}, {PHONE}: {REPLY}"
        self.server.replies[EMAIL] = [f"451 4.3.0 {echo}", f"550 5.1.1 {echo}", f"550 5.7.1 {echo}"]
        refused = marked()
        wrapped = published(marked(id=EMAIL, source=f"//{EMAIL}"), 1)
        gateway.submit(refused, {**wrapped, "subject": EMAIL, "zuoliattribute": WORDS})
        gateway.wait_for(refused, "failed")
        gateway.wait_for(wrapped["data"], "failed")
        self.correct_and_decide(gateway, refused, wrapped["data"])
        self.by_sms(gateway, echo)
        late = published(sample("service_termination", effective_date=in_days(30), account_id=ACCOUNT), 3)
        late["data"]["recipient"].update(name=NAME, email=EMAIL)
        gateway.submit(late)
        held = gateway.wait_for(late["data"], "held")["notice_id"]
        self.order(gateway, "resolve", held, "--effective-date", in_days(60), *ORDER)
        gateway.wait_for(late["data"])
        self.check_was_there(gateway, NAME, ACCOUNT, USER, EMAIL, CORRECTED, PHONE, WORDS, REPLY, REASON)
        self.check_was_there(gateway, OPERATOR, "zuolireference")
        told = {
            notice["notice_id"]: [
                event["type"] for event in gateway.json("show", notice["notice_id"])["events"]
            ]
            for notice in gateway.json("list", "--limit", 1000)
        }
        self.check_gateway(gateway)
        self.check_log(gateway, told)

    def check_log(self, gateway, told):
        """Each event of a notice has its line, and no line is anything else than JSON."""
        logged = collections.defaultdict(collections.Counter)
        for line in map(json.loads, gateway.log().splitlines()):
            logged[line.get("notice")][line["event"]] += 1
        for notice, types in told.items():
            self.assertEqual({type: logged[notice][type] for type in types}, collections.Counter(types))

    def correct_and_decide(self, gateway, refused, wrapped):
        """A corrected address that is refused too and then taken, a further sending, an unknown outcome."""
        self.server.replies[CORRECTED] = [f"550 5.1.1 <{CORRECTED}> {REPLY}"]
        first = gateway.show(refused)["notice_id"]
        self.order(gateway, "replay", first, "--email", CORRECTED, "--yes", *ORDER)
        gateway.wait_for(refused, "failed")
        self.order(gateway, "replay", first, "--yes", "--operator", OPERATOR, "--reason", REASON + " again")
        gateway.wait_for(refused)
        further = ("--reason", REASON + " once more")
        self.order(gateway, "replay", first, "--channel", "email", "--yes", *further)
        self.server.hold_answers()
        self.order(gateway, "replay", gateway.show(wrapped)["notice_id"], "--yes", *ORDER)
        gateway.wait_for(wrapped, "held")
        self.server.release_answers()
        evidence = gateway.folder / f"{MARK}evidence.eml"
        evidence.write_text(f"{NAME} has it.\n")
        confirms = ("--provider-confirms", f"{EMAIL} has it", "--evidence", evidence)
        second = gateway.show(wrapped)["notice_id"]
        self.order(gateway, "resolve", second, "--channel", "email", *confirms, *ORDER)

    def by_sms(self, gateway, echo):
        said = {"code": PHONE.lstrip("+"), "message": echo}
        dashed = {"code": "139-7531-8246", "message": echo}
        self.provider.answers[PHONE] = [
            answer(503, said, Location=f"sms:{PHONE}"),
            answer(400, dashed),
            SILENCE,
            answer(200, echo),
        ]
        for state in ("failed", "held", "held"):
            sent = marked_sms()
            gateway.submit(sent)
            gateway.wait_for(sent, state)
        cancelled = marked_sms(send_not_before=in_days(2) + "T00:00:00Z")
        gateway.submit(cancelled)
        notice = gateway.wait_for(cancelled, "accepted")["notice_id"]
        early = ("--before-its-time", "--reason", "agreed by phone")
        self.order(gateway, "retry", notice, *early, "--operator", OPERATOR)
        gateway.wait_for(cancelled)
        self.assertEqual(len(self.provider.of(PHONE)), 5)

    def test_it_is_not_in_the_log_where_no_connection_is_made(self):
        self.server.stop()
        self.provider.stop()
        gateway = self.served.start()
        sent = [marked() for _ in range(6)] + [marked_sms() for _ in range(6)]
        gateway.submit(*sent)
        self.wait_until(lambda: gateway.log().count("breaker_opened") == 2, "both breakers to open")
        gateway.kill()
        gateway.start()
        self.check_was_there(gateway, EMAIL, PHONE)
        self.check_gateway(gateway)

    # ---- rejected requests

    def test_a_rejection_names_the_fault_and_not_what_stands_there(self):
        gateway = self.served.start()
        requests = faulty()
        gateway.submit(*requests.values())
        rejections = gateway.wait_for_rejections(len(requests))
        self.assertEqual({row["pointer"] for row in rejections}, set(requests))
        for row in rejections:
            self.check_unmarked(f"{row['code']} {row['pointer']} {row['message']}", row["pointer"])
        (row,) = [row for row in rejections if row["pointer"] == "/data/variables"]
        self.assertIn("max_segments allows 10", row["message"])
        self.assertRegex(row["message"], r"it has \d+ characters, which is \d+ segments in UCS-2")
        self.check_decisions(gateway, rejections)
        self.check_was_there(gateway, EMAIL, PHONE, WORDS)
        self.check_gateway(gateway)

    def check_decisions(self, gateway, rejections):
        edited = gateway.folder / "edited.json"
        plain = [row for row in rejections if not row["pointer"].startswith("/data")]
        for row in plain[:3]:
            edited.write_text(json.dumps(next(iter(faulty().values()))))
            words = ("rejected", "release", row["rejection_id"], "--edit", edited)
            self.check_unmarked(self.order(gateway, *words, *ORDER, code=1), words)
            edited.write_text(json.dumps(marked()))
            self.order(gateway, *words, *ORDER)
        self.order(gateway, "rejected", "discard", plain[3]["rejection_id"], *ORDER)

    # ---- commands that fail

    def failing(self, notice, rejection, folder):
        """Commands with marks in what they were told."""
        bad = folder / f"{EMAIL}.json"
        bad.write_text(json.dumps({"recipient": {EMAIL: 1, "email": EMAIL}, "kind": EMAIL}) + "\n{" + WORDS)
        preview = ("preview", "terms_change", "--agreement", "flashduty-user-agreement", "--data")
        why = ("--reason", REASON)
        return [
            ("show", EMAIL),
            ("show", "billing", EMAIL),
            ("show", notice, "--raw", PHONE),
            ("list", "--state", EMAIL),
            ("list", "--since", PHONE),
            ("list", "--after", EMAIL),
            ("list", "--emial", EMAIL),
            ("list", f"--email={EMAIL}"),
            ("audit", "--from", EMAIL),
            ("audit", "--channel", PHONE),
            ("inbox", "user-1", EMAIL),
            (EMAIL,),
            ("events", "--type", EMAIL),
            ("events", "--after", PHONE),
            ("export", "--rows", EMAIL, "-o", "-"),
            ("export", "--rows", "notices", "-o", folder / "no" / EMAIL),
            ("failed", "--channel", EMAIL),
            ("rejected", "--code", EMAIL),
            ("rejected", "show", EMAIL),
            ("rejected", "release", rejection, *why),
            ("rejected", "release", rejection, *why, "--edit", folder / EMAIL),
            ("cancel", notice, *why),
            ("cancel", EMAIL, *why),
            ("retry", notice, EMAIL, PHONE, *why),
            ("replay", PHONE, *why, "--yes"),
            ("replay", notice, *why, "--yes", "--email", EMAIL.replace("@", " at ")),
            ("replay", notice, *why, "--yes", "--phone", PHONE),
            ("replay", notice, *why, "--yes", "--email", EMAIL, "--phone", PHONE),
            ("replay", "--state", EMAIL, *why, "--yes"),
            ("replay", "--state", "failed", "--email", EMAIL, *why, "--yes"),
            ("resolve", notice, *why, "--channel", EMAIL, "--not-sent"),
            ("resolve", notice, *why, "--channel", "sms", "--not-sent"),
            ("resolve", notice, *why, "--effective-date", EMAIL),
            ("resolve", notice, *why, "--channel", "email", "--provider-confirms", WORDS),
            ("submit", bad),
            ("submit", folder / EMAIL),
            (*preview, bad),
            ("preview", EMAIL, "--agreement", PHONE, "--data", bad),
            ("agreements", "check", folder / EMAIL),
            ("agreements", "diff", folder / EMAIL, EMAIL),
            ("--config", folder / EMAIL, "status"),
        ]

    def test_it_is_not_in_the_words_of_commands_that_fail(self):
        gateway = self.served.start()
        sent, wrong = marked(), faulty()["/kind"]
        gateway.submit(sent, wrong)
        notice = gateway.wait_for(sent)["notice_id"]
        (rejection,) = gateway.wait_for_rejections(1)
        commands = self.failing(notice, rejection["rejection_id"], gateway.folder)
        for language in ("en", "zh"):
            for words in commands:
                done = gateway.run("--lang", language, *words)
                self.assertNotEqual(done.returncode, 0, words)
                self.assertTrue(done.stderr, words)
                self.check_unmarked(done.stdout + done.stderr, words)
            for words in (("list", "--kind", EMAIL), ("audit", "--agreement", EMAIL)):
                self.check_unmarked(gateway.run("--lang", language, *words).stderr, words)
        self.check_unmarked(self.ask_wrongly(gateway), "the control socket")
        self.check_gateway(gateway)
        for words in commands:
            done = gateway.run(*words)  # now without a gateway
            self.check_unmarked(done.stdout + done.stderr, words)

    def ask_wrongly(self, gateway):
        """What the control socket answers to orders that are none."""
        answers = ""
        orders = [{"act": EMAIL}, {"act": "cancel", "notice": EMAIL, "operator": OPERATOR, "reason": REASON}]
        orders.append({"act": "replay", "operator": OPERATOR, "reason": REASON, "select": {EMAIL: PHONE}})
        for body in [json.dumps(order) for order in orders] + ["{" + WORDS]:
            head = f"POST /v1/operations HTTP/1.0\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            with socket.socket(socket.AF_UNIX) as asking:
                asking.connect(gateway.socket_path)
                asking.sendall((head + body).encode())
                with asking.makefile("rb") as said:
                    answers += said.read().decode()
        self.assertEqual(answers.count('"detail"'), 4, answers)
        return answers

    # ---- reports

    def test_forged_reports_are_not_quoted(self):
        port = free_port()
        kannel = {"url": f"kannel://127.0.0.1:{free_port()}", "username": "gw"}
        kannel.update(report_listen=f"127.0.0.1:{port}", report_key_file="provider-password")
        self.served.configure(channels_sms=kannel)
        gateway = self.served.start()
        ours = hmac.new(SECRET.encode(), b"sms report zuolinotice.1", hashlib.sha256).hexdigest()[:32]
        forged = "0" * 32
        for path in (
            f"{EMAIL}/1/{forged}?step=8&answer={EMAIL}",
            f"{PHONE}/{MARK}/{forged}",
            f"zuolinotice/1/{ours}?step={EMAIL}",
            f"zuolinotice/1/{ours}?step=8&id={EMAIL}&answer={PHONE}&smsc={MARK}&at=1",
            f"{EMAIL}?{PHONE}",
        ):
            target = f"GET /sms/reports/{path} HTTP/1.0\r\nHost: x\r\n\r\n"
            with socket.create_connection(("127.0.0.1", port), 20) as asking:
                asking.sendall(target.encode())
                with asking.makefile("rb") as said:
                    self.check_unmarked(said.read().decode(), path)
        self.wait_until(lambda: gateway.log().count('"wrong_code"') == 2, "two without our code")
        self.assertEqual(gateway.log().count('"malformed"'), 1)
        self.check_gateway(gateway)
