-- The journal of duenotice, version 1: one SQLite file, written by one process.
--
-- Conventions: an instant is an integer, milliseconds since 1970-01-01T00:00:00Z; a calendar date is an
-- integer, days since 1970-01-01; a digest is a 32-byte blob (SHA-256); a flag is 0 or 1; a word that
-- programs know is an integer whose meaning stands in the table `words`. Rows refer to a notice by its
-- number; people see its id. Personal data never goes into `events`, whose bytes may be published. What is
-- marked `sealed` is a blob: a nonce of 24 bytes and the XChaCha20-Poly1305 ciphertext under the key of the
-- row's subject, bound to the word that is given with the mark; empty where there is nothing. What is
-- marked `lookup` is in clear, so that it can be searched for, until the account is erased: then it is
-- empty, and so is a digest that something could be guessed by (32 bytes of 0); a notice's own id takes the
-- place of its request_id.

-- What the integers mean, for people who look into the file with another program.
CREATE TABLE words (
  topic TEXT NOT NULL,     -- notice_state, delivery_state, channel, outcome, …
  code  INTEGER NOT NULL, word TEXT NOT NULL,
  PRIMARY KEY (topic, code)
) WITHOUT ROWID;

INSERT INTO words (topic, code, word) VALUES
  ('notice_state', 0, 'accepted'), ('notice_state', 1, 'sending'), ('notice_state', 2, 'deemed_delivered'),
  ('notice_state', 3, 'held'), ('notice_state', 4, 'failed'), ('notice_state', 5, 'cancelled'),
  ('delivery_state', 0, 'waiting'), ('delivery_state', 1, 'in_flight'), ('delivery_state', 2, 'relayed'),
  ('delivery_state', 3, 'sent'), ('delivery_state', 4, 'failed'), ('delivery_state', 5, 'held'),
  ('delivery_state', 6, 'cancelled'), ('delivery_state', 7, 'not_needed'),
  ('channel', 0, 'email'), ('channel', 1, 'in_site'), ('channel', 2, 'sms'),
  ('outcome', 0, 'sent'), ('outcome', 1, 'relayed'), ('outcome', 2, 'transient_failure'),
  ('outcome', 3, 'permanent_failure'), ('outcome', 4, 'unknown'), ('outcome', 5, 'not_started'),
  ('receipt', 0, 'accepted'), ('receipt', 1, 'refused'), ('receipt', 2, 'buffered'),
  ('receipt', 3, 'delivered'), ('receipt', 4, 'undelivered'), ('receipt', 5, 'part_delivered'),
  ('rejection_state', 0, 'open'), ('rejection_state', 1, 'released'), ('rejection_state', 2, 'discarded'),
  ('job_item_state', 0, 'to_do'), ('job_item_state', 1, 'made_due'), ('job_item_state', 2, 'passed_over'),
  ('job_state', 0, 'running'), ('job_state', 1, 'done'), ('job_state', 2, 'stopped');

-- One row for each process that ever wrote here. The newest is the only one that may commit.
CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, started_at INTEGER NOT NULL);

-- The master keys that keys of subjects are wrapped under. The keys themselves are not here.
CREATE TABLE master_keys (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE    -- gateway/journal/master_keys.hpp
);

-- Whose data is kept: an account, or whoever a request that could not be read is about; 1 is the gateway
-- itself. Without its key nothing of a subject that is sealed can be read any more, wherever a copy lies.
CREATE TABLE subjects (
  number  INTEGER PRIMARY KEY,
  account TEXT,                  -- lookup; null where none is known, and once the subject was erased
  master  INTEGER,               -- master_keys.number; null once the subject was erased
  wrapped BLOB                   -- its key, sealed under that, bound to number, space, id of the master key
);
CREATE UNIQUE INDEX subjects_by_account ON subjects (account) WHERE account IS NOT NULL;
CREATE INDEX subjects_by_master ON subjects (master) WHERE master IS NOT NULL;

-- The few combinations of what notices are listed by: a listing reads one index range for each that fits and
-- merges them, so that its cost does not grow with the notices.
CREATE TABLE facets (
  facet     INTEGER PRIMARY KEY,
  agreement TEXT NOT NULL,
  kind      TEXT NOT NULL,
  channels  INTEGER NOT NULL,  -- bit 1 << channel for each channel with a delivery
  timed     INTEGER NOT NULL,  -- flag: its notices have a time before which they are not sent
  also_clauses TEXT NOT NULL,  -- as in `notices`
  UNIQUE (agreement, kind, channels, timed, also_clauses)
);

-- One row for each accepted notice. It claims (source, request_id) for ever.
CREATE TABLE notices (
  number            INTEGER PRIMARY KEY,  -- rises in the order of acceptance
  id                TEXT NOT NULL UNIQUE, -- ULID, the name that people see
  source            TEXT NOT NULL,        -- the publisher
  request_id        TEXT NOT NULL,        -- the publisher's own id
  request_digest    BLOB NOT NULL,        -- of the canonical JSON of the request
  agreement         TEXT NOT NULL,
  agreement_version TEXT NOT NULL,
  agreement_digest  BLOB NOT NULL,        -- of the agreement's files as they were used
  kind              TEXT NOT NULL,
  clause            TEXT NOT NULL,        -- of the agreement that demands this notice
  also_clauses      TEXT NOT NULL,        -- further ones under which it is given, `a, b`
  channels_left_out TEXT NOT NULL,        -- its words are too long for them, `a, b`
  account_id        TEXT NOT NULL,        -- lookup; empty once the account was erased
  subject           INTEGER NOT NULL,     -- subjects.number: whose data it and all that hangs on it is
  reference         TEXT,                 -- the publisher's own reference
  locale            TEXT NOT NULL,        -- the language it is written in
  time_zone         TEXT NOT NULL,        -- IANA name: the zone of its legal dates
  required          INTEGER NOT NULL,     -- distinct counting channels that the clause demands
  in_order          INTEGER NOT NULL,     -- flag: the next channel starts when the one before failed
  lead_days         INTEGER,              -- days' notice that the clause demands
  accepted_at       INTEGER NOT NULL,
  not_before        INTEGER,              -- the publisher's send_not_before, where it lay ahead then
  effective_date    INTEGER,
  earliest_effective_date INTEGER,        -- the first lawful one, as last computed
  must_be_sent_by   INTEGER,              -- the last date whose sending makes effective_date lawful
  dates_hold_until  INTEGER,              -- the last date on which what it says of its dates is true
  lead_time_broken  INTEGER NOT NULL,     -- flag
  calendar          TEXT NOT NULL,        -- rest days that were counted with: `none`, or file and digest
  late_accepted     INTEGER NOT NULL,     -- flag: a person decided that it goes out although it is late
  late_known        INTEGER NOT NULL DEFAULT 0, -- flag: a person knows that it went out too late
  sandbox           INTEGER NOT NULL,     -- flag: some delivery writes to files instead of sending
  state             INTEGER NOT NULL,     -- words: notice_state
  deemed_at         INTEGER,              -- the sending that satisfied the clause; set once, never moved
  deemed_on         INTEGER,              -- its calendar date in time_zone
  deemed_rule       TEXT,
  deemed_clause     TEXT,
  deemed_channel    INTEGER,
  deemed_attempt    INTEGER,
  facet             INTEGER,              -- set at the end of the work that accepts the notice
  UNIQUE (source, request_id)
);
CREATE INDEX notices_by_facet ON notices (facet, state, accepted_at) WHERE facet IS NOT NULL;
-- Open ones that were not to be sent before a time.
CREATE INDEX notices_with_a_time ON notices (not_before) WHERE not_before IS NOT NULL AND state IN (0, 1);
CREATE INDEX notices_by_account ON notices (account_id, accepted_at);
-- What an audit lists by legal date: one range for each combination and clause.
CREATE INDEX notices_by_legal_date ON notices (facet, clause, deemed_on)
  WHERE facet IS NOT NULL AND deemed_on IS NOT NULL;
-- What was sent too late for its date, and no person has said that they know.
CREATE INDEX notices_broken ON notices (deemed_at)
  WHERE lead_time_broken = 1 AND late_accepted = 0 AND late_known = 0 AND deemed_at IS NOT NULL;

-- The first notice of each version of an agreement: with which words the version came into use.
CREATE TABLE used_versions (
  agreement         TEXT NOT NULL,
  agreement_version TEXT NOT NULL,
  agreement_digest  BLOB NOT NULL,    -- as in `notices`
  used_since        INTEGER NOT NULL,
  PRIMARY KEY (agreement, agreement_version)
) WITHOUT ROWID;

-- The canonical JSON of the request, beside the notice to keep its row small.
CREATE TABLE requests (
  notice INTEGER PRIMARY KEY,
  json   BLOB NOT NULL           -- sealed: `request`
);

-- The notice on one channel.
CREATE TABLE deliveries (
  notice         INTEGER NOT NULL,
  channel        INTEGER NOT NULL,  -- words: channel
  position       INTEGER NOT NULL,  -- order within the notice
  counts         INTEGER NOT NULL,  -- flag: counts for the clause; a copy does not
  state          INTEGER NOT NULL,  -- words: delivery_state
  due_at         INTEGER,           -- when the next attempt may start
  revision       INTEGER NOT NULL,  -- the rendering that the next attempt uses
  address        TEXT NOT NULL,     -- lookup
  address_masked TEXT NOT NULL,
  attempts       INTEGER NOT NULL,
  transient_failures INTEGER NOT NULL,  -- since the last replay
  unknowns       INTEGER NOT NULL,
  sandbox        INTEGER NOT NULL,  -- flag
  rule           TEXT NOT NULL,     -- deemed-delivery rule of the channel, frozen at acceptance
  rule_clause    TEXT NOT NULL,     -- where that rule stands
  reason         TEXT NOT NULL,     -- why it is held, failed or not needed: a stable word
  start_by       INTEGER,           -- not to be started from then on: late, or a date in it is past
  state_since    INTEGER NOT NULL,  -- when it came into its state
  last_code      TEXT NOT NULL,     -- of the last attempt that its state rests on
  job            INTEGER,           -- jobs.job: the replay that its next attempts belong to
  cleared_to     INTEGER NOT NULL,  -- a person knows that no attempt up to this number went out
  PRIMARY KEY (notice, channel)
) WITHOUT ROWID;
-- The state stands in these two for the sake of counting: SQLite would read each row to see it again.
CREATE INDEX deliveries_due ON deliveries (channel, due_at, state) WHERE state = 0 AND due_at IS NOT NULL;
-- What is near its last lawful midnight is claimed first, and found when it is too late.
CREATE INDEX deliveries_urgent ON deliveries (channel, start_by, due_at)
  WHERE state = 0 AND due_at IS NOT NULL AND start_by IS NOT NULL;
-- Relays that have not reported; due_at is when they had to.
CREATE INDEX deliveries_relayed ON deliveries (channel, due_at, state) WHERE state = 2;
-- What waits for a person.
CREATE INDEX deliveries_stuck ON deliveries (state, channel, last_code) WHERE state IN (4, 5);

-- Frozen messages. A resend uses the same revision.
CREATE TABLE renderings (
  notice          INTEGER NOT NULL,
  channel         INTEGER NOT NULL,
  revision        INTEGER NOT NULL,
  message_id      TEXT NOT NULL,     -- RFC 5322 without the angle brackets; empty where the channel has none
  digest          BLOB NOT NULL,     -- of the content
  template_digest BLOB NOT NULL,     -- of the text file it was made from
  reason          TEXT NOT NULL,     -- why this revision was made
  address         TEXT NOT NULL,     -- where this revision goes; lookup
  address_masked  TEXT NOT NULL,
  made_at         INTEGER NOT NULL,
  content         INTEGER NOT NULL,  -- the row of rendering_contents
  PRIMARY KEY (notice, channel, revision)
) WITHOUT ROWID;
-- Every address that a notice was ever made out to: a delivery's own is that of one of its renderings.
CREATE INDEX renderings_by_address ON renderings (address);

-- Their exact bytes, in a table that is only appended to.
CREATE TABLE rendering_contents (
  content INTEGER PRIMARY KEY,
  bytes   BLOB NOT NULL          -- sealed: `content`
);

-- Every try to hand a delivery over. The row is the intent: it is durable before a connection is used for it.
CREATE TABLE attempts (
  attempt    INTEGER PRIMARY KEY,
  notice     INTEGER NOT NULL,
  channel    INTEGER NOT NULL,
  number     INTEGER NOT NULL,  -- 1, 2, 3 … within the delivery
  revision   INTEGER NOT NULL,
  epoch      INTEGER NOT NULL,  -- of the process that committed the intent
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    INTEGER,           -- words: outcome; null while it is not known
  code       TEXT NOT NULL,     -- the server's code or a stable word
  reply      BLOB NOT NULL,     -- the other side's answer, byte for byte; sealed: `reply`
  possible_duplicate INTEGER NOT NULL,  -- flag: sent again after an unknown outcome
  sandbox    INTEGER NOT NULL,  -- flag
  job        INTEGER,           -- jobs.job: the replay that asked for it
  provider_id TEXT NOT NULL,    -- the provider's or carrier's own id of the message; empty when it gave none
  probe      INTEGER NOT NULL DEFAULT 0, -- flag: it looked whether a provider that was away is back
  UNIQUE (notice, channel, number)
);
CREATE INDEX attempts_open ON attempts (epoch) WHERE outcome IS NULL;

-- What the other side said later about an attempt. One row for each kind: the same report again is no news.
CREATE TABLE receipts (
  receipt     INTEGER PRIMARY KEY,
  attempt     INTEGER NOT NULL,
  kind        INTEGER NOT NULL,  -- words: receipt
  at          INTEGER NOT NULL,  -- when it was read
  provider_id TEXT NOT NULL,     -- the carrier's id of the message, when it gave one
  report      BLOB NOT NULL,     -- byte for byte; sealed: `report`
  UNIQUE (attempt, kind)
);

-- What a person decided. Events name an act by its id; who, why and with what evidence stands here, because
-- reasons are free text.
CREATE TABLE acts (
  act       INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,  -- ULID
  at        INTEGER NOT NULL,
  what      TEXT NOT NULL,         -- a stable word: cancel, retry, resolve_resend, replay, release, …
  operator  TEXT NOT NULL,
  reason    BLOB NOT NULL,         -- sealed: `reason`
  notice    INTEGER,               -- null where it is about a rejection or many notices
  subject   INTEGER NOT NULL,      -- subjects.number: whom it is about
  channel   INTEGER,
  statement BLOB NOT NULL,         -- what the provider confirmed; empty elsewhere; sealed: `statement`
  evidence_name   BLOB NOT NULL,   -- the file that proves it; empty without one; sealed: `evidence_name`
  evidence_digest BLOB,
  evidence  BLOB NOT NULL          -- empty without one; sealed: `evidence`
);
CREATE INDEX acts_by_notice ON acts (notice) WHERE notice IS NOT NULL;

-- Replays: a selection of deliveries, frozen when it was asked for, that is worked off however often the
-- gateway is stopped on the way.
CREATE TABLE jobs (
  job        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE, -- ULID
  act        INTEGER NOT NULL,     -- acts.act: who asked, when and why
  same_as    BLOB NOT NULL UNIQUE, -- digest of what was asked for: asked again, it is the same job
  selection  BLOB NOT NULL,        -- canonical JSON of what was asked for; sealed: `selection`
  state      INTEGER NOT NULL,     -- words: job_state
  rate       INTEGER NOT NULL,     -- deliveries a second; 0: as fast as the channels take them
  accept_late INTEGER NOT NULL,    -- flag: what is late goes out as it is
  address    BLOB NOT NULL,        -- the corrected address; empty when none was given; sealed: `address`
  stop_act   INTEGER,              -- acts.act: who stopped it, when and why
  ended_at   INTEGER               -- when nothing of it was left to be made due, or to be taken back
);
CREATE INDEX jobs_running ON jobs (job) WHERE ended_at IS NULL;

CREATE TABLE job_items (
  job     INTEGER NOT NULL,
  notice  INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  found   INTEGER NOT NULL,        -- words: delivery_state; the delivery's when it was selected
  reason  TEXT NOT NULL,           -- deliveries.reason then
  revision INTEGER NOT NULL,       -- deliveries.revision then
  state   INTEGER NOT NULL,        -- words: job_item_state
  why     TEXT NOT NULL,           -- why it was passed over: a stable word
  late_accepted INTEGER NOT NULL DEFAULT 0, -- flag: for it the replay accepted that its notice is late
  PRIMARY KEY (job, notice, channel)
) WITHOUT ROWID;
CREATE INDEX job_items_to_do ON job_items (job, notice, channel) WHERE state = 0;
CREATE INDEX job_items_late ON job_items (notice, job) WHERE late_accepted = 1;

-- Further sendings of deliveries that are `sent`, which nothing moves any more.
CREATE TABLE resends (
  notice   INTEGER NOT NULL,
  channel  INTEGER NOT NULL,
  job      INTEGER NOT NULL,
  due_at   INTEGER,                -- null while an attempt is under way
  revision INTEGER NOT NULL,
  failures INTEGER NOT NULL,       -- transient ones
  relayed  INTEGER NOT NULL DEFAULT 0, -- flag: our own relay has it; due_at is when it must have reported
  PRIMARY KEY (notice, channel)
) WITHOUT ROWID;
CREATE INDEX resends_due ON resends (channel, relayed, due_at) WHERE due_at IS NOT NULL;

-- Messages in users' inboxes, visible from the moment their row is committed.
CREATE TABLE in_site_messages (
  message  INTEGER PRIMARY KEY,
  notice   INTEGER NOT NULL,
  user_id  TEXT NOT NULL,        -- lookup
  title    BLOB NOT NULL,        -- sealed: `title`
  body     BLOB NOT NULL,        -- sealed: `text`
  shown_at INTEGER NOT NULL
);
CREATE INDEX in_site_messages_by_user ON in_site_messages (user_id, shown_at);

-- Requests that were not accepted. The same request, code and pointer again is the same rejection.
CREATE TABLE rejections (
  number       INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE, -- ULID
  at           INTEGER NOT NULL,
  code         TEXT NOT NULL,
  pointer      TEXT NOT NULL,        -- RFC 6901, into the body
  message      TEXT NOT NULL,
  source       TEXT NOT NULL,        -- empty when it could not be read
  request_id   TEXT NOT NULL,        -- empty when it could not be read
  content_type TEXT NOT NULL,
  body_bytes   INTEGER NOT NULL,     -- length of the whole body
  body_digest  BLOB NOT NULL,        -- of the whole body
  subject      INTEGER NOT NULL,     -- subjects.number: whose data it is
  same_as      BLOB NOT NULL,        -- of source, id and canonical JSON, or of an unreadable body
  state        INTEGER NOT NULL DEFAULT 0, -- words: rejection_state
  act          INTEGER,              -- acts.act: who released or discarded it
  became       TEXT,                 -- what its release made of it: the id of a notice or of a rejection
  UNIQUE (same_as, code, pointer)
);
-- Listings read one range of these, in the order of time.
CREATE INDEX rejections_by_at ON rejections (at);
CREATE INDEX rejections_by_code ON rejections (code, at);
-- From a notice back to the request that a person released.
CREATE INDEX rejections_by_became ON rejections (became) WHERE became IS NOT NULL;
CREATE INDEX rejections_open ON rejections (code, at) WHERE state = 0;
CREATE INDEX rejections_open_by_at ON rejections (at) WHERE state = 0;

-- Their bodies as they came, of an oversized one its beginning.
CREATE TABLE rejection_bodies (
  rejection INTEGER PRIMARY KEY,     -- rejections.number
  body      BLOB NOT NULL            -- sealed: `body`
);

-- What was submitted in place of a released request.
CREATE TABLE rejection_releases (
  rejection  INTEGER PRIMARY KEY,    -- rejections.number
  difference BLOB NOT NULL,          -- JSON Patch (RFC 6902) from the body as it came; sealed: `difference`
  body       BLOB NOT NULL           -- sealed: `released_body`
);

-- Dead letters that the broker has not confirmed yet.
CREATE TABLE outbox (id INTEGER PRIMARY KEY, rejection INTEGER NOT NULL);  -- rejections.number

-- The history: append-only, numbered without a gap from 1. `bytes` is the truth (canonical JSON, RFC 8785);
-- the other columns are derived from it.
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  type     TEXT NOT NULL,
  notice   INTEGER,                  -- null for an event of the gateway itself
  bytes    BLOB NOT NULL
);
CREATE INDEX events_by_notice ON events (notice) WHERE notice IS NOT NULL;
-- What publishers are told.
CREATE INDEX events_for_publishers ON events (sequence)
  WHERE type IN ('accepted', 'rejected', 'deemed_delivered', 'notice_held', 'notice_failed',
                 'notice_cancelled');

-- What the commitments of an event bind to (gateway/evidence/FORMAT.md): for each the random key that shows
-- it and the payload, or where that lies. gateway/journal/opening_record.hpp has the layout, in which each
-- secret is sealed, bound to the notice's id, the field's name and the commitment.
CREATE TABLE openings (
  event   INTEGER PRIMARY KEY,       -- events.sequence
  subject INTEGER NOT NULL,          -- subjects.number
  records BLOB NOT NULL
);

-- The daily statements, whose digests stand in their events: one a day. A signed note
-- (gateway/evidence/FORMAT.md); empty once erased.
CREATE TABLE statements (event INTEGER PRIMARY KEY, note TEXT NOT NULL);  -- events.sequence

-- The numbers that publishers gave to their requests (CloudEvents `sequence`), accepted or rejected: what
-- lies between two of them never came, and what stands twice was given twice.
CREATE TABLE sequences (
  source     TEXT NOT NULL,
  number     INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  PRIMARY KEY (source, number, request_id)
) WITHOUT ROWID;

-- Bans on erasing an account, each with the act that says who, when and why.
CREATE TABLE legal_holds (act INTEGER PRIMARY KEY, account TEXT NOT NULL);  -- acts.act; lookup

-- When the relation with an account ended, as it was last reported: retention runs from then on.
CREATE TABLE ended_accounts (account TEXT PRIMARY KEY, ended_on INTEGER NOT NULL) WITHOUT ROWID;  -- lookup

-- What stays of requests that are not kept, so that one that comes again is known and nobody is: keyed hashes
-- of source and id, and of both with the request's digest; of rejected ones, of their body alone, twice.
CREATE TABLE tombstones (mark BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;

-- How far a reader of the events has come that must not miss one: the last that it handed on for certain.
CREATE TABLE cursors (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
