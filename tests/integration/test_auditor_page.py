"""The README's page for auditors: its commands are run as they stand there, and show what it says."""

import csv
import hashlib
import json
import re

from support.operators import OperatorCase
from support.readme_page import ReadmePage
from support.requests import in_days, terms_change

HEADING = "For auditors: show that account X was told before date Y"
DATE_Y = "2026-12-31"


def like(line):
    """What a line of the page stands for: other instants, days, sequences and widths."""
    pattern = re.escape(line)
    pattern = re.sub(r"\d{4}\\-\d\d\\-\d\dT[\d:]+\\\.\d{3}Z", r"[-\\dT:.]+Z", pattern)
    pattern = re.sub(r"\d{4}\\-\d\d\\-\d\d", r"\\d{4}-\\d\\d-\\d\\d", pattern)
    pattern = re.sub(r"event\\ \d+", r"event \\d+", pattern)
    return re.compile("^" + re.sub(r"(\\ )+", " +", pattern), re.M)


class AuditorPage(OperatorCase):
    def test_its_commands_run_as_they_stand_there(self):
        gateway = self.mailing_gateway().start()
        told = terms_change(account_id="acct-3", recipient={"email": "zhang@example.com"})
        others = [terms_change(account_id=f"acct-{number}") for number in (1, 2, 4)]
        gateway.submit(told, *others)
        for request in (told, *others):
            gateway.wait_for(request)
        page = ReadmePage(HEADING, gateway)
        said = {}
        for command in page.commands():
            # The day may have passed since the page was written; the notice is sent today.
            said[command] = page.run(command.replace(DATE_Y, max(DATE_Y, in_days(1)))).stdout
        self.assertEqual(len(said), 7, "what each of them is for stands below")
        answer, shown, _, digest, _, _, _ = said.values()
        self.check_answer(page, answer)
        self.assertIn("250 2.0.0 Ok: queued as ", shown)
        self.check_message(gateway, digest)
        self.assertEqual((gateway.folder / "notice.pdf").read_bytes()[:5], b"%PDF-")
        self.check_exports(gateway, told, gateway.json("show", page.seen[0]))

    def check_answer(self, page, answer):
        """As the page shows it, but for the two columns that it leaves out."""
        (block,) = page.shown()
        for line in filter(None, block.splitlines()):
            self.assertRegex(answer, like(line))
        self.assertEqual(len(page.seen), 1, "the other accounts' notices are not in the answer")

    def check_message(self, gateway, digest):
        sent = (gateway.folder / "sent.eml").read_bytes()
        self.assertEqual(sent, self.server.of("zhang@example.com")[0].original_content)
        self.assertIn(hashlib.sha256(sent).hexdigest(), digest)

    def check_exports(self, gateway, told, notice):
        (row,) = [json.loads(line) for line in (gateway.folder / "acct-3.jsonl").read_text().splitlines()]
        self.assertEqual((row["request_id"], row["account_id"]), (told["id"], "acct-3"))
        self.assertEqual(row["legal_date"], notice["deemed_delivered_on"])
        file = gateway.folder / "events.csv"
        rows = list(csv.DictReader(file.read_text().splitlines()))
        manifest = json.loads((gateway.folder / "events.csv.manifest.json").read_text())
        self.assertEqual(manifest["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())
        self.assertEqual(manifest["row_count"], len(rows))
        self.assertTrue(manifest["gap_free"])
        self.assertIn(notice["notice_id"], {row["notice_id"] for row in rows})
