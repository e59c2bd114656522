#!/bin/sh
# Checks this evidence bundle with sha256sum, openssl and python3 alone. Run it in the folder where the archive
# was unpacked; TRUST is a file of keys and root certificates that did not come with the bundle:
#
#   sh verify.sh TRUST
#
# Each line is pass, FAIL or not checked. Ends with 0 when nothing failed.
set -eu
[ $# -eq 1 ] || { echo "usage: sh verify.sh TRUST" >&2; exit 2; }
sha256sum --quiet --strict -c SHA256SUMS || { echo "FAIL  SHA256SUMS"; exit 1; }
echo "pass  every file has its digest in SHA256SUMS"
exec python3 -I -S - "$1" <<'PYTHON'
import base64, calendar, hashlib, hmac, json, os, re, subprocess, sys, tempfile, time

failed = False


def say(state, sentence):
    global failed
    failed = failed or state == "FAIL"
    print(f"{state}  {sentence}")


def check(good, sentence):
    say("pass" if good else "FAIL", sentence)
    return good


def read(path):
    with open(path, "rb") as file:
        return file.read()


def has(path):
    return os.path.exists(path)


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right)


def openssl(*words, **more):
    return subprocess.run(["openssl", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)


def vkey(text):
    """(name, identifier, public key) of NAME+ID+KEY."""
    name, key_id, key = text.split("+", 2)
    key = base64.b64decode(key, validate=True)
    if key[:1] != b"\x01" or sha256(name.encode() + b"\n" + key)[:4].hex() != key_id:
        raise SystemExit(f"{sys.argv[1]}: not the key of a log or a signer: {text}")
    return name, key_id, key[1:]


def split(note):
    """The text of a signed note, and its lines of signatures."""
    text, blank, lines = note.rpartition(b"\n\n")
    return text + b"\n", lines.decode().splitlines() if blank else []


def signed(note, keys):
    """Whether one of these keys has signed the note."""
    text, lines = split(note)
    for line in lines:
        dash, name, blob = line.split(" ")
        blob = base64.b64decode(blob, validate=True)
        for known, key_id, key in keys:
            if dash != "\u2014" or known != name or blob[:4].hex() != key_id:
                continue
            with tempfile.TemporaryDirectory() as folder:
                paths = [os.path.join(folder, one) for one in ("key", "text", "signature")]
                for path, data in zip(paths, (bytes.fromhex("302a300506032b6570032100") + key, text, blob[4:])):
                    with open(path, "wb") as file:
                        file.write(data)
                done = openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin",
                               "-in", paths[1], "-sigfile", paths[2])
            return done.returncode == 0
    return False


def checkpoint(note):
    """(origin, size, root)."""
    origin, size, root = split(note)[0].decode().splitlines()
    return origin, int(size), base64.b64decode(root, validate=True)


def included(leaf, index, size, hashes, root):
    f, s, r = index, size - 1, sha256(b"\x00" + leaf)
    for p in hashes:
        if s == 0:
            return False
        if f & 1 or f == s:
            r = node(p, r)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            r = node(r, p)
        f, s = f >> 1, s >> 1
    return s == 0 and r == root


def consistent(m, n, hashes, old, new):
    if m == n:
        return not hashes and old == new
    if not 0 < m < n or not hashes:
        return False
    hashes = [old, *hashes] if m & (m - 1) == 0 else hashes
    f, s = m - 1, n - 1
    while f & 1:
        f, s = f >> 1, s >> 1
    a = b = hashes[0]
    for c in hashes[1:]:
        if s == 0:
            return False
        if f & 1 or f == s:
            a, b = node(c, a), node(c, b)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            b = node(b, c)
        f, s = f >> 1, s >> 1
    return s == 0 and a == old and b == new


def stamps(of):
    number = 1
    while has(f"time/{of}-{number}.token"):
        token = f"time/{of}-{number}.token"
        if not roots:
            say("not checked", f"{token}: there is no certificate in {sys.argv[1]}")
        else:
            text = openssl("ts", "-reply", "-token_in", "-in", token, "-text").stdout.decode(errors="replace")
            told = re.search(r"^Time stamp: (\w+ +\d+ [\d:]+)(?:\.\d+)? (\d+) GMT", text, re.M)
            good = False
            if told:
                at = calendar.timegm(time.strptime(" ".join(told.groups()), "%b %d %H:%M:%S %Y"))
                good = openssl("ts", "-verify", "-token_in", "-in", token, "-data", f"log/{of}", "-CAfile",
                               roots, "-attime", str(at)).returncode == 0
            check(good, f"{token}: log/{of} existed before " + (" ".join(told.groups()) + " UTC" if told else "?"))
        number += 1
    if number == 1:
        say("not checked", f"there is no time stamp of log/{of}")


trust = read(sys.argv[1]).decode()
logs = [vkey(line.split()[1]) for line in trust.splitlines() if line.startswith("log ")]
signers = [vkey(line.split()[1]) for line in trust.splitlines() if line.startswith("signer ")]
roots = sys.argv[1] if "-----BEGIN CERTIFICATE-----" in trust else None

manifest = json.loads(read("manifest.json"))
here = {os.path.relpath(os.path.join(folder, name)) for folder, _, names in os.walk(".") for name in names}
named = {one["path"]: one for one in manifest["files"]}
check(here == {*named, "manifest.json", "manifest.note", "SHA256SUMS"}, "the manifest names every file that is here")
check(all(sha256(read(path)).hex() == one["sha256"] for path, one in named.items()), "each has its digest")
text = f"duenotice-bundle/v1\n{manifest['notice']}\nsha256 {sha256(read('manifest.json')).hex()}\n"
note = read("manifest.note")
mine = [key for key in signers if key[0] == manifest["origin"] + "/bundle"]
check(split(note)[0] == text.encode() and signed(note, mine), f"{manifest['origin']}/bundle signed the manifest")

head = read("log/checkpoint")
origin, size, root = checkpoint(head)
check(origin == manifest["origin"] and signed(head, [key for key in logs if key[0] == origin]),
      f"the log {origin} signed the checkpoint of {size} events")
leaves = sorted(int(name[7:-5]) for name in named if re.fullmatch(r"events/\d+\.leaf", name))
before, deemed, commitments = None, None, {}
for index in leaves:
    leaf, (first, *lines) = read(f"events/{index}.leaf"), read(f"events/{index}.tlog-proof").decode().split("\n")
    blank = lines.index("")
    event = json.loads(leaf)
    hashes = [base64.b64decode(line, validate=True) for line in lines[1:blank]]
    check(first == "c2sp.org/tlog-proof@v1" and lines[0] == f"index {index}"
          and "\n".join(lines[blank + 1:]).encode() == head and included(leaf, index, size, hashes, root)
          and event["notice"] == manifest["notice"] and event.get("previous") == before,
          f"event {index} is in the log and names the one before it: {event['type']}")
    before = base64.b64encode(sha256(b"\x00" + leaf)).decode()
    deemed = event if event["type"] == "deemed_delivered" else deemed
    for field, member in event.items():
        if isinstance(member, dict) and list(member) == ["c"]:
            commitments[f"{index}-{field}"] = field, member["c"]
sandbox = (deemed or {}).get("sandbox") is True
check((deemed or {}).get("on") == manifest["legal_date"],
      f"the legal date is {manifest['legal_date'] or 'not set'}" + (", of a SANDBOX" if sandbox else ""))
if sandbox:
    check(manifest.get("sandbox") is True, "the manifest says too that it was a SANDBOX: nothing was sent to anybody")

opened = set()
for name in sorted(named):
    if not re.fullmatch(r"openings/.*\.m", name):
        continue
    field, commitment = commitments.get(name[9:-2], ("", ""))
    message, start = read(name), b"duenotice-commit/v1\n" + field.encode() + b"\n"
    value = hmac.new(bytes.fromhex(read(name[:-1] + "r").decode().strip()), message, hashlib.sha256).digest()
    good = message.startswith(start) and base64.urlsafe_b64encode(value).decode().rstrip("=") == commitment
    opened.add((field, message[len(start):]))
    if not good:
        say("FAIL", f"{name} does not open a commitment")
say("pass" if len(opened) and not failed else "not checked", f"of {len(commitments)} commitments the given ones are opened")
for name in sorted(named):
    if name.startswith("notice/"):
        check((name[7:].split("-")[0] + ".content", read(name)) in opened, f"{name} is what an event binds to")

if has("log/sealed"):
    sealed = read("log/sealed")
    check(split(sealed)[0] == split(head)[0] and signed(sealed, logs), "the log was sealed with this checkpoint")
    stamps("sealed")
else:
    say("not checked", "the log has not been sealed since: no time stamp says by when this existed")
if has("log/before"):
    earlier = read("log/before")
    old, first = checkpoint(earlier), read("log/consistency").decode().split("\n")
    hashes = [base64.b64decode(line, validate=True) for line in first[1:first.index("")]]
    counts = deemed["sequence"] - 1 if deemed else leaves[-1]
    check(signed(earlier, logs) and old[0] == origin and first[0] == f"old {old[1]}" and old[1] <= counts
          and consistent(old[1], size, hashes, old[2], root),
          f"the event that counts came into the log when it had at least {old[1]} events")
print("Do not rely on it: a check failed." if failed else "Nothing failed.")
sys.exit(1 if failed else 0)
PYTHON
