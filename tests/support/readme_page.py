"""A page of the README whose commands are run as they stand there."""

import os
import re
import subprocess

from support.gateway import ENVIRONMENT, ROOT

NOTICE_ID = re.compile(r"\b01[0-9A-HJKMNP-TV-Z]{24}\b")


class ReadmePage:
    """Runs the page's commands where `gateway` has its configuration. NOTICE_ID stands for the topmost notice
    of the listing before it."""

    def __init__(self, heading, gateway):
        self.gateway = gateway
        self.text = (ROOT / "README.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
        self.seen = []

    def commands(self):
        """The lines of the `sh` blocks; what ends in a backslash goes on."""
        lines = "".join(self.blocks("sh")).replace("\\\n", "").splitlines()
        return [line for line in lines if line]

    def shown(self):
        """The blocks that show what a command prints."""
        return self.blocks("")

    def blocks(self, language):
        fenced = re.findall(r"^```(\w*)\n(.*?)^```$", self.text, re.M | re.S)
        return [text for named, text in fenced if named == language]

    def path(self):
        """Where programs are sought for: first the one under test."""
        return os.path.dirname(self.gateway.binary) + os.pathsep + os.environ["PATH"]

    def run(self, command):
        """The finished process, which must have ended well."""
        if "NOTICE_ID" in command:
            command = command.replace("NOTICE_ID", self.seen[0])
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.gateway.folder,
            env={**ENVIRONMENT, "PATH": self.path(), "DUENOTICE_CONFIG": str(self.gateway.config_file)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode != 0:
            raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
        if " list " in command or " audit " in command:
            self.seen = NOTICE_ID.findall(done.stdout)
        return done
