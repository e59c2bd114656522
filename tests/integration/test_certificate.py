"""A notice on paper: what a person reads and what a phone reads off the page."""

import subprocess

from support.case import GatewayCase
from support.requests import terms_change

ORIGIN = "notices.example.com/log"


class Certificate(GatewayCase):
    def certificate(self, gateway, notice, *more, name="notice.pdf"):
        done = gateway.run("certificate", notice["notice_id"], "-o", gateway.folder / name, *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return gateway.folder / name

    def text(self, pdf):
        done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
        return done.stdout

    def code(self, pdf):
        """What a scanner reads off the printed page."""
        picture = pdf.with_suffix("")
        subprocess.run(["pdftoppm", "-r", "200", "-singlefile", "-png", pdf, picture], check=True)
        command = ["zbarimg", "--quiet", "--raw", "--oneshot", "-Sbinary", picture.with_suffix(".png")]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    def test_a_sandbox_notice_in_both_languages_with_its_place_in_the_log(self):
        gateway = self.gateway(evidence={"origin": ORIGIN, "interval": "100ms"})
        self.assertEqual(gateway.run("log", "init").returncode, 0)
        gateway.start()
        request = terms_change()
        gateway.submit(request)
        notice = gateway.wait_for(request)
        checkpoint = self.wait_until(
            lambda: gateway.run("log", "proof", notice["notice_id"]).returncode == 0
            and gateway.run("log", "checkpoint").stdout,
            "the notice in the log",
        )
        english = self.text(self.certificate(gateway, notice))
        chinese = self.text(self.certificate(gateway, notice, "--lang", "zh", name="zh.pdf"))
        for page, words in (english, "SANDBOX"), (chinese, "沙箱"):
            self.assertIn(notice["deemed_delivered_on"], page)
            self.assertIn(ORIGIN, page)
            self.assertIn(words, page)
            self.assertEqual(page.count("\f"), 1)
        code = self.code(gateway.folder / "notice.pdf")
        self.assertTrue(code.startswith(f"duenotice-certificate/v1\nnotice {notice['notice_id']}\n"), code)
        self.assertTrue(code.endswith(checkpoint), code)
        first = (gateway.folder / "notice.pdf").read_bytes()
        self.assertEqual(self.certificate(gateway, notice, name="again.pdf").read_bytes(), first)

    def test_it_overwrites_nothing_unasked_and_knows_no_unknown_notice(self):
        gateway = self.gateway().start()
        request = terms_change()
        gateway.submit(request)
        notice = gateway.wait_for(request)
        page = self.certificate(gateway, notice)
        again = gateway.run("certificate", notice["notice_id"], "-o", page)
        self.assertEqual(again.returncode, 1)
        self.assertIn("--force", again.stderr)
        self.certificate(gateway, notice, "--force")
        unknown = gateway.run("certificate", "01J2Z0V7N3KJ6Q8M4T5W9XYABC", "-o", gateway.folder / "no.pdf")
        self.assertEqual(unknown.returncode, 3)
        self.assertFalse((gateway.folder / "no.pdf").exists())
