"""A bundle made by hand, by the words of gateway/evidence/FORMAT.md: a log of one notice's events,
signed with keys of its own, of which any part can be made wrong before everything else is signed again."""

import base64
import hashlib
import hmac
import json
import pathlib
import shutil
import subprocess
import zipfile

from support.log_check import leaf_hash, node, sha256

ORIGIN = "example.com/log"
SCRIPT = pathlib.Path(__file__).parents[2] / "gateway/app/bundle/verify.sh"


def canonical(document):
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def split(hashes):
    """Where a tree is parted: the largest power of two below its size."""
    return 1 << (len(hashes) - 1).bit_length() - 1


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    k = split(hashes)
    return node(root(hashes[:k]) + root(hashes[k:]))


def path(index, hashes):
    """The inclusion proof, the leaf's sibling first."""
    if len(hashes) == 1:
        return []
    k = split(hashes)
    if index < k:
        return [*path(index, hashes[:k]), root(hashes[k:])]
    return [*path(index - k, hashes[k:]), root(hashes[:k])]


def sums_of(files):
    """The file SHA256SUMS of these."""
    names = sorted(name for name in files if name != "SHA256SUMS")
    return "".join(f"{sha256(files[name]).hex()}  {name}\n" for name in names).encode()


def write_archive(archive, files):
    """The files in the one spelling that a bundle has."""
    with zipfile.ZipFile(archive, "w") as into:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)
            info.create_version = info.extract_version = 10
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            into.writestr(info, files[name])


class Key:
    """An Ed25519 key of the openssl command."""

    def __init__(self, folder, name):
        self.name, self.folder = name, folder
        self.private = folder / (name.replace("/", "-") + ".key")
        self.openssl("genpkey", "-algorithm", "ed25519", "-out", self.private)
        public = b"\x01" + self.openssl("pkey", "-in", self.private, "-pubout", "-outform", "DER")[-32:]
        self.id = sha256(name.encode() + b"\n" + public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{base64.b64encode(public).decode()}"

    @staticmethod
    def openssl(*words):
        return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout

    def sign(self, text):
        """The signed note of this text."""
        body = self.folder / "body"
        body.write_bytes(text)
        signature = self.openssl("pkeyutl", "-sign", "-inkey", self.private, "-rawin", "-in", body)
        line = f"\u2014 {self.name} {base64.b64encode(self.id + signature).decode()}\n"
        return text + b"\n" + line.encode()


class SmallBundle:
    """Change `events`, `payloads`, `facts` or the files given to `write`."""

    def __init__(self, folder):
        self.folder = folder
        self.key, self.signer = Key(folder, ORIGIN), Key(folder, ORIGIN + "/bundle")
        self.agreement = {"agreement/agreement.toml": b"id = 1\n"}
        listing = f"agreement.toml\n{sha256(self.agreement['agreement/agreement.toml']).hex()}\n"
        self.events = [
            {
                "type": "accepted",
                "agreement": "terms",
                "agreement_version": "1",
                "agreement_digest": sha256(listing.encode()).hex(),
            },
            {
                "type": "deemed_delivered",
                "on": "2026-07-01",
                "rule": "agreement-date-of-sending",
                "clause": "12",
                "time_zone": "Asia/Shanghai",
            },
        ]
        self.payloads = {(0, "email.content"): b"the message"}
        self.messages = {"notice/email-1.eml": b"the message"}
        self.facts = {
            "agreement": {"id": "terms", "version": "1", "sha256": self.events[0]["agreement_digest"]},
            "legal_date": "2026-07-01",
            "time_zone": "Asia/Shanghai",
            "sandbox": False,
            "state": "deemed_delivered",
            "missing": [],
        }
        self.trust = folder / "trust.txt"
        self.trust.write_text(f"log {self.key.vkey}\nsigner {self.signer.vkey}\nquorum none\n")

    def log(self, files):
        """The events as leaves, each with its proof, and what opens their commitments."""
        leaves = []
        for index, event in enumerate(self.events):
            event = {"notice": "N", "sequence": index + 1, **event}
            if leaves:
                event["previous"] = base64.b64encode(leaf_hash(leaves[-1])).decode()
            for (of, field), payload in self.payloads.items():
                if of != index:
                    continue
                message = f"duenotice-commit/v1\n{field}\n".encode() + payload
                value = hmac.new(b"k" * 32, message, hashlib.sha256).digest()
                event[field] = {"c": base64.urlsafe_b64encode(value).decode().rstrip("=")}
                files[f"openings/{index}-{field}.m"] = message
                files[f"openings/{index}-{field}.r"] = (b"k" * 32).hex().encode() + b"\n"
            leaves.append(canonical(event))
        hashes = [leaf_hash(leaf) for leaf in leaves]
        text = f"{ORIGIN}\n{len(leaves)}\n{base64.b64encode(root(hashes)).decode()}\n"
        files["log/checkpoint"] = self.key.sign(text.encode())
        for index, leaf in enumerate(leaves):
            files[f"events/{index}.leaf"] = leaf
            proof = [base64.b64encode(one).decode() for one in path(index, hashes)]
            head = "\n".join(["c2sp.org/tlog-proof@v1", f"index {index}", *proof, "", ""])
            files[f"events/{index}.tlog-proof"] = head.encode() + files["log/checkpoint"]

    def write(self, changes=None):
        """Writes the archive and its unpacked folder. `changes` has files by path; None leaves one out."""
        files = {**self.agreement, **self.messages, "verify.sh": SCRIPT.read_bytes()}
        self.log(files)
        files.update(changes or {})
        files = {name: content for name, content in files.items() if content is not None}
        listed = [
            {"path": name, "sha256": sha256(files[name]).hex(), "size": len(files[name])}
            for name in sorted(files)
        ]
        facts = {"tree_size": len(self.events), **self.facts}
        facts |= {"format": "duenotice-bundle/v1", "notice": "N", "origin": ORIGIN, "files": listed}
        files["manifest.json"] = canonical(facts)
        text = f"duenotice-bundle/v1\nN\nsha256 {sha256(files['manifest.json']).hex()}\n"
        files["manifest.note"] = self.signer.sign(text.encode())
        files["SHA256SUMS"] = sums_of(files)
        return self.pack(files)

    def pack(self, files):
        archive, unpacked = self.folder / "notice.zip", self.folder / "notice"
        write_archive(archive, files)
        shutil.rmtree(unpacked, ignore_errors=True)
        for name, content in files.items():
            target = unpacked / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return archive, unpacked
