"""The README's pages on seals and on running a witness: their commands are run as they stand there."""

import shutil
import subprocess

from support.gateway import ENVIRONMENT
from support.log_case import LogCase
from support.readme_page import ReadmePage
from support.waiting import wait_until


class SealsPage(LogCase):
    def test_a_stamp_is_checked_as_it_stands_there(self):
        tsa = self.time_stamp_authority()
        gateway = self.logged(
            evidence={"seal_interval": "10s"},
            **{"evidence.tsa.example": {"url": tsa.url(), "roots": str(tsa.root)}},
        ).start()
        self.send(gateway)
        self.wait_until(
            lambda: gateway.run("log", "seals").returncode == 0
            and all(stamp["at"] for stamp in gateway.json("log", "seals", 1)[0]["stamps"]),
            "the first seal to be stamped",
        )
        shutil.copy(tsa.root, gateway.folder / "tsa-root.pem")
        page = ReadmePage("Seals, time stamps and witnesses", gateway)
        said = [page.run(command) for command in page.commands()]
        self.assertIn("Verification: OK", said[-1].stdout + said[-1].stderr)

    def test_a_witness_is_run_as_it_stands_there(self):
        gateway = self.logged()
        page = ReadmePage("Run a witness", gateway)
        (gateway.folder / "log.vkey").write_text(gateway.vkey + "\n")
        init, serve = page.commands()
        page.run(init)
        witness, url = self.serve(page, serve)
        self.addCleanup(witness.wait)
        self.addCleanup(witness.terminate)
        shown = "".join(page.shown()).splitlines()
        self.assertEqual([line.split()[0] for line in shown], ["log", "witness", "quorum"])
        vkey = (gateway.folder / "witness.vkey").read_text().strip()
        policy = gateway.folder / "witnesses.policy"
        policy.write_text(f"log {gateway.vkey}\nwitness auditor {vkey} {url}\n{shown[2]}\n")
        gateway.configure(evidence={"witnesses": str(policy)})
        gateway.start()
        self.send(gateway)
        seal = self.wait_until(
            lambda: (newest := gateway.json("status")["seals"]["newest"]) and newest["quorum"] and newest,
            lambda: f"a cosignature: {gateway.json('status')['gateway']}",
        )
        self.assertEqual(seal["cosigned_by"], ["auditor"])

    def serve(self, page, command):
        """Runs it where everybody cannot reach it, on a free port; the process and where it answers."""
        self.assertIn("0.0.0.0:8085", command)
        log = page.gateway.folder / "witness.log"
        with open(log, "wb") as said:
            process = subprocess.Popen(
                ["bash", "-c", "exec " + command.replace("0.0.0.0:8085", "127.0.0.1:0")],
                cwd=page.gateway.folder,
                env={**ENVIRONMENT, "PATH": page.path()},
                stderr=said,
            )
        line = wait_until(lambda: '"witnessing"' in log.read_text() and log.read_text(), "the witness")
        return process, "http://127.0.0.1:" + line.split('"listen":"127.0.0.1:')[1].split('"')[0]
