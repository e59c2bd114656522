"""The README's page for operators: its commands are run as they stand there, in the trouble it is about."""

from support.operators import OperatorCase, published
from support.readme_page import ReadmePage
from support.requests import in_days, sample, terms_change

HEADING = "For operators: the mail provider was down for two hours, what do I do?"


class OperatorPage(OperatorCase):
    def test_its_commands_run_as_they_stand_there(self):
        gateway = self.mailing_gateway(
            retry={"schedule": ["1h"]}, on_unknown="hold", final_reply_timeout="1s"
        ).start()
        self.make_trouble(gateway)
        page = ReadmePage(HEADING, gateway)
        for command in page.commands():
            page.run(command)
        for tried in gateway.json("list", "--state", "sending"):  # in an hour they would come anyway
            self.order(gateway, "retry", tried["notice_id"])
        self.wait_until(lambda: not gateway.json("list", "--state", "sending"), "those tried before")
        states = {notice["notice_id"]: notice["state"] for notice in gateway.json("list")}
        confirmed = self.unknown[1]
        self.assertEqual(states.pop(confirmed), "failed", "its provider has it: no date of our own making")
        self.assertEqual(set(states.values()), {"deemed_delivered"}, states)
        self.assertEqual(gateway.json("show", confirmed)["acts"][0]["what"], "resolve_provider_confirms")
        self.assertGreater(gateway.json("show", self.late)["effective_date"], in_days(55))
        self.assertEqual(gateway.json("rejected", "--open"), [])

    def make_trouble(self, gateway):
        """Two refused, one too late, two unanswered, and more behind a provider that was away for a while."""
        self.refused(gateway, terms_change(), terms_change())
        late = published(sample("service_termination", effective_date=in_days(30)), 3)
        gateway.submit(late)
        self.late = gateway.wait_for(late["data"], "held")["notice_id"]
        self.unknown = list(reversed(self.unanswered(gateway, terms_change(), terms_change())))
        self.server.stop()
        gateway.submit(*(terms_change() for _ in range(12)))
        self.wait_until(lambda: "breaker_opened" in gateway.log(), "the breaker to open")
        self.server.start()
        self.wait_until(lambda: not gateway.json("list", "--state", "accepted"), "the breaker to close")
        (gateway.folder / "reply.eml").write_text("From: provider\n\nWe have had it since 09:12.\n")
