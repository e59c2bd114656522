"""The README's page on the evidence log: its commands are run as they stand there."""

import os

from support.case import GatewayCase
from support.readme_page import ReadmePage
from support.requests import terms_change


class EvidencePage(GatewayCase):
    def test_its_commands_run_as_they_stand_there(self):
        gateway = self.gateway(evidence={"origin": "notices.example.com/log"})
        (gateway.folder / "log.vkey").write_text(gateway.run("log", "init").stdout)
        gateway.start()
        request = terms_change()
        gateway.submit(request)
        notice = gateway.wait_for(request)["notice_id"]
        self.wait_until(lambda: gateway.run("log", "proof", notice).returncode == 0, "the log to follow")
        page = ReadmePage("The evidence log: check it yourself", gateway)
        page.seen = [notice]
        said = [page.run(command).stdout for command in page.commands()]
        self.assertIn("Signature Verified Successfully", "".join(said))
        proofs = os.listdir(gateway.folder / "proofs")
        leaves = [name for name in proofs if name.endswith(".json")]
        self.assertGreaterEqual(len(leaves), 3, "accepted, started, sent, deemed delivered")
        self.assertEqual(len(proofs), 2 * len(leaves))
