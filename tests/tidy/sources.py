"""The files of the repository, and what the rules need to know about them."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

_INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
TEXT_SUFFIXES = {
    ".cpp",
    ".hpp",
    ".py",
    ".cmake",
    ".txt",
    ".toml",
    ".json",
    ".md",
    ".sql",
    ".in",
    ".supp",
    ".build",
    ".test",
    "",
}


def repository():
    """Every text file that is or could be committed: {path: text}."""
    listed = (
        subprocess.run(
            ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"],
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .split("\0")
    )
    files = {}
    for path in filter(None, listed):
        file = ROOT / path
        if file.is_file() and file.suffix in TEXT_SUFFIXES:
            try:
                files[path] = file.read_text()
            except UnicodeDecodeError:
                pass  # not a text: corpora and fixtures may be anything
    return files


def top_level():
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\n")
    return {path.strip('"').split("/")[0] for path in listed if path}


def lines(text):
    return enumerate(text.split("\n"), 1)


def is_cpp(path):
    return path.endswith((".cpp", ".hpp"))


def is_product(path):
    return path.startswith(("gateway/", "queue/", "templates/", "channels/"))


def is_script(path, text):
    """`bash` or `python` for a file that is run, None for another."""
    first = text.split("\n", 1)[0]
    if path.endswith(".py") or (first.startswith("#!") and "python" in first):
        return "python"
    if path.endswith(".sh") or (first.startswith("#!") and first.endswith(("bash", "sh"))):
        return "bash"
    return None


def includes(text):
    """(line, quoted path or None, angle path or None) of every #include."""
    for number, line in lines(text):
        match = _INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def folder_of(path):
    """The component that a path belongs to: gateway/base, queue, channels …"""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "gateway" else parts[0]
