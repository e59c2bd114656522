"""How files look, whoever wrote them. A rule takes {path: text} and yields `path:line: sentence`."""

import ast
import json
import pathlib
import re
import subprocess
import tempfile

from sources import is_cpp, is_script, lines

COLUMNS = 110
FILE_LINES = 400
LISTS = {"gateway/base/limits.hpp"}  # the one list of every bound: looked things up in, not read through
FUNCTION_LINES = 70

TOP_LEVEL = {
    "CMakeLists.txt",
    "CMakePresets.json",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "gateway",
    "queue",
    "templates",
    "channels",
    "tests",
}

LEFT_OVERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SLEEPS = re.compile(
    r"sleep_"
    r"for|sleep_"
    r"until|\bu"
    r"sleep|nano"
    r"sleep|time\.sl"
    r"eep|asyncio\.sl"
    r"eep|^\s*sl"
    r"eep [0-9]"
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(home|root|work|Users|farm)/\w")
CPP_ASSERTION = re.compile(r"\b(CHECK|REQUIRE|FAIL|SUCCEED)\w*\s*\(")
CALLED = re.compile(r"(\w+)\(")
PYTHON_ASSERTION = re.compile(r"self\.assert|wait_until|\.wait_for|self\.check|self\.fail")


def code(files):
    for path, text in files.items():
        if is_cpp(path) or is_script(path, text) or path.endswith((".cmake", "CMakeLists.txt", ".sql")):
            yield path, text


def columns(files):
    for path, text in code(files):
        for number, line in lines(text):
            if len(line) > COLUMNS:
                yield f"{path}:{number}: {len(line)} columns, at most {COLUMNS}"


def file_lengths(files):
    for path, text in code(files):
        count = text.count("\n")
        if count > FILE_LINES and path not in LISTS:
            yield f"{path}:1: {count} lines, at most {FILE_LINES}"


def function_lengths(files):
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for index, (path, text) in enumerate(code(files)):
            kind = "C++" if is_cpp(path) else "Python" if is_script(path, text) == "python" else None
            if kind:
                copy = pathlib.Path(folder) / f"{index}{'.cpp' if kind == 'C++' else '.py'}"
                copy.write_text(text)
                names[str(copy)] = path
        tags = subprocess.run(
            [
                "ctags",
                "-L",
                "-",
                "-f",
                "-",
                "--output-format=json",
                "--fields=+ne",
                "--kinds-C++=f",
                "--kinds-Python=fm",
            ],
            input="\n".join(names),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    for line in tags.splitlines():
        tag = json.loads(line)
        length = tag.get("end", tag["line"]) - tag["line"] + 1
        place = f"{names[tag['path']]}:{tag['line']}"
        if length > FUNCTION_LINES:
            yield f"{place}: {tag['name']} has {length} lines, at most {FUNCTION_LINES}"


def left_overs(files):
    for path, text in code(files):
        for number, line in lines(text):
            if LEFT_OVERS.search(line):
                yield f"{path}:{number}: unfinished: {line.strip()}"


def sleeps_in_tests(files):
    for path, text in code(files):
        if path.startswith("tests/"):
            for number, line in lines(text):
                if SLEEPS.search(line):
                    yield f"{path}:{number}: wait for a condition instead: {line.strip()}"


def machine_paths(files):
    for path, text in files.items():
        for number, line in lines(text):
            if MACHINE_PATHS.search(line):
                yield f"{path}:{number}: a path of one machine: {line.strip()[:80]}"


def dead_files(files):
    """Every .cpp is named by the nearest CMakeLists.txt above it, or by another one with its whole path."""
    listings = {path: text for path, text in files.items() if path.endswith("CMakeLists.txt")}
    for path in files:
        if not path.endswith(".cpp") or any(
            "${PROJECT_SOURCE_DIR}/" + path in t for t in listings.values()
        ):
            continue
        folder = pathlib.PurePosixPath(path).parent
        while str(folder) != "." and f"{folder}/CMakeLists.txt" not in listings:
            folder = folder.parent
        listing = listings.get(f"{folder}/CMakeLists.txt" if str(folder) != "." else "CMakeLists.txt", "")
        listed = str(pathlib.PurePosixPath(path).relative_to(folder))
        if not re.search(rf"(?<![\w/.-]){re.escape(listed)}(?![\w.-])", listing):
            yield f"{path}:1: no CMakeLists.txt lists it, so nothing builds it"


def changelog(files):
    text = files.get("CHANGELOG.md", "")
    if not text.startswith("# Changelog\n"):
        yield "CHANGELOG.md:1: must begin with `# Changelog`"
    releases = 0
    for number, line in lines(text):
        if line.startswith("## "):
            releases += 1
            if not re.fullmatch(r"## (Unreleased|\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\))", line):
                yield f"CHANGELOG.md:{number}: a release is `## Unreleased` or `## 1.2.3 (2026-01-31)`"
        elif line.startswith("#") and number > 1:
            yield f"CHANGELOG.md:{number}: no headings below a release"
        elif line and number > 1 and releases == 0:
            yield f"CHANGELOG.md:{number}: stands outside a release"
        elif line and releases and not line.startswith(("- ", "  ")):
            yield f"CHANGELOG.md:{number}: an entry is a list item"
    if not releases:
        yield "CHANGELOG.md:1: names no release"


def top_level_entries(entries):
    for entry in sorted(entries):
        if entry not in TOP_LEVEL and not entry.startswith("."):
            yield f"{entry}:1: the layout has no such top-level entry"


def scripts_parse(files):
    for path, text in files.items():
        kind = is_script(path, text)
        if kind == "bash":
            done = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True)
            if done.returncode:
                yield f"{path}:1: {done.stderr.strip()}"
        elif kind == "python":
            try:
                ast.parse(text)
            except SyntaxError as error:
                yield f"{path}:{error.lineno}: {error.msg}"


def asserting_helpers(files):
    """Functions of the tests whose bodies assert, or call one that does: calling one is asserting."""
    definition = re.compile(r"^(?!TEST_CASE)[\w:<>&*, ]*?\b(\w+)\([^;{]*\{\n(.*?)^\}", re.M | re.S)
    bodies = [
        found
        for path, text in files.items()
        if path.startswith("tests/") and is_cpp(path)
        for found in definition.findall(text)
    ]
    names = {name for name, body in bodies if CPP_ASSERTION.search(body)}
    while more := {name for name, body in bodies if names & set(CALLED.findall(body))} - names:
        names |= more
    return names


def titles_of_tests(files):
    """CTest splits a title at its semicolon and then runs no test at all, which passes."""
    for path, text in files.items():
        if not path.endswith(".cpp"):
            continue
        for title in re.finditer(r'^(?:TEST_CASE|SCENARIO)\(\s*((?:"[^"]*"\s*)+)', text, flags=re.M):
            if ";" in title.group(1):
                line = text[: title.start()].count("\n") + 1
                yield f"{path}:{line}: a semicolon in a test's title"


def tests_assert(files):
    """A test that asserts nothing cannot fail."""
    helpers = asserting_helpers(files)
    for path, text in files.items():
        if not path.startswith("tests/"):
            continue
        if path.endswith(".cpp"):
            for case in re.split(r"^(?=TEST_CASE|TEMPLATE_TEST_CASE|SCENARIO)", text, flags=re.M)[1:]:
                if not CPP_ASSERTION.search(case) and not helpers & set(CALLED.findall(case)):
                    line = text[: text.index(case)].count("\n") + 1
                    yield f"{path}:{line}: a test case without an assertion"
        elif path.endswith(".py") and "def test_" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    if not PYTHON_ASSERTION.search(ast.get_source_segment(text, node)):
                        yield f"{path}:{node.lineno}: {node.name} asserts nothing"
