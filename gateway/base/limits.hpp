#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every bound of the product with its unit and its reason. What an operator may change is configuration and
/// has its default here; what must never be exceeded is a constant here and nowhere else.

namespace duenotice::limits {

using namespace std::chrono_literals;

// ---- a request
/// Default bound on a message body; larger ones are rejected before anything parses them.
inline constexpr std::size_t body_bytes_default = 1'000'000;
/// No configuration may raise the bound above this: one message must stay small beside the memory target.
inline constexpr std::size_t body_bytes_ceiling = 16'000'000;
/// Of an oversized body the journal keeps this much, beside its digest and length.
inline constexpr std::size_t oversized_body_kept_bytes = 64 * 1024;
/// Nesting of a JSON document; recursive code (schema, writer) runs only behind it.
inline constexpr int json_depth = 32;
/// One string of a request; the schema engine's regular expressions recurse over long strings.
inline constexpr std::size_t json_string_bytes = 256 * 1024;
/// Members and elements of one document: bounds the tree that a body of many tiny values could unfold to.
inline constexpr std::size_t json_nodes = 50'000;
/// `id` and `source` are index keys and appear in every listing.
inline constexpr std::size_t identifier_bytes = 200;
/// A rejection's pointer is a message header of its dead letter and stands in listings.
inline constexpr std::size_t pointer_bytes = 1'000;
/// RFC 5321 4.5.3.1: a forward path has at most 256 octets with its angle brackets.
inline constexpr std::size_t email_bytes = 254;
/// A recipient's name as it appears in a header.
inline constexpr std::size_t name_bytes = 400;
/// An address in a notice; longer ones break in mail clients.
inline constexpr std::size_t url_bytes = 2'048;

// ---- agreement files
/// One agreement.toml, text file or calendar of rest days; the longest notice is a few kilobytes, and a wrong
/// file must not fill memory.
inline constexpr std::size_t agreement_file_bytes = 256 * 1024;
/// The id and the version of an agreement, the name and the clause of a kind, the name of a calendar's file:
/// every event of a notice may name them, and events are short.
inline constexpr std::size_t agreement_name_bytes = 100;
/// Pairs of lines that a comparison of two texts looks at, four bytes each. Two texts of 2,000 lines without
/// a common beginning or end; the longest notice has about a hundred.
inline constexpr std::size_t line_diff_cells = 4'000'000;
/// Lead times beyond ten years are slips of the pen.
inline constexpr int lead_days_most = 3'650;

// ---- the life of a notice
/// In-site rows are not started within this distance of the agreement's midnight; a commit that takes longer
/// alarms.
inline constexpr std::chrono::milliseconds in_site_midnight_guard = 10s;
/// Deliveries that one channel holds in memory for each of its connections: one under way, one ready.
inline constexpr int held_per_connection = 2;
/// Intake pauses while a channel has more due deliveries than this waiting in the journal.
inline constexpr int due_backlog = 2'000;
/// Stored replies are cut here; a well-behaved server says less than 512 octets a line (RFC 5321 4.5.3.1.5).
inline constexpr std::size_t reply_bytes = 8 * 1024;
/// A retry is spread over this many percent of its delay to both sides, so that what failed together does not
/// come back together.
inline constexpr int retry_jitter_percent = 20;
/// Retries are never closer together than this, however near the last lawful moment is.
inline constexpr std::chrono::milliseconds retry_delay_least = 10s;
/// What must be started within this time goes before everything else on its channel: two nights to act in.
inline constexpr std::chrono::hours urgent_window = 48h;
/// Different last moments within that window that one claim looks at: one for each zone and day, and more
/// only where channels' guards differ.
inline constexpr int urgent_instants = 16;
/// Deliveries that one replay selects: more are replayed by asking again for another reason. Selecting them
/// is one commit, which everything else waits for; a hundred thousand take less than a second.
inline constexpr int replay_items_most = 100'000;
/// Notices that one replay may name.
inline constexpr std::size_t replay_ids_most = 1'000;
/// A text in an operator's order: a reason is a sentence or two.
inline constexpr std::size_t order_text_bytes = 4 * 1024;
/// How often a command that looks on at a replay looks.
inline constexpr std::chrono::milliseconds replay_watch = 250ms;
/// How long such a command looks on while nothing moves; a person or a script then does something else, and
/// the gateway goes on.
inline constexpr std::chrono::seconds replay_patience = 20s;
/// How long a replay rests that its rate or a busy channel holds back.
inline constexpr std::chrono::milliseconds replay_pause = 100ms;
/// Deliveries of a replay that one commit makes due.
inline constexpr int replay_batch = 100;
/// Overdue rows (too late, or relayed without a report) that one unit of work settles.
inline constexpr int overdue_at_once = 100;
/// Retries that a schedule may name; beyond its end the last interval repeats.
inline constexpr std::size_t retry_steps = 64;
/// A mandatory notice is tried for this many attempts before its delivery is `failed` for a person to replay.
inline constexpr int transient_attempts_default = 60;
inline constexpr int unknown_resends_default = 5;
/// More attempts than this, an hour apart, outlast eleven years.
inline constexpr int retry_attempts_most = 100'000;
/// How long a person's question for the gateway's status may stay unanswered before the gateway is said to
/// hang: a status costs it milliseconds, and a busy disk a few seconds.
inline constexpr std::chrono::seconds gateway_answer_patience = 10s;
/// Faults of a provider in a row that open its circuit breaker: fewer may be chance, and every one costs an
/// attempt.
inline constexpr int breaker_faults = 5;
/// How long an open breaker rests before it probes; doubled after each probe that fails.
inline constexpr std::chrono::milliseconds breaker_rest_first = 5s;
inline constexpr std::chrono::milliseconds breaker_rest_most = 5min;
/// The highest rate bound that may be configured: above what one gateway can do.
inline constexpr int rate_most = 100'000;
/// How long intake waits for a message, and rests while it must not take any, before it looks around again.
inline constexpr std::chrono::milliseconds intake_patience = 200ms;
inline constexpr std::chrono::milliseconds intake_pause = 5ms;
/// The longest that anything waits before it looks again whether something is due.
inline constexpr std::chrono::milliseconds due_poll = 1s;

// ---- queues
inline constexpr int prefetch_default = 300;
inline constexpr std::size_t prefetch_bytes_default = 16'000'000;
/// Items that wait for one group commit; more would only lengthen the commit.
inline constexpr std::size_t commit_items = 512;
/// Items that may wait in memory for the journal before `submit` blocks its caller.
inline constexpr std::size_t journal_backlog_items = 4'096;
/// Dead letters that wait for the broker's confirmation at one time.
inline constexpr int outbox_batch = 100;
/// Status events published and confirmed together: as many as may be unconfirmed at one time.
inline constexpr int status_events_batch = 500;
/// How long a status event waits for others: a batch of them costs one commit and one wait for the broker.
inline constexpr std::chrono::milliseconds status_events_gather = 50ms;
inline constexpr std::chrono::milliseconds reconnect_delay_first = 500ms;
inline constexpr std::chrono::milliseconds reconnect_delay_most = 30s;
inline constexpr std::chrono::seconds broker_heartbeat = 30s;
/// Connecting to a broker and the TLS handshake: nothing can interrupt them, so they may add no more than
/// this to a stop. Two lost SYNs fit in.
inline constexpr std::chrono::seconds broker_connect_timeout = 5s;
inline constexpr std::chrono::seconds broker_rpc_timeout = 10s;
/// What a stop grants a broker to confirm the dead letters under way, and again to take the last
/// acknowledgements and say good-bye. A healthy one needs milliseconds; what is cut short comes again.
inline constexpr std::chrono::seconds broker_farewell = 3s;
/// The protocol counts prefetched messages in 16 bits.
inline constexpr int prefetch_most = 65'535;
/// Publishes that wait for the broker's confirmation at one time: more gains no speed.
inline constexpr std::size_t broker_unconfirmed = 500;
/// A text in a header of a dead letter is cut here; all headers must fit into one frame of 128 KB.
inline constexpr std::size_t broker_header_bytes = 4 * 1024;
/// A broker that confirms nothing for this long is given up; what it did not confirm must be published again.
inline constexpr std::chrono::seconds broker_confirm_timeout = 30s;
/// A broker that neither takes nor acknowledges bytes for this long is gone (TCP_USER_TIMEOUT, RFC 5482).
inline constexpr std::chrono::seconds broker_silence = 30s;
/// The longest that the thread of a broker connection waits before it looks whether a heartbeat is due.
inline constexpr std::chrono::milliseconds broker_poll = 1s;
inline constexpr std::chrono::hours dead_letter_ttl_default = 24h * 30;
/// An idle consumer of the embedded queue looks this often whether another process has put something in: well
/// below what a person notices, and a look that finds nothing reads one page.
inline constexpr std::chrono::milliseconds embedded_poll = 10ms;
/// Acknowledgements that the embedded queue gathers before it writes them down at once; fewer wait for
/// `embedded_poll`.
inline constexpr std::size_t embedded_ack_batch = 64;
/// After the disk was full or the file stayed locked, the embedded queue waits this long before it tries
/// again.
inline constexpr std::chrono::milliseconds embedded_retry_delay = 500ms;
/// The embedded queue's rollback journal is cut back to this many bytes after a large transaction.
inline constexpr std::size_t embedded_journal_bytes = 4'000'000;
/// How long a process waits for the embedded queue's file lock.
inline constexpr std::chrono::milliseconds embedded_busy_timeout = 30s;

// ---- mail
inline constexpr int email_connections_default = 4;
inline constexpr int email_connections_most = 200;
inline constexpr std::chrono::seconds connect_timeout_default = 30s;
inline constexpr std::chrono::seconds reply_timeout_default = 120s;
/// RFC 5321 4.5.3.2.6 asks a client to wait ten minutes for the reply to the final dot.
inline constexpr std::chrono::seconds final_reply_timeout_default = 600s;
/// A longer wait for one reply is a slip of the pen: it would keep notices from being started for half a day.
inline constexpr std::chrono::seconds email_timeout_most = 3'600s;
/// Replies that one transaction may wait for before the final one: greeting, EHLO twice, STARTTLS, AUTH three
/// times, MAIL, RCPT, DATA. Their sum bounds how late a positive reply can come.
inline constexpr int replies_before_the_last = 10;

// ---- SMS
/// Segments that one SMS may have. Each is paid for, and phones show longer ones badly; Kannel's own bound is
/// the same and cuts off in silence what is longer.
inline constexpr int sms_segments_default = 10;
/// The segments of one message are counted in one octet (3GPP TS 23.040 9.2.3.24.1).
inline constexpr int sms_segments_most = 255;
/// What recipients see as the sender: the digits of a number, or a name, of which networks carry 11
/// characters.
inline constexpr std::size_t sms_sender_bytes = 16;
inline constexpr int sms_connections_default = 4;
inline constexpr int sms_connections_most = 200;
inline constexpr std::chrono::seconds sms_connect_timeout_default = 10s;
/// For the whole answer. Giving up early makes an attempt unknown that a person then has to look into.
inline constexpr std::chrono::seconds sms_reply_timeout_default = 60s;
/// A longer wait is a slip of the pen: it would keep notices from being started.
inline constexpr std::chrono::seconds sms_timeout_most = 600s;
/// How long our own Kannel may take to report that the carrier has a message. It keeps messages while a
/// carrier is away or throttles, and a binding that broke is usually back within minutes; every minute more
/// keeps notices with a lead time from being started that much longer before midnight.
inline constexpr std::chrono::minutes sms_report_timeout_default = 15min;
inline constexpr std::chrono::hours sms_report_timeout_most = 24h;
/// The query of a delivery report: a carrier's answer has a few hundred bytes.
inline constexpr std::size_t sms_report_bytes = 8 * 1024;

// ---- providers that speak HTTP
/// What a provider answers to one message; all of it is read before it is judged.
inline constexpr std::size_t http_answer_bytes = 64 * 1024;
/// The file that describes a provider; the longest have a hundred lines.
inline constexpr std::size_t provider_file_bytes = 64 * 1024;
/// A kept connection that was idle for longer is not used again: common servers close theirs after 5 s, and
/// what becomes of a request that meets the closing nobody knows.
inline constexpr std::chrono::seconds http_idle_reuse = 3s;
/// A longer Retry-After is cut to this: a slip of the other side must not keep a notice back for weeks.
inline constexpr std::chrono::hours retry_after_most = 24h;

// ---- storage
/// Intake stops when the journal's file system has less free space than this.
inline constexpr std::size_t low_space_bytes_default = 256'000'000;
/// The reserve file, given up so that outcomes of attempts in flight can still be recorded.
inline constexpr std::size_t reserve_bytes_default = 16'000'000;
/// How often an idle journal looks at the free space: a mended disk is noticed without a restart.
inline constexpr std::chrono::milliseconds space_poll = 1s;
/// Pages of the journal that the writer keeps in memory; a tenth of the memory target.
inline constexpr int journal_cache_kib = 24 * 1024;
/// How long the journal waits for a foreign program that holds its file before it gives up.
inline constexpr std::chrono::milliseconds journal_busy_timeout = 10s;
/// The write-ahead log's file is cut back to this after a burst.
inline constexpr std::size_t wal_file_bytes = 64'000'000;
/// The write-ahead log is folded back into the database when it has grown past this many pages.
inline constexpr int wal_checkpoint_pages = 4'000;
/// The bytes of one event, which are a leaf of the evidence log: some commitments and names. The names in
/// agreements have a bound (agreement_name_bytes) so that it holds.
inline constexpr std::size_t event_bytes = 2'048;
/// Notices of which the journal remembers the newest event; a commit speaks of a few hundred.
inline constexpr std::size_t chain_notices = 4'096;
/// Event sequence numbers that a restart checks for gaps; `doctor --deep` checks all.
inline constexpr int events_checked_at_start = 1'000;
/// SIGTERM: how long attempts in flight may take to finish.
inline constexpr std::chrono::seconds drain_default = 60s;
/// What a stop may take beyond the drain: the queue's farewell twice, and the last commits.
inline constexpr std::chrono::seconds stop_beyond_drain = 30s;
/// A status event that the broker has not confirmed for longer is worth a line for a person.
inline constexpr std::chrono::seconds status_event_patience = 10s;
/// Whoever asks for metrics more often than this gets the same figures again; the queue, which takes a
/// connection to a broker, is asked more rarely still.
inline constexpr std::chrono::milliseconds metrics_rest = 1s;
inline constexpr std::chrono::seconds metrics_queue_rest = 10s;
/// Journal, timer and intake go round at least every second; one that has not for this long stands still.
inline constexpr std::chrono::seconds round_patience = 5s;
/// How often a supervisor is told how the gateway is doing.
inline constexpr std::chrono::milliseconds supervisor_line = 10s;
/// How long a supervisor that does not read may hold the gateway up.
inline constexpr std::chrono::milliseconds supervisor_patience = 1s;

// ---- the command
inline constexpr int list_rows_default = 50;
inline constexpr int list_rows_most = 10'000;
/// Notices or events that an export reads in one snapshot, and the bytes that it makes of them before it ends
/// the snapshot early: some tens of milliseconds, so that the log can be folded back in between.
inline constexpr int export_window = 1'000;
inline constexpr std::size_t export_piece_bytes = 1'000'000;
/// Gaps of the record that an export's manifest names; the first ones tell where to look.
inline constexpr std::size_t export_gaps_named = 100;
/// How often `events --follow` looks for new ones: below what a person notices, and a look reads one page.
inline constexpr std::chrono::milliseconds events_follow_poll = 200ms;
/// Words of the command line that a correction is sought for: none of ours is nearly as long, and the search
/// grows with the length.
inline constexpr std::size_t corrected_word_bytes = 64;
/// One file of certificates; the authorities of a whole system are a quarter of a megabyte.
inline constexpr std::size_t certificate_file_bytes = 10'000'000;
/// One secret; the longest passwords and keys are a few kilobytes.
inline constexpr std::size_t secret_file_bytes = 64 * 1024;
/// Control socket: one request's body and how many requests run at once.
/// An order may bring a file along (base64): evidence, or an edited request.
inline constexpr std::size_t control_body_bytes = 4'000'000;
/// The largest such file.
inline constexpr std::size_t order_file_bytes = 2'000'000;
inline constexpr int control_threads = 4;
/// Loopback listener: one request's body, and how many requests run at once. Each waits for a commit of the
/// journal; Kannel asks over a few connections.
inline constexpr std::size_t loopback_body_bytes = 64 * 1024;
inline constexpr int loopback_threads = 8;

// ---- evidence
/// One leaf of the log: an entry bundle counts the bytes of an entry in two (C2SP tlog-tiles).
inline constexpr std::size_t evidence_leaf_bytes = 65'535;
/// A signed note with its signatures; the longest of ours are statements of a few kilobytes.
inline constexpr std::size_t note_bytes = 1'000'000;
/// Signatures on one note: those that read ours take at least 16, Go's reader at most 100.
inline constexpr std::size_t note_signatures = 100;
/// The name of a key appears in every signature line; ours are addresses without scheme.
inline constexpr std::size_t note_key_name_bytes = 256;
/// A checkpoint with the signatures of the log and of its witnesses: each has less than 500 bytes.
inline constexpr std::size_t checkpoint_bytes = 64 * 1024;
/// A tree has at most 2^63 leaves, so that no proof of inclusion or consistency is longer.
inline constexpr std::size_t merkle_proof_hashes = 64;
/// A proof file: 64 hashes, the checkpoint, and what an application puts beside it.
inline constexpr std::size_t log_proof_bytes = 256 * 1024;
/// A policy of trust, and the names that it may define: a hundred times the largest known.
inline constexpr std::size_t trust_policy_bytes = 256 * 1024;
inline constexpr std::size_t trust_policy_names = 1'000;
/// Leaves that one checkpoint adds; more follow in the next, so that a long backlog is published in steps of
/// about a second.
inline constexpr std::uint64_t checkpoint_leaves_most = 262'144;
/// Leaves that the publisher compares with the log before it signs anything: a journal that was restored and
/// has gone on differs in its last ones. `LogVerifier` compares all.
inline constexpr std::uint64_t leaves_checked_at_start = 1'024;
/// Differences that a verification names; the others it counts.
inline constexpr std::size_t log_findings_named = 100;
/// How long a process waits for the lock of the small file that holds the log's head.
inline constexpr std::chrono::milliseconds head_busy_timeout = 10s;

// ---- sealing
/// An answer of a time-stamping authority: a token with its chain of RSA certificates has 6 KB.
inline constexpr std::size_t time_stamp_reply_bytes = 64 * 1024;
/// Certificates that one may be asked to trust in one file: more than the list of a whole browser.
inline constexpr std::size_t time_stamp_roots = 1'000;
/// What a refusal of a time-stamping authority may add to our own words about it.
inline constexpr std::size_t time_stamp_text_bytes = 200;
/// How far its clock may be from ours: more means that one of the two is wrong, and then no stamp is better.
inline constexpr std::chrono::milliseconds time_stamp_skew_most = 5min;
/// Connecting to a time-stamping authority or a witness, and its whole answer with that.
inline constexpr std::chrono::milliseconds time_stamp_connect_timeout = 5s;
inline constexpr std::chrono::milliseconds time_stamp_timeout = 10s;
/// Rests of one that is away, doubled after each failure: it is asked again soon, and never overrun.
inline constexpr std::chrono::milliseconds time_stamp_rest_first = 5s;
inline constexpr std::chrono::milliseconds time_stamp_rest_most = 10min;
/// Seals that an authority which comes back is still asked about, the newest first: a stamp of a newer one
/// says more than a late one of an older, and a week of ten minutes each is enough.
inline constexpr int time_stamps_waiting_most = 1'000;
/// How often the log is sealed.
inline constexpr std::chrono::milliseconds seal_interval_default = 10min;
inline constexpr std::chrono::milliseconds seal_interval_least = 10s;
inline constexpr std::chrono::milliseconds seal_interval_most = 24h;
/// Seals around 00:00 of a zone. Before: behind the last moment of an in-site row and the checkpoint after
/// it, and with time for the authority's answer. After: clocks that differ by a second agree on the day.
inline constexpr std::chrono::milliseconds seal_before_midnight = 6s;
inline constexpr std::chrono::milliseconds seal_after_midnight = 2s;
/// The longest that the sealing thread rests: a clock that is put right is noticed, and a head that came.
inline constexpr std::chrono::milliseconds seal_poll = 1s;
/// How long a process waits for the lock of the small file that holds the seals.
inline constexpr std::chrono::milliseconds seal_busy_timeout = 10s;
/// Zones that midnights are sealed of; the whole world has fewer.
inline constexpr std::size_t seal_zones_most = 600;

// ---- witnesses
/// One request to a witness: a proof of 63 hashes of 45 bytes, and the checkpoint.
inline constexpr std::size_t witness_request_bytes = 128 * 1024;
/// Hashes of its proof (C2SP tlog-witness).
inline constexpr std::size_t witness_proof_hashes = 63;
/// A witness's answer: a few lines.
inline constexpr std::size_t witness_answer_bytes = 64 * 1024;
/// Lines of one kind that a witness writes to its log in a minute: strangers can bring them about, and a line
/// has up to 2 KiB. At most 86 MB in a day of each kind; a gateway asks it some times in a minute.
inline constexpr std::int64_t witness_lines_a_minute = 30;
/// The part of a witness's answer that it writes to its log: no answer of its own is longer.
inline constexpr std::size_t witness_line_bytes = 512;
/// How long a process waits for the lock of the small file in which a witness remembers.
inline constexpr std::chrono::milliseconds witness_busy_timeout = 10s;

// ---- publishing the log
/// How far the log may be behind the journal: 2 s are promised, of which the checkpoint itself takes its
/// part.
inline constexpr std::chrono::milliseconds checkpoint_interval_least{100};
inline constexpr std::chrono::milliseconds checkpoint_interval_default{1'000};
inline constexpr std::chrono::milliseconds checkpoint_interval_most{2'000};
/// Waits after a checkpoint that failed for a reason that may pass, from the first to the longest.
inline constexpr std::chrono::milliseconds checkpoint_retry_first{1'000};
inline constexpr std::chrono::milliseconds checkpoint_retry_most{30'000};
/// A stop begins no further checkpoint after this; the next start goes on.
inline constexpr std::chrono::milliseconds checkpoint_at_stop{10'000};
/// The wait after a seal that failed, as on a full disk: short, because a midnight must not pass meanwhile.
inline constexpr std::chrono::milliseconds seal_retry{5'000};
/// Time-stamping authorities, and witnesses, that one log asks: each has a thread of its own.
inline constexpr std::size_t tsas_most = 16;
inline constexpr std::size_t witnesses_most = 32;
/// Requests that a witness answers at once: they wait for each other's commits anyway.
inline constexpr int witness_threads = 8;
/// A name that the operator gives to an authority: a label of metrics and a part of file names.
inline constexpr std::size_t tsa_name_bytes = 64;
/// How long a command waits for the checkpoint that covers what it has just read, and how often it looks.
inline constexpr std::chrono::milliseconds covering_checkpoint_wait{5'000};
inline constexpr std::chrono::milliseconds covering_checkpoint_look{50};
/// How long beyond the interval of sealing `bundle --wait` waits for the stamp, and how often it looks.
inline constexpr std::chrono::milliseconds stamp_wait{120'000};
inline constexpr std::chrono::milliseconds stamp_look{500};

// ---- what is made of the log for people
/// An evidence bundle: the whole archive, what its files may have together (the rest is for the lists of
/// them), how many files, and a name. A notice with ten attempts on three channels has about a hundred files.
inline constexpr std::size_t bundle_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t bundle_content_bytes = 56 * 1024 * 1024;
inline constexpr std::size_t bundle_files = 10'000;
inline constexpr std::size_t bundle_name_bytes = 200;
/// What a certificate, one page, quotes: lines of a message, cells of such a line (about two lines on paper),
/// and indexes of events in the log; of more than those the first and the last.
inline constexpr int certificate_lines = 6;
inline constexpr std::size_t certificate_line_cells = 160;
inline constexpr std::size_t certificate_indexes = 16;
/// The greatest number of a request: what every JSON reader takes for exactly this number.
inline constexpr long long sequence_most = (1LL << 53) - 1;
/// Gaps and repeats that a report names of each source; the others it counts.
inline constexpr int sequence_faults_named = 100;
/// Lines of each list in a daily statement, so that people can read it; more are added up in one.
inline constexpr std::size_t statement_lines = 1'000;

// ---- keys of subjects
/// Keys of subjects that one connection keeps at hand, 32 bytes each.
inline constexpr std::size_t subject_keys_at_hand = 4'096;
/// Master keys that one file may hold: the newest, and those that a rotation is leading away from.
inline constexpr std::size_t master_keys_most = 8;
/// Keys of subjects that a rotation wraps in one commit: some tens of milliseconds.
inline constexpr int keys_rewrapped_at_once = 1'000;
/// Such commits that one order makes before it answers, within the patience of whoever asked.
inline constexpr int key_pieces_an_order = 100;

// ---- erasure
/// Years that notices are kept after the relation with their account ended, where the agreement says nothing:
/// the general limitation period (Civil Code, article 188).
inline constexpr int retain_years_default = 3;
inline constexpr int retain_years_most = 100;
/// The largest journal that is written anew after an erasure while the gateway runs, in bytes: a few seconds
/// in which nothing else is committed.
inline constexpr std::int64_t rewritten_journal_bytes = std::int64_t{256} << 20;
/// Between two tries to empty the write-ahead log after an erasure, which a reader may hold up.
inline constexpr std::chrono::milliseconds scrubbing_pause = 500ms;
/// Notices that stand in the way of an erasure and are named to whoever asked.
inline constexpr int unsettled_notices_named = 5;

static_assert(body_bytes_default <= body_bytes_ceiling);
static_assert(oversized_body_kept_bytes < body_bytes_default);
static_assert(reserve_bytes_default < low_space_bytes_default);
static_assert(json_string_bytes < body_bytes_default);
static_assert(stop_beyond_drain > 2 * broker_farewell);
static_assert(reconnect_delay_first < reconnect_delay_most);
static_assert(time_stamp_rest_first < time_stamp_rest_most);
static_assert(time_stamp_connect_timeout < time_stamp_timeout);
static_assert(seal_before_midnight < in_site_midnight_guard);
static_assert(time_stamp_skew_most < seal_interval_most);

}  // namespace duenotice::limits
