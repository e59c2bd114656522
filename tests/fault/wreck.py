"""What a killed gateway left behind, read from copies of its files so that looking changes nothing."""

import contextlib
import dataclasses
import pathlib
import shutil
import sqlite3
import tempfile

SENT, RELAYED, TRANSIENT, PERMANENT, UNKNOWN, NOT_STARTED = range(6)
DEEMED_DELIVERED = 2

# A kill falls after a durable step when some notice stood exactly there.
STEPS = {
    "in the queue, not accepted": "queued",
    "accepted, not acknowledged": "unacknowledged",
    "accepted, no attempt": "unattempted",
    "intent, not at the server": "intended",
    "intent, at the server": "handed_over",
    "outcome recorded": "finished",
}


@contextlib.contextmanager
def copy_of(path):
    """A connection to a copy of a SQLite database and of what belongs to it."""
    path = pathlib.Path(path)
    with tempfile.TemporaryDirectory(prefix="duenotice-wreck-") as folder:
        for suffix in ("", "-wal", "-journal"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                shutil.copyfile(part, pathlib.Path(folder) / part.name)
        with contextlib.closing(sqlite3.connect(pathlib.Path(folder) / path.name)) as database:
            yield database


def server_log(path):
    """{Message-ID: how often the server took it}."""
    taken = {}
    for line in pathlib.Path(path).read_bytes().split(b"\n")[:-1]:
        message_id = line.split(b" ")[0].decode().strip("<>")
        taken[message_id] = taken.get(message_id, 0) + 1
    return taken


@dataclasses.dataclass
class Wreck:
    queued: int = 0
    unacknowledged: int = 0
    unattempted: int = 0
    intended: int = 0
    handed_over: int = 0
    finished: int = 0
    faults: list = dataclasses.field(default_factory=list)


def inspect(journal, queue, log):
    """Counts what stood where, and names what must never be seen at any moment."""
    wreck = Wreck()
    with copy_of(journal) as db:
        # The server is asked first: what it took before this moment had its intent before that.
        taken = server_log(log)
        damage = db.execute("PRAGMA integrity_check").fetchone()[0]
        if damage != "ok":
            wreck.faults.append(f"the journal is damaged: {damage}")
        gaps = db.execute("SELECT count(*) - coalesce(max(sequence), 0) FROM events").fetchone()[0]
        if gaps != 0:
            wreck.faults.append("event numbers have a gap")
        accepted = {row[0] for row in db.execute("SELECT request_id FROM notices")}
        wreck.unattempted = db.execute("SELECT count(*) FROM deliveries WHERE attempts = 0").fetchone()[0]
        wreck.finished = db.execute("SELECT count(*) FROM attempts WHERE outcome IS NOT NULL").fetchone()[0]
        for message_id, is_open, attempts in db.execute(
            """
                SELECT r.message_id, EXISTS (SELECT 1 FROM attempts a
                  WHERE a.notice = r.notice AND a.channel = r.channel AND a.outcome IS NULL), d.attempts
                FROM renderings r JOIN deliveries d USING (notice, channel)"""
        ):
            at_server = taken.pop(message_id, 0)
            if at_server > attempts:
                wreck.faults.append(f"{message_id} came {at_server} times with {attempts} durable intents")
            if is_open:
                wreck.handed_over += at_server > 0
                wreck.intended += at_server == 0
        wreck.faults += [f"the server has {message_id}, which no notice has" for message_id in taken]
    with copy_of(queue) as db:
        waiting = {row[0] for row in db.execute("SELECT json_extract(body, '$.id') FROM requests")}
        wreck.queued = len(waiting - accepted)
        wreck.unacknowledged = len(waiting & accepted)
    return wreck


def reconcile(journal, log, submitted):
    """Complaints about the final state: what was asked for, what the journal says, what the server took."""
    taken, faults = server_log(log), []
    with copy_of(journal) as db:
        accepted = [row[0] for row in db.execute("SELECT request_id FROM notices")]
        faults += [f"{request} was lost" for request in submitted - set(accepted)]
        if len(accepted) != len(set(accepted)) or set(accepted) - submitted:
            faults.append("something was accepted twice or from nowhere")
        rejected = db.execute("SELECT count(*) FROM rejections").fetchone()[0]
        if rejected:
            faults.append(f"{rejected} requests were rejected")
        still_open = db.execute("SELECT count(*) FROM attempts WHERE outcome IS NULL").fetchone()[0]
        if still_open:
            faults.append(f"{still_open} attempts have no outcome")
        rows = db.execute(
            """
            SELECT n.request_id, n.state, n.deemed_at, r.message_id,
              (SELECT count(*) FROM attempts a WHERE a.notice = n.number AND a.outcome = ?1),
              (SELECT count(*) FROM attempts a WHERE a.notice = n.number AND a.outcome IN (?1, ?2)),
              (SELECT count(*) FROM attempts a WHERE a.notice = n.number AND a.possible_duplicate)
            FROM notices n JOIN renderings r ON r.notice = n.number""",
            (SENT, UNKNOWN),
        )
        for request, state, deemed_at, message_id, sent, maybe, marked in rows:
            copies = taken.pop(message_id, 0)
            if state != DEEMED_DELIVERED or deemed_at is None:
                faults.append(f"{request} ended in state {state}")
            if (sent or deemed_at is not None) and copies == 0:
                faults.append(f"{request} is dated and the server never took it")
            if sent != 1:
                faults.append(f"{request} has {sent} sendings")
            if copies > maybe:
                faults.append(f"{request} came {copies} times, the journal knows of {maybe}")
            if copies - 1 > marked:
                faults.append(
                    f"{request} came {copies} times, {marked} attempts are marked possible_duplicate"
                )
    faults += [f"the server has {message_id}, which no notice has" for message_id in taken]
    return faults
