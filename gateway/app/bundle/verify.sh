#!/bin/sh
# Checks an evidence bundle with sha256sum, openssl and python3 alone. Take this script from a release of
# duenotice (`duenotice verify --script`), never from the bundle that you doubt: whoever could forge that could
# forge this. Run it in the folder where the archive was unpacked; TRUST is a file of keys and root certificates
# that did not come with the bundle either:
#
#   sh /path/to/verify.sh TRUST
#
# Each line is pass, FAIL or not checked. Ends with 0 when nothing failed. What only the archive itself has, its
# one spelling, `duenotice verify` checks.
set -eu
[ $# -eq 1 ] || { echo "usage: sh verify.sh TRUST" >&2; exit 2; }
sha256sum --quiet --strict -c SHA256SUMS || { echo "FAIL  SHA256SUMS"; exit 1; }
echo "pass  every file has its digest in SHA256SUMS"
exec python3 -I -S - "$1" "$0" <<'PYTHON'
import base64, calendar, hashlib, hmac, json, os, re, subprocess, sys, tempfile, time

failed = False


def say(state, sentence):
    global failed
    failed = failed or state == "FAIL"
    print(f"{state}  {sentence}")


def check(good, sentence):
    say("pass" if good else "FAIL", sentence)
    return good


def give_up(kind, error, _):
    say("FAIL", f"a file is not written as it must be ({kind.__name__}: {error}); nothing further was looked at")


sys.excepthook = give_up


def read(path):
    with open(path, "rb") as file:
        return file.read()


def has(path):
    return os.path.exists(path)


def parse(data):
    """JSON in which no member stands twice."""

    def once(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a member stands twice in JSON")
        return dict(pairs)

    return json.loads(data, object_pairs_hook=once)


def canonical(document):
    """As RFC 8785 writes what has no fractions."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def unbase64(text):
    """The bytes of the one spelling that they have."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("stray bits in base64")
    return data


def sha256(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha256(b"\x01" + left + right)


def openssl(*words, **more):
    return subprocess.run(["openssl", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)


def vkey(text):
    """(name, identifier, public key) of NAME+ID+KEY."""
    name, key_id, key = text.split("+", 2)
    key = unbase64(key)
    if key[:1] != b"\x01" or sha256(name.encode() + b"\n" + key)[:4].hex() != key_id:
        raise SystemExit(f"{sys.argv[1]}: not the key of a log or a signer: {text}")
    return name, key_id, key[1:]


def split(note):
    """The text of a signed note, and its lines of signatures."""
    text, blank, lines = note.rpartition(b"\n\n")
    if not blank or not lines.endswith(b"\n"):
        raise ValueError("not a signed note")
    return text + b"\n", lines.decode()[:-1].split("\n")


def signed(note, keys):
    """Whether one of these keys has signed the note."""
    text, lines = split(note)
    for line in lines:
        dash, name, blob = line.split(" ")
        blob = unbase64(blob)
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
    origin, size, root = split(note)[0].decode()[:-1].split("\n")
    return origin, int(size), unbase64(root)


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

manifest = parse(read("manifest.json"))
here = {os.path.relpath(os.path.join(folder, name)) for folder, _, names in os.walk(".") for name in names}
named = {one["path"]: one for one in manifest["files"]}
first_three = {"manifest.json", "manifest.note", "SHA256SUMS"}
sums = {line[66:] for line in read("SHA256SUMS").decode().splitlines()}
check(sums == here - {"SHA256SUMS"}, "SHA256SUMS names every file that is here, and no other")
check(here == {*named, *first_three}, "so does the manifest")
check(all(sha256(read(path)).hex() == one["sha256"] for path, one in named.items() if path in here),
      "each has its digest in the manifest")
text = f"duenotice-bundle/v1\n{manifest['notice']}\nsha256 {sha256(read('manifest.json')).hex()}\n"
note = read("manifest.note")
mine = [key for key in signers if key[0] == manifest["origin"] + "/bundle"]
check(split(note)[0] == text.encode() and len(split(note)[1]) == 1 and signed(note, mine),
      f"{manifest['origin']}/bundle signed the manifest")

paired = {".leaf": ".tlog-proof", ".tlog-proof": ".leaf", ".r": ".m", ".m": ".r"}
single = {"README.txt", "STATUS.txt", "verify.sh", "log/checkpoint", "log/sealed", "export/erds-evidence.json"}
for name in sorted(named):
    stem, dot, end = name.rpartition(".")
    token = re.fullmatch(r"time/sealed-([1-9]\d*)\.token", name)
    good = (name in single or name.startswith(("notice/", "agreement/"))
            or name.startswith(("events/", "openings/")) and stem + paired.get(dot + end, "?") in named
            or name in ("log/before", "log/consistency") and {"log/before", "log/consistency"} <= named.keys()
            or token and "log/sealed" in named
            and (token[1] == "1" or f"time/sealed-{int(token[1]) - 1}.token" in named))
    if not good:
        say("FAIL", f"{name} has no place in a bundle of this format: nothing checks it")
for name in "README.txt", "verify.sh":
    if name == "verify.sh" and has(name) and read(name) == read(sys.argv[2]):
        say("pass", "verify.sh is the script that runs")
    elif has(name):
        say("not checked", f"{name} is the word of the bundle's maker")

head = read("log/checkpoint")
origin, size, root = checkpoint(head)
check(origin == manifest["origin"] and signed(head, [key for key in logs if key[0] == origin]),
      f"the log {origin} signed the checkpoint of {size} events")
others = len(split(head)[1]) - 1
say("not checked", f"whether enough witnesses have cosigned it: {others} more signatures stand there, which "
    "`duenotice verify` checks")

leaves, commitments, revisions, before, proved = {}, {}, {}, None, True
for index in sorted(int(name[7:-5]) for name in named if re.fullmatch(r"events/(0|[1-9]\d*)\.leaf", name)):
    leaf = read(f"events/{index}.leaf")
    first, *lines = read(f"events/{index}.tlog-proof").decode().split("\n")
    blank = lines.index("")
    event = parse(leaf)
    hashes = [unbase64(line) for line in lines[1:blank]]
    good = check(first == "c2sp.org/tlog-proof@v1" and lines[0] == f"index {index}"
                 and "\n".join(lines[blank + 1:]).encode() == head and included(leaf, index, size, hashes, root)
                 and event["sequence"] == index + 1 and event["notice"] == manifest["notice"]
                 and event.get("previous") == before,
                 f"event {index} is in the log and names the one before it: {event['type']}")
    proved = proved and good
    before = base64.b64encode(sha256(b"\x00" + leaf)).decode()
    leaves[index] = event
    for field, member in event.items():
        if isinstance(member, dict) and list(member) == ["c"]:
            commitments[f"{index}-{field}"] = field, member["c"]
            if field.endswith(".content"):
                revisions.setdefault(field[:-8], []).append(f"{index}-{field}")
types = [event["type"] for event in leaves.values()]
once = types[:1] == ["accepted"] and types.count("accepted") == 1 and types.count("deemed_delivered") < 2
proved = check(once, f"of {len(types)} events the first alone accepts it, and one at most dates it") and proved


def sandboxed(event):
    return any(one.get("sandbox") is True for one in (event, *event.get("deliveries", [])))


def of_type(kind):
    return next((event for event in leaves.values() if event["type"] == kind), None)


def check_messages():
    """Each opening opens its commitment, and each message is what its own revision binds to."""
    opened, good = {}, True
    for name in sorted(named):
        if not re.fullmatch(r"openings/.*\.m", name):
            continue
        field, commitment = commitments.get(name[9:-2], ("", ""))
        message, start = read(name), b"duenotice-commit/v1\n" + field.encode() + b"\n"
        secret = bytes.fromhex(read(name[:-1] + "r").decode().strip())
        value = base64.urlsafe_b64encode(hmac.new(secret, message, hashlib.sha256).digest()).decode()
        if not message.startswith(start) or value.rstrip("=") != commitment:
            good = check(False, f"{name} does not open a commitment")
            continue
        opened[name[9:-2]] = message[len(start):]
    if good:
        say("pass" if len(opened) == len(commitments) else "not checked",
            f"{len(opened)} of {len(commitments)} commitments are opened; the others stay closed")
    for name in sorted(named):
        if name.startswith("notice/"):
            told = re.fullmatch(r"notice/([^-.]+)-([1-9]\d*)\..*", name)
            bound = revisions.get(told[1], [])[int(told[2]) - 1:int(told[2])] if told else []
            check(bool(bound) and opened.get(bound[0]) == read(name), f"{name} is what an event binds to")


def check_facts():
    """What the manifest says, against the events; the rest is named."""
    accepted, deemed = of_type("accepted"), of_type("deemed_delivered")
    sandbox = sandboxed(deemed) if deemed else any(map(sandboxed, leaves.values()))
    check((deemed or {}).get("on") == manifest["legal_date"],
          f"the legal date is {manifest['legal_date'] or 'not set'}" + (", of a SANDBOX" if sandbox else ""))
    if sandbox:
        check(manifest.get("sandbox") is True,
              "the manifest says too that it was a SANDBOX: nothing was sent to anybody")
    elif manifest.get("sandbox") is not False:
        check(any(map(sandboxed, leaves.values())), "an event names the sandbox that the manifest names")
    members = "agreement files format legal_date missing notice origin sandbox state time_zone tree_size".split()
    check(sorted({*manifest, "sandbox"}) == members and manifest["format"] == "duenotice-bundle/v1"
          and manifest["tree_size"] == size and (manifest["state"] == "deemed_delivered") == bool(deemed)
          and (not deemed or manifest["time_zone"] == deemed["time_zone"])
          and manifest["agreement"] == {"id": accepted["agreement"], "version": accepted["agreement_version"],
                                        "sha256": accepted["agreement_digest"]},
          "size, agreement, state and time zone of the manifest agree with the log")
    say("not checked", "what the manifest lists as missing" + ("" if deemed else ", its state and its time zone")
        + ": the word of the bundle's maker")
    texts = sorted(name for name in named if name.startswith("agreement/"))
    listing = "".join(f"{name[10:]}\n{sha256(read(name)).hex()}\n" for name in texts)
    if texts:
        check(sha256(listing.encode()).hex() == accepted["agreement_digest"],
              "the agreement is the one under which the notice was accepted")
    else:
        say("not checked", "the agreement's texts are not in the bundle")


def check_status():
    """The lines of STATUS.txt that follow from the manifest."""
    if not has("STATUS.txt"):
        return say("not checked", "STATUS.txt is not in the bundle")
    date = f"{manifest['legal_date']} ({manifest['time_zone']})" if manifest["legal_date"] else "无 / none"
    mark = ["沙箱 / SANDBOX: 仅写入文件，未向任何人发送 / written to a file, not sent to anybody"]
    lines = read("STATUS.txt").decode().split("\n")
    wanted = [f"法定送达日 / Legal date: {date}", *(mark if manifest["sandbox"] else []), ""]
    check(lines[:1] == [f"通知 / Notice: {manifest['notice']}"] and lines[2:2 + len(wanted)] == wanted,
          "STATUS.txt has the notice, date and mark of a sandbox of the manifest")
    say("not checked", "what else STATUS.txt says: the word of the bundle's maker")


def check_export():
    """The events once more, in the words of ETSI EN 319 522-3."""
    if not has("export/erds-evidence.json"):
        return say("not checked", "erds-evidence.json is not in the bundle")
    accepted, deemed, listed = of_type("accepted"), of_type("deemed_delivered"), []
    account = f"openings/{min(leaves)}-account.m"
    account = read(account).decode().removeprefix("duenotice-commit/v1\naccount\n") if has(account) else ""
    starts = {(one.get("channel"), one.get("attempt")): one["revision"]
              for one in reversed(leaves.values()) if one["type"] == "attempt_started"}
    for index, event in leaves.items():
        kind, channel = event["type"], event.get("channel", "")
        what = {"accepted": "SubmissionAcceptance", "transient_failure": "RelayToNonERDSFailure",
                "permanent_failure": "RelayToNonERDSFailure",
                "sent": "ContentConsignment" if channel == "in_site" else "RelayToNonERDS"}.get(kind)
        if not what or event.get("sandbox") is True:
            continue
        end = f"-{starts.get((channel, event.get('attempt')), 0) if channel else 1}"
        stems = {name: name.rpartition(".")[0] for name in sorted(named) if name.startswith("notice/")}
        parts = [{"DigestMethod": "http://www.w3.org/2001/04/xmlenc#sha256", "Identifier": stem[7:],
                  "DigestValue": sha256(read(name)).hex()} for name, stem in stems.items()
                 if (stem == f"notice/{channel}{end}" if channel else stem.endswith(end))]
        one = {"version": "V1.2.1", "EvidenceIdentifier": f"{event['notice']}-{index}",
               "ERDSEventId": "http://uri.etsi.org/19522/Event/" + what, "EventTime": event.get("at", ""),
               "EvidenceIssuerDetails": {"Identifier": origin},
               "SenderDetails": {"Identifier": accepted["agreement"]},
               "RecipientDetails": [{"Identifier": account}], "MessageIdentifier": event["notice"],
               "SubmissionTime": accepted.get("at", ""), "UserContentInfo": {"PartsInfo": parts},
               "TransactionLogInformation": {"origin": origin, "index": index}}
        if what.endswith("Failure"):
            one["EventReasons"] = [{"Code": event.get("code") or "unspecified"}]
        if sandboxed(deemed) if deemed else any(map(sandboxed, leaves.values())):
            one["Extensions"] = {"sandbox": True}
        listed.append(one)
    whole = {"conformance": "none claimed: the names are those of ETSI EN 319 522-3 V1.2.1", "evidence": listed}
    check(read("export/erds-evidence.json") == canonical(whole),
          "erds-evidence.json is what follows from the events and messages")


def check_before():
    """The event that counts came after the seal before it was the newest checkpoint."""
    if not has("log/before"):
        return say("not checked", "there is no seal from before the notice: nothing says since when it existed")
    earlier = read("log/before")
    old, first = checkpoint(earlier), read("log/consistency").decode().split("\n")
    blank = first.index("")
    hashes = [unbase64(line) for line in first[1:blank]]
    deemed = of_type("deemed_delivered")
    counts = deemed["sequence"] - 1 if deemed else max(leaves)
    check(signed(earlier, [key for key in logs if key[0] == origin]) and old[0] == origin
          and first[0] == f"old {old[1]}" and "\n".join(first[blank + 1:]).encode() == head and old[1] <= counts
          and consistent(old[1], size, hashes, old[2], root),
          f"the event that counts came into the log when it had at least {old[1]} events")
    say("not checked", "whether witnesses say when that was: `duenotice verify` checks their cosignatures")


if proved:
    check_messages()
    check_facts()
    check_status()
    check_export()
    check_before()
else:
    say("not checked", "messages, date, manifest, agreement, STATUS.txt, export and what came before: the events "
        "are not proved")
if has("log/sealed"):
    sealed = read("log/sealed")
    check(split(sealed)[0] == split(head)[0] and signed(sealed, [key for key in logs if key[0] == origin]),
          "the log was sealed with this checkpoint")
    stamps("sealed")
else:
    say("not checked", "the log has not been sealed since: no time stamp says by when this existed")
print("Do not rely on it: a check failed." if failed
      else "Nothing failed. What is marked as not checked nobody has checked.")
sys.exit(1 if failed else 0)
PYTHON
