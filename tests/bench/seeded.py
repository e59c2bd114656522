"""What a large journal costs: the same questions to 10,000 and to 1,000,000 notices, cold."""

import contextlib
import json
import shutil
import sqlite3
import statistics
import subprocess
import time

import machine
from support.gateway import ENVIRONMENT, Gateway
from support.requests import sample, terms_change
from support.waiting import wait_until

TIMES = 5

# One real notice of each sort is copied, row by row, with a number, an id, an account and a time of its own.
# The mails are left out: nothing that is asked here reads them, and the disk is spared 4 GB. What is sealed
# stays with the key that it was sealed with, because the copies keep the subject of their original.
COPIES = """
CREATE TEMP TABLE copies AS
  WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < :count)
  SELECT i AS i, :top + i AS number, 1 + (i - 1) % :top AS original, printf('01%024d', :top + i) AS id FROM k;
INSERT INTO notices SELECT {notices} FROM copies c JOIN notices o ON o.number = c.original;
INSERT INTO requests SELECT c.number, o.json FROM copies c JOIN requests o ON o.notice = c.original;
INSERT INTO rendering_contents (content, bytes) SELECT c.number * 4, x'' FROM copies c;
INSERT INTO renderings SELECT {renderings} FROM copies c JOIN renderings o ON o.notice = c.original;
INSERT INTO deliveries SELECT {deliveries} FROM copies c JOIN deliveries o ON o.notice = c.original;
INSERT INTO attempts SELECT {attempts} FROM copies c JOIN attempts o ON o.notice = c.original;
INSERT INTO events SELECT {events} FROM copies c JOIN events o ON o.notice = c.original
  ORDER BY c.number, o.sequence;
DROP TABLE copies;
"""

# The history stays whole: each copied event has the next number, in its column and in its bytes.
NEXT = "(SELECT max(sequence) FROM events) + row_number() OVER (ORDER BY c.number, o.sequence)"

# As many recipients as accounts.
ADDRESS = "'to-' || (c.number % 50000) || CASE o.channel WHEN 0 THEN '@customer.example' ELSE '' END"

REPLACED = {
    "notices": {
        "number": "c.number",
        "id": "c.id",
        "request_id": "'seed-' || c.number",
        "account_id": "'acct-' || (c.number % 50000)",
        "accepted_at": "o.accepted_at + c.i",
        "deemed_on": "o.deemed_on - c.number % 400",
    },
    "renderings": {
        "notice": "c.number",
        "address": ADDRESS,
        "message_id": "c.id || '.1@duenotice.example'",
        "content": "c.number * 4",
    },
    "deliveries": {"notice": "c.number", "address": ADDRESS},
    "attempts": {"attempt": "NULL", "notice": "c.number"},
    "events": {
        "sequence": NEXT,
        "notice": "c.number",
        "bytes": f"CAST(json_set(CAST(o.bytes AS TEXT), '$.sequence', {NEXT}, '$.notice', c.id) AS BLOB)",
    },
}


def seed(gateway, count):
    """Makes the journal with the program itself, then multiplies what it made."""
    originals = [
        terms_change(),
        sample("fund_freeze"),
        sample("service_termination"),
        terms_change(recipient={"email": "a@b"}),
    ]
    gateway.submit(*originals)
    gateway.start()
    settled = lambda: len(gateway.json("list")) + len(gateway.json("rejected")) == len(
        originals
    )  # noqa: E731
    wait_until(settled, "the originals")
    gateway.wait_for_count(len(gateway.json("list")), "--state", "deemed_delivered")
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        (top,) = db.execute("SELECT max(number) FROM notices").fetchone()
        columns = {}
        for table, replaced in REPLACED.items():
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            columns[table] = ", ".join(replaced.get(name, "o." + name) for name in names)
        for statement in filter(str.strip, COPIES.format(**columns).split(";")):
            named = {"count": count - top, "top": top} if ":count" in statement else {}
            db.execute(statement, named)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def cold_seconds(gateway, *arguments):
    """The median of a command's time when nothing of the journal is in memory."""
    took = []
    for _ in range(TIMES):
        machine.drop_caches(gateway.journal)
        start = time.perf_counter()
        done = subprocess.run(gateway.command(*arguments), capture_output=True, env=ENVIRONMENT)
        took.append(time.perf_counter() - start)
        if done.returncode != 0:
            raise AssertionError(f"{arguments}: {done.stderr.decode()}")
    return statistics.median(took)


def start_seconds(gateway):
    took = []
    for _ in range(TIMES):
        machine.drop_caches(gateway.journal)
        start = time.perf_counter()
        gateway.start()
        took.append(time.perf_counter() - start)
        gateway.stop()
    return statistics.median(took)


def questions(gateway):
    """Every filter and cursors near both ends."""
    newest = gateway.json("list", "--limit", 1)[0]
    with contextlib.closing(sqlite3.connect(gateway.journal)) as db:
        (top,) = db.execute("SELECT max(number) FROM notices").fetchone()
        pick = lambda number: db.execute("SELECT id FROM notices WHERE number = ?", (number,)).fetchone()[
            0
        ]  # noqa: E731
        middle, oldest = pick(top // 2), pick(60)
        (account,) = db.execute("SELECT account_id FROM notices WHERE number = ?", (top // 2,)).fetchone()
    return {
        "list": ["list"],
        "list --state deemed_delivered": ["list", "--state", "deemed_delivered"],
        "list --state failed (none)": ["list", "--state", "failed"],
        "list --kind fund_freeze": ["list", "--kind", "fund_freeze"],
        "list --kind none": ["list", "--kind", "no_such_kind"],
        "list --agreement": ["list", "--agreement", newest["agreement"]],
        "list --account": ["list", "--account", account],
        "list --channel in_site": ["list", "--channel", "in_site"],
        "list --until (the past)": ["list", "--until", "2001-01-01"],
        "list --since (the future)": ["list", "--since", "2999-01-01"],
        "list --kind --state --after (middle)": [
            "list",
            "--kind",
            "terms_change",
            "--state",
            "deemed_delivered",
            "--after",
            middle,
        ],
        "list --after (middle)": ["list", "--after", middle],
        "list --after (oldest)": ["list", "--after", oldest],
        "show NOTICE_ID": ["show", middle],
        "show SOURCE REQUEST_ID": ["show", newest["source"], newest["request_id"]],
        "rejected": ["rejected"],
        "failed (none)": ["failed"],
        "audit": ["audit"],
        "audit --account --to": ["audit", "--account", account, "--to", "2999-01-01"],
        "audit --account --to (none)": ["audit", "--account", account, "--to", "2001-01-01"],
        "audit --address": ["audit", "--address", f"to-{top // 2 % 50000}@customer.example"],
        "audit --from --to": ["audit", "--from", "2001-01-01", "--to", "2999-01-01"],
        "audit --to --kind --clause": [
            "audit",
            "--to",
            "2999-01-01",
            "--kind",
            newest["kind"],
            "--clause",
            newest["clause"],
        ],
        "audit --clause none": ["audit", "--clause", "0.0"],
        "audit --channel --after (middle)": ["audit", "--channel", "in_site", "--after", middle],
    }


def measure(folder, binary, few=10_000, many=1_000_000):
    """{question: {few: s, many: s, ratio}}, and the start of serve."""
    took = {}
    for count in (few, many):
        gateway = Gateway(folder=folder, binary=binary)
        try:
            seed(gateway, count)
            took[count] = {
                name: cold_seconds(gateway, *words) for name, words in questions(gateway).items()
            }
            took[count]["serve until it answers"] = start_seconds(gateway)
        finally:
            gateway.close()
    return {
        name: {
            f"{few}_ms": round(took[few][name] * 1000, 1),
            f"{many}_ms": round(took[many][name] * 1000, 1),
            "ratio": round(took[many][name] / took[few][name], 2),
        }
        for name in took[few]
    }
