"""An auditor's check of the evidence log: openssl and hashlib alone, by the words of RFC 6962, RFC 9162 and
gateway/evidence/FORMAT.md."""

import base64
import functools
import hashlib
import pathlib
import subprocess
import tempfile


def sha256(data):
    return hashlib.sha256(data).digest()


@functools.cache
def node(children):
    """The hash of two children of 32 bytes each; remembered, as proofs share most of theirs."""
    return sha256(b"\x01" + children)


def leaf_hash(leaf):
    return sha256(b"\x00" + leaf)


def checkpoint_of(note):
    """(text, origin, size, root) of a signed checkpoint."""
    text = note[: note.index("\n\n") + 1]
    origin, size, root = text.splitlines()
    return text, origin, int(size), base64.b64decode(root, validate=True)


def signed(note, vkey):
    """Whether it is a checkpoint of the log with this key, whose signature openssl accepts."""
    return checkpoint_of(note)[1] == vkey.split("+", 2)[0] and note_signed(note, vkey)


def note_signed(note, vkey):
    """Whether openssl accepts the key's signature on the note."""
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key, validate=True)
    line = next(line for line in note.splitlines() if line.startswith(f"\u2014 {name} "))
    blob = base64.b64decode(line.split(" ")[2], validate=True)
    if blob[:4].hex() != key_id or sha256(name.encode() + b"\n" + key)[:4] != blob[:4]:
        return False
    return ed25519_accepts(key[1:], note[: note.rindex("\n\n") + 1].encode(), blob[4:])


def cosigned_at(note, vkey):
    """Seconds since 1970 at which a witness cosigned, once openssl has accepted that; None without it."""
    name, _, key = vkey.split("+", 2)
    key = base64.b64decode(key, validate=True)
    line = next((line for line in note.splitlines() if line.startswith(f"\u2014 {name} ")), None)
    blob = base64.b64decode(line.split(" ")[2], validate=True) if line else b""
    if blob[:4] != sha256(name.encode() + b"\n" + key)[:4]:
        return None
    at = int.from_bytes(blob[4:12], "big")
    message = f"cosignature/v1\ntime {at}\n{checkpoint_of(note)[0]}"
    return at if ed25519_accepts(key[1:], message.encode(), blob[12:]) else None


def ed25519_accepts(key, message, signature):
    """The word of openssl."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: pathlib.Path(folder) / name for name in ("pub.der", "body", "sig64")}
        files["pub.der"].write_bytes(bytes.fromhex("302a300506032b6570032100") + key)
        files["body"].write_bytes(message)
        files["sig64"].write_bytes(signature)
        checked = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["pub.der"]]
            + ["-rawin", "-in", files["body"], "-sigfile", files["sig64"]],
            capture_output=True,
        )
    return checked.returncode == 0


def included(index, size, leaf, proof, root):
    """Whether the proof of the leaf with this hash holds (RFC 9162 2.1.3.2)."""
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p + r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistent(old, size, proof, old_root, root):
    """Whether the tree of `old` leaves is the beginning of that of `size` (RFC 9162 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    if not proof:
        return False
    if old & (old - 1) == 0:
        proof = [old_root] + proof
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c + fr), node(c + sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr + c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == root


def proves(proof, leaf, vkey):
    """Whether the text of a .tlog-proof file proves these bytes of a leaf; returns its index, or None."""
    head, note = proof.split("\n\n", 1)
    first, index, *hashes = head.splitlines()
    index = int(index.removeprefix("index "))
    _, _, size, root = checkpoint_of(note)
    path = [base64.b64decode(line, validate=True) for line in hashes]
    good = first == "c2sp.org/tlog-proof@v1" and signed(note, vkey)
    return index if good and included(index, size, leaf_hash(leaf), path, root) else None
