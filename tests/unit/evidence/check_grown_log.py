"""check_grown_log.py GROWN_LOG PART: checks every root, every tile and PART (`inclusion` or `consistency`) of
the proofs that GROWN_LOG made, by the words of RFC 6962 and RFC 9162 alone."""

import pathlib
import subprocess
import sys
import tempfile

from support.log_check import consistent, included, leaf_hash, node

SIZE = 1100


def leaf(index):
    return b"leaf %d" % index


LEAVES = [leaf_hash(leaf(index)) for index in range(SIZE)]
roots = {}


def tree(first, end):
    """MTH(D[first:end]), RFC 6962 2.1."""
    if end - first == 1:
        return LEAVES[first]
    if (first, end) not in roots:
        split = 1 << (end - first - 1).bit_length() - 1
        roots[first, end] = node(tree(first, first + split) + tree(first + split, end))
    return roots[first, end]


def check_proofs(output, part):
    """Checks the proofs as they come; returns how many there were."""

    def proof():
        count = output.read(1)[0]
        data = output.read(32 * count)
        return [data[at : at + 32] for at in range(0, len(data), 32)]

    checked = 0
    for size in range(1, SIZE + 1):
        root = output.read(32)
        assert root == tree(0, size), f"the root of size {size}"
        for at in range(0 if part == "inclusion" else 1, size):
            if part == "inclusion":
                assert included(at, size, LEAVES[at], proof(), root), f"leaf {at} in size {size}"
            else:
                assert consistent(at, size, proof(), tree(0, at), root), f"size {at} in size {size}"
            checked += 1
    assert output.read() == b"", "more than expected"
    return checked


def expected_files():
    """{path: bytes} of every tile and bundle of every size (C2SP tlog-tiles)."""
    files = {}
    levels = [LEAVES, [tree(at, at + 256) for at in range(0, SIZE - 255, 256)]]
    for level, hashes in enumerate(levels):
        for end in range(1, len(hashes) + 1):
            n, width = (end - 1) // 256, (end - 1) % 256 + 1
            suffix = "" if width == 256 else f".p/{width}"
            files[f"tile/{level}/{n:03}{suffix}"] = b"".join(hashes[n * 256 : end])
            if level == 0:
                entries = [leaf(index) for index in range(n * 256, end)]
                bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
                files[f"tile/entries/{n:03}{suffix}"] = bundle
    return files


def check_tiles(folder):
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    expected = expected_files()
    assert found.keys() == expected.keys(), sorted(found.keys() ^ expected.keys())
    for path, content in expected.items():
        assert found[path] == content, path
    return len(found)


def main(grown_log, part):
    with tempfile.TemporaryDirectory() as folder:
        with subprocess.Popen([grown_log, folder, str(SIZE), part], stdout=subprocess.PIPE) as process:
            proofs = check_proofs(process.stdout, part)
        assert process.returncode == 0, f"{grown_log} ended with {process.returncode}"
        tiles = check_tiles(pathlib.Path(folder))
    print(f"{SIZE} sizes, {proofs} proofs of {part} and {tiles} tiles are right")
    assert proofs == SIZE * (SIZE + 1) // 2 - (SIZE if part == "consistency" else 0)


main(*sys.argv[1:])
