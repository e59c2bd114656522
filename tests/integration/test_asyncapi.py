"""asyncapi.yaml is AsyncAPI 3, and says neither less nor more than what is really published."""

import datetime
import json
import re

import jsonschema

from support.asyncapi_document import FILE, Document, references
from support.broker import CLOUDEVENTS
from support.case import GatewayCase
from support.gateway import ROOT
from support.node_modules import installed
from support.requests import event, in_days, sample, terms_change

REFUSED = "550 5.1.1 no such user"


def without_ids(schema):
    """Members that are named `$id` confuse the resolver, which takes each for the name of a schema."""
    if isinstance(schema, dict):
        return {key: without_ids(value) for key, value in schema.items() if key != "$id"}
    return [without_ids(each) for each in schema] if isinstance(schema, list) else schema


class TheDocument(GatewayCase):
    def test_it_is_asyncapi_3(self):
        document = Document()
        specification = installed(ROOT / "tests/support/asyncapi") / "node_modules/@asyncapi/specs/schemas"
        schema = without_ids(json.loads((specification / "3.0.0-without-$id.json").read_text()))
        faults = [
            f"{each.json_path}: {each.message}"
            for each in jsonschema.Draft7Validator(schema).iter_errors(document.root)
        ]
        self.assertEqual(faults, [])
        for reference in references(document.root):
            if reference.startswith("#"):
                self.assertIsNotNone(document.at(reference), reference)
            else:
                self.assertTrue((FILE.parent / reference).is_file(), reference)

    def test_its_names_are_those_of_the_configuration(self):
        document = Document()
        example = (ROOT / "gateway/app/example.toml").read_text()
        default = lambda key: re.search(rf'^#{key} = "(.*)"$', example, re.M)[1]  # noqa: E731
        channels = document.root["channels"]
        self.assertEqual(channels["requests"]["address"], default("requests"))
        exchange = lambda name: channels[name]["bindings"]["amqp"]["exchange"]["name"]  # noqa: E731
        self.assertEqual(exchange("deadLetters"), default("dead_letters"))
        self.assertEqual(exchange("statusEvents"), default("events"))

    def test_the_check_finds_what_is_not_documented(self):
        document = Document()
        schema = document.messages_of("statusEvents")["accepted"]["payload"]
        self.assertIn("'more' was unexpected", " ".join(document.faults(schema, {"more": 1})))
        found = " ".join(document.faults(schema, {"data": {"email": "a@b.example"}}))
        self.assertIn("'email' was unexpected", found)
        self.assertIn("'notice_id' is a required property", found)


class WhatIsPublished(GatewayCase):
    def setUp(self):
        self.document = Document()
        self.server = self.mail_server()
        self.queue = self.broker()
        self.queue.listen()
        self.duenotice = self.gateway(
            queue=self.queue.section(), channels_email={"url": self.server.url, "tls": "off"}
        ).start()
        self.queue.wait_for_queue()

    def late(self):
        """Asked for in time, and published too late for its date: held."""
        request = sample("service_termination", effective_date=in_days(10))
        asked = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=40)
        return request, event(request, time=asked.isoformat().replace("+00:00", "Z"))

    def live(self):
        """Brings about every state that publishers are told of, and returns what was accepted."""
        plain, refused = terms_change(reference="ticket 17"), terms_change()
        shown = sample("fund_freeze.en")
        held, held_event = self.late()
        self.server.replies[refused["recipient"]["email"]] = [REFUSED]
        for body in (plain, refused, shown):
            self.queue.publish(body)
        enveloped = terms_change()
        events = [event(enveloped), held_event]
        for body in events:
            self.queue.publish(body, CLOUDEVENTS)
        for request in (plain, enveloped, shown):
            self.duenotice.wait_for(request)
        self.duenotice.wait_for(refused, state="failed")
        notice = self.duenotice.wait_for(held, state="held")
        cancelled = self.duenotice.run("cancel", notice["notice_id"], "--reason", "asked for by mistake")
        self.assertEqual(cancelled.returncode, 0, cancelled.stderr)
        return [plain, refused, shown], events

    def end_account(self, account):
        """Reports that it ended, and waits until that is known."""
        data = {"account_id": account, "ended_on": in_days(0)}
        body = event({"id": "ended-1", "source": "crm"}, type="duenotice.account.ended.v1", data=data)
        self.queue.publish(body, CLOUDEVENTS)
        order = ("erase", account, "--yes", "--order", "7", "--reason", "asked for")
        self.wait_until(lambda: "retained until" in self.duenotice.run(*order).stdout, "its retention to run")
        return body

    def reject(self):
        """Has requests rejected for several reasons; returns their bodies."""
        rejected = [b"{", b"\xff", terms_change(account_id=7), {**terms_change(), "kind": "birthday"}]
        for body in rejected:
            self.queue.publish(body)
        return rejected

    def check(self, schema, value, where):
        self.assertEqual(self.document.faults(schema, value), [], f"{where}: {value}")

    def test_every_message_is_documented_and_every_documented_one_is_published(self):
        plain, enveloped = self.live()
        rejected = self.reject()
        requests = self.document.messages_of("requests")
        for body in plain:
            self.check(requests["request"]["payload"], body, "a request")
        for body in enveloped:
            self.check(requests["requestEvent"]["payload"], body, "a request's event")

        ended = self.end_account(plain[0]["account_id"])
        self.check(requests["accountEnded"]["payload"], ended, "the end of an account")

        letter = self.document.messages_of("deadLetters")["deadLetter"]
        codes = self.document.at("#/components/parameters/code")["enum"]
        for _ in rejected:
            headers, properties, _ = self.queue.dead_letter()
            self.check(letter["headers"], headers, "a dead letter's headers")
            self.assertIn(headers["code"], codes)
            self.assertRegex(properties.message_id, "^[0-9A-Z]{26}$")

        self.check_status_events()

    def check_status_events(self):
        wanted = {each["id"] for each in self.duenotice.events()}
        taken = self.queue.status_events(lambda taken: len(taken) >= len(wanted))
        documented = {
            message["payload"]["allOf"][1]["properties"]["type"]["const"]: message
            for message in self.document.messages_of("statusEvents").values()
        }
        address = self.document.root["channels"]["statusEvents"]["address"]
        states = self.document.at("#/components/parameters/state")["enum"]
        self.assertEqual(set(documented), {address.replace("{state}", state) for state in states})
        seen = set()
        for method, properties, body in taken:
            told = json.loads(body)
            self.assertIn(told["type"], documented)
            message = documented[told["type"]]
            self.check(message["payload"], told, told["type"])
            self.assertEqual(method.routing_key, told["type"])
            self.assertEqual(properties.message_id, told["id"])
            self.assertEqual(properties.content_type, message["contentType"])
            self.assertEqual(properties.delivery_mode, 2)
            self.assertIsNone(properties.headers)
            seen.add(told["type"])
        self.assertEqual(seen, set(documented), "documented and never seen")
