"""The Debian package: what is in it, and its life in a root of its own."""

import fcntl
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import unittest

from support.case import GatewayCase
from support.requests import terms_change
from support.supervisor import Supervisor

BUILD = pathlib.Path(os.environ["DUENOTICE_BUILD"])
EXPECTED = (
    "./etc/duenotice/duenotice.toml",
    "./lib/systemd/system/duenotice.service",
    "./usr/bin/duenotice",
    "./usr/lib/sysusers.d/duenotice.conf",
    "./usr/lib/tmpfiles.d/duenotice.conf",
    "./usr/share/doc/duenotice/",
    "./usr/share/duenotice/",
)


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def built():
    """The package of the build under test, made once for all tests of this file, whoever comes first."""
    folder = BUILD / "package"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        program = BUILD / "gateway/app/duenotice"
        found = list(folder.glob("*.deb"))
        newest = max(path.stat().st_mtime for path in (program, BUILD / "build.ninja"))
        if not found or found[0].stat().st_mtime < newest:
            run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder)
            found = list(folder.glob("*.deb"))
    return found[0]


class Package(GatewayCase):
    def setUp(self):
        for tool in ("dpkg-deb", "dpkg-shlibdeps", "systemd-sysusers"):
            if shutil.which(tool) is None:
                raise unittest.SkipTest(f"there is no {tool} here")
        if os.geteuid() != 0:
            raise unittest.SkipTest("dpkg gives files to another user, which takes root")
        self.deb = built()
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="duenotice-root-"))
        self.addCleanup(shutil.rmtree, self.root)
        for folder in ("var/lib/dpkg/updates", "var/lib/dpkg/info", "etc"):
            (self.root / folder).mkdir(parents=True)
        for file in ("var/lib/dpkg/status", "var/lib/dpkg/available"):
            (self.root / file).touch()
        (self.root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
        (self.root / "etc/group").write_text("root:x:0:\n")

    def dpkg(self, *arguments):
        """In the scratch root, where nothing that the package depends on is installed and nothing is run."""
        return run(
            "dpkg", f"--root={self.root}", "--force-depends", "--force-script-chrootless", "--force-confold",
            f"--log={self.root}/dpkg.log", *arguments,
        )  # fmt: skip

    def next_version(self):
        """The same package with a higher version and a default configuration that differs."""
        tree = self.root / "unpacked"
        run("dpkg-deb", "--raw-extract", self.deb, tree)
        control = tree / "DEBIAN/control"
        version = run("dpkg-deb", "--field", self.deb, "Version").strip()
        control.write_text(control.read_text().replace(version, "99.0-1"))
        with open(tree / "etc/duenotice/duenotice.toml", "a") as file:
            file.write("# of the new version\n")
        made = self.root / "next.deb"
        run("dpkg-deb", "--build", "--root-owner-group", tree, made)
        shutil.rmtree(tree)
        return made

    @property
    def configuration(self):
        return self.root / "etc/duenotice/duenotice.toml"

    def test_its_contents(self):
        listed = run("dpkg-deb", "--contents", self.deb).splitlines()
        files = {line.split()[5]: line.split()[:2] for line in listed if not line.startswith("d")}
        stray = [path for path in files if not path.startswith(EXPECTED)]
        self.assertEqual(stray, [], "no file outside of the expected places")
        for path in EXPECTED:
            self.assertTrue(any(file.startswith(path) for file in files), f"{path} is missing")
        agreement = "agreements/flashduty-user-agreement/2022-10-10/agreement.toml"
        self.assertIn(f"./usr/share/duenotice/{agreement}", files)
        self.assertEqual({owner for _, owner in files.values()}, {"root/root"})
        executable = {path for path, (mode, _) in files.items() if "x" in mode}
        self.assertEqual(executable, {"./usr/bin/duenotice"})
        self.assertEqual([path for path, (mode, _) in files.items() if mode[5] == "w" or mode[8] == "w"], [])
        field = lambda name: run("dpkg-deb", "--field", self.deb, name).strip()  # noqa: E731
        self.assertEqual(field("Package"), "duenotice")
        for library in ("libsqlite3-0", "librabbitmq4", "libcurl4", "libssl3", "tzdata"):
            self.assertIn(library, field("Depends"))

    def test_lintian_has_no_error(self):
        if shutil.which("lintian") is None:
            raise unittest.SkipTest("there is no lintian here")
        done = subprocess.run(
            ["lintian", "--allow-root", "--fail-on", "error", self.deb],
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_life_from_the_first_installation_to_the_purge(self):
        self.dpkg("--install", self.deb)
        state = self.root / "var/lib/duenotice"
        self.assertEqual(stat.S_IMODE(state.stat().st_mode), 0o700)
        users = (self.root / "etc/passwd").read_text()
        self.assertRegex(users, rf"(?m)^duenotice:[^:]*:{state.stat().st_uid}:")
        (state / "journal.db").write_text("the proofs")

        self.configuration.write_text(self.configuration.read_text() + "# changed by a person\n")
        self.dpkg("--install", self.next_version())
        self.assertIn("99.0-1", self.dpkg("--list", "duenotice"))
        self.assertIn("# changed by a person", self.configuration.read_text())
        offered = self.configuration.with_name("duenotice.toml.dpkg-dist").read_text()
        self.assertIn("# of the new version", offered)

        self.dpkg("--remove", "duenotice")
        self.assertFalse((self.root / "usr/bin/duenotice").exists())
        self.assertTrue(self.configuration.exists(), "a removed package keeps its configuration")
        self.assertTrue((state / "journal.db").exists())
        said = self.dpkg("--purge", "duenotice")
        self.assertIn("/var/lib/duenotice is left with the journal", said)
        self.assertEqual((state / "journal.db").read_text(), "the proofs")
        self.assertFalse(self.configuration.parent.exists())
        left = {str(path.relative_to(self.root)) for path in self.root.rglob("*duenotice*")}
        self.assertEqual(left, {"var/lib/duenotice"}, "nothing else is left")

    def test_a_configuration_that_nobody_changed_is_replaced_and_a_purge_without_data_leaves_none(self):
        self.dpkg("--install", self.deb)
        self.dpkg("--install", self.next_version())
        self.assertIn("# of the new version", self.configuration.read_text())
        said = self.dpkg("--purge", "duenotice")
        self.assertNotIn("is left", said)
        self.assertEqual([path for path in self.root.rglob("*duenotice*")], [])

    def test_what_is_installed_starts_at_once_in_the_sandbox(self):
        self.dpkg("--install", self.deb)
        text = self.configuration.read_text()
        state = self.root / "var/lib/duenotice"
        # Where its files really are, while nobody is in a root of their own.
        self.configuration.write_text(text.replace("/var/lib/duenotice", str(state)))
        unit = self.root / "lib/systemd/system/duenotice.service"
        unit.write_text(unit.read_text().replace("ExecStart=/", f"ExecStart={self.root}/"))
        duenotice = self.gateway()
        duenotice.binary = str(self.root / "usr/bin/duenotice")
        duenotice.config_file = self.configuration
        supervisor = Supervisor(duenotice.folder, unit)
        self.addCleanup(supervisor.close)
        supervisor.start(duenotice.log_file, DUENOTICE_CONFIG=str(self.configuration))
        supervisor.wait_for("READY")
        request = terms_change()
        duenotice.submit(request)
        notice = duenotice.wait_for(request)
        self.assertTrue(notice["sandbox"])
        self.assertEqual(len(list((state / "mail").iterdir())), 1)
        self.assertIn("SANDBOX", duenotice.run("status").stdout)
        self.assertIn("SANDBOX", duenotice.run("doctor").stdout)
        supervisor.process.terminate()
        self.assertEqual(supervisor.process.wait(60), 0)
