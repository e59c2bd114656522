#include "tests/support/life_bench.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "gateway/base/sqlite.hpp"

namespace duenotice::test {
namespace {

/// Undoes a unit of work the way a crash before its commit would.
class CrashBeforeCommit {
 public:
  [[noreturn]] static void now() {
    throw sqlite::SqliteError(sqlite::SqliteError::Kind::constraint, 0, "the test undoes this work");
  }
};

class PaperLane final : public channels::Lane {
 public:
  explicit PaperLane(std::atomic<int>& handed_over) : handed_over_(handed_over) {}
  OutcomeReport hand_over(const channels::HandOver&) override {
    ++handed_over_;
    return {.outcome = Outcome::sent, .code = "250", .reply = "250 taken", .retry_after = {}};
  }
  void abort() override {}

 private:
  std::atomic<int>& handed_over_;
};

}  // namespace

Result<channels::Composed, channels::Unfit> PaperProvider::compose(
    const channels::Composition& composition) const {
  if (composition.words.text.size() > room)
    return channels::Unfit{channels::Unfit::Part::length, "the text is too long"};
  return channels::Composed{
      .content = "To: " + composition.to_address + "\r\nSubject: " + composition.words.subject + "\r\n\r\n" +
                 composition.words.text,
      .message_id = composition.notice_id + "." + std::to_string(composition.revision) + "@paper.test"};
}

std::unique_ptr<channels::Lane> PaperProvider::open_lane() const {
  return std::make_unique<PaperLane>(handed_over);
}

LifeBench::LifeBench(std::uint64_t seed, std::string_view now,
                     const std::optional<std::filesystem::path>& calendar)
    : clock(now), random(seed), openings_random_(~seed) {
  std::string pattern = (std::filesystem::temp_directory_path() / "duenotice-life-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
  const auto loaded =
      templates::load_library(std::filesystem::path(SOURCE_DIR) / "tests/support/agreements", calendar);
  for (const auto& mistake : loaded.mistakes) UNSCOPED_INFO(mistake.file.string() << ": " << mistake.message);
  REQUIRE(loaded.library != nullptr);
  library_ = std::make_unique<templates::CurrentLibrary>(loaded.library);
  auto sms_paper = std::make_unique<PaperProvider>(Channel::sms);
  sms_paper_ = sms_paper.get();
  providers_.emplace(Channel::sms, std::move(sms_paper));
  auto paper = std::make_unique<PaperProvider>();
  paper_ = paper.get();
  providers_.emplace(Channel::email, std::move(paper));
  maker_ = std::make_unique<MessageMaker>(*library_, providers_, true);
  intake_ = std::make_unique<Intake>(*maker_, schema_, settings.max_body_bytes, clock, random);
  life_ = std::make_unique<NoticeLife>(*maker_, settings, *intake_, clock, random);
  restart();
}

LifeBench::~LifeBench() {
  // Whatever a test let happen: the history is whole, and what its events bind themselves to is there.
  const auto history = reader().check_events(std::nullopt);
  CHECK(history.ok());
  if (history) CHECK(history->fault == "");
  reader_.reset();
  if (journal_) journal_->close();
  journal_.reset();
  std::filesystem::remove_all(folder_);
}

void LifeBench::change_transport(bool sandbox) { paper_->is_sandbox = sandbox; }

void LifeBench::restart() {
  if (journal_) journal_->close();
  journal_.reset();
  SqliteJournalOptions options;
  options.path = folder_ / "journal.db";
  options.low_space_bytes = 1;
  options.reserve_bytes = 4096;
  options.random = &openings_random_;
  options.on_committed = [this](const DurableCommit& commit) {
    if (on_committed) on_committed(commit);
  };
  auto opened = open_sqlite_journal(options, clock, log_);
  if (!opened) FAIL(opened.error().message);
  journal_ = std::move(*opened);
}

int LifeBench::recover() {
  int found = 0;
  AfterCommit after;
  REQUIRE(commit(
              WorkClass::outcome, [&](Transaction& tx) { found = life_->recover(tx, 1000, after); }, false) ==
          Committed::yes);
  return found;
}

Committed LifeBench::commit(WorkClass work_class, const Journal::Work& work, bool undo) {
  return journal_->run(work_class, [&](Transaction& tx) {
    work(tx);
    if (undo) CrashBeforeCommit::now();
  });
}

TakenIn LifeBench::publish(const Json& request, bool undo) {
  const queue::Message message{.content_type = std::string(queue::json_type),
                               .body = canonical_json(request)};
  const Judgement judgement = intake_->judge(message);
  AfterCommit after;
  TakenIn taken = TakenIn::duplicate;
  const Committed committed = commit(
      WorkClass::intake, [&](Transaction& tx) { taken = life_->take_in(tx, message, judgement, after); },
      undo);
  REQUIRE(committed == (undo ? Committed::failed : Committed::yes));
  return taken;
}

TakenIn LifeBench::publish_event(const Json& request, std::string_view time) {
  const Json event = Json::Object{{"specversion", "1.0"},
                                  {"type", "duenotice.notice.requested.v1"},
                                  {"id", *request.find("id")},
                                  {"source", *request.find("source")},
                                  {"time", time},
                                  {"data", request}};
  return publish(event);
}

std::vector<AttemptTask> LifeBench::start_due(Channel channel, int most, bool undo, bool probe) {
  AfterCommit after;
  const Committed committed = commit(
      WorkClass::intake,
      [&](Transaction& tx) {
        after = AfterCommit{};
        life_->start_due(tx, channel, most, after, probe);
      },
      undo);
  REQUIRE(committed == (undo ? Committed::failed : Committed::yes));
  return undo ? std::vector<AttemptTask>{} : std::move(after.tasks);
}

void LifeBench::finish(const AttemptTask& task, Outcome outcome, bool undo) {
  finish(task,
         OutcomeReport{
             .outcome = outcome, .code = "test", .reply = std::string(to_text(outcome)), .retry_after = {}},
         undo);
}

void LifeBench::finish(const AttemptTask& task, const OutcomeReport& report, bool undo) {
  AfterCommit after;
  const Instant at = clock.now();
  const Committed committed = commit(
      WorkClass::outcome,
      [&](Transaction& tx) { life_->record_outcome(tx, task.attempt_id, report, at, after); }, undo);
  REQUIRE(committed == (undo ? Committed::failed : Committed::yes));
}

AttemptTask LifeBench::send_one(Outcome outcome, Channel channel) {
  const auto tasks = start_due(channel);
  REQUIRE(tasks.size() == 1);
  finish(tasks[0], outcome);
  return tasks[0];
}

bool LifeBench::report(const AttemptTask& task, ReceiptKind kind, std::string carrier_id) {
  bool known = false;
  AfterCommit after;
  const auto work = [&](Transaction& tx) {
    known = life_->record_report(tx,
                                 {.notice_id = task.hand_over.notice_id,
                                  .channel = task.channel,
                                  .attempt = task.hand_over.attempt,
                                  .kind = kind,
                                  .provider_id = carrier_id,
                                  .text = "report " + std::string(to_text(kind))},
                                 clock.now(), after);
  };
  REQUIRE(commit(WorkClass::outcome, work, false) == Committed::yes);
  return known;
}

int LifeBench::settle_overdue(Channel channel) {
  int settled = 0;
  AfterCommit after;
  const auto work = [&](Transaction& tx) { settled = life_->settle_overdue(tx, channel, after); };
  REQUIRE(commit(WorkClass::outcome, work, false) == Committed::yes);
  return settled;
}

Result<Json> LifeBench::order(std::string_view act, const std::string& request_id, Json more) {
  more["act"] = act;
  more["notice"] = show(request_id).notice.id;
  return perform(std::move(more));
}

Completeness LifeBench::completeness() const {
  auto opened = Completeness::open(folder_ / "journal.db");
  REQUIRE(opened.ok());
  return *std::move(opened);
}

std::string LifeBench::file_bytes() const {
  std::string bytes;
  for (const char* name : {"journal.db", "journal.db-wal"}) {
    std::ifstream file(folder_ / name, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

Result<Json> LifeBench::perform(Json order) {
  if (order.find("operator") == nullptr) order["operator"] = "an operator";
  if (order.find("reason") == nullptr) order["reason"] = "a reason";
  return Operations(*journal_, *life_, *intake_, clock, random, [](const AfterCommit&) {}).perform(order);
}

void LifeBench::run_replays() {
  std::map<JobNumber, std::optional<JobItem>> taken_back;
  for (bool more = true; more;) {
    more = false;
    AfterCommit after;
    const auto work = [&](Transaction& tx) {
      for (const Job& job : tx.running_jobs()) {
        const int done = job.state == JobState::stopped
                             ? life_->take_back_some(tx, job.number, taken_back[job.number], 2)
                             : life_->replay_some(tx, job.number, 2, after);
        more = done > 0 || more;
      }
    };
    REQUIRE(commit(WorkClass::outcome, work, false) == Committed::yes);
  }
}

JournalReader& LifeBench::reader() {
  if (!reader_) {
    auto opened = open_journal_reader(folder_ / "journal.db");
    if (!opened) FAIL(opened.error().message);
    reader_ = std::move(*opened);
  }
  return *reader_;
}

NoticeFile LifeBench::show(const std::string& request_id) {
  auto file = reader().show("tests", request_id);
  if (!file) FAIL(file.error().message);
  return std::move(*file);
}

const Delivery& LifeBench::delivery(const NoticeFile& file, Channel channel) {
  for (const Delivery& delivery : file.deliveries) {
    if (delivery.channel == channel) return delivery;
  }
  FAIL("the notice has no delivery on " << to_text(channel));
  return file.deliveries.front();
}

std::vector<std::string> LifeBench::event_types(const std::string& request_id) {
  std::vector<std::string> types;
  for (const StoredEvent& event : show(request_id).events) types.push_back(event.type);
  return types;
}

Json LifeBench::request(std::string id, std::string kind) {
  return Json::Object{{"source", "tests"},
                      {"id", std::move(id)},
                      {"agreement", "test-agreement"},
                      {"agreement_version", "2024-01-01"},
                      {"kind", std::move(kind)},
                      {"account_id", "account-1"},
                      {"recipient", Json::Object{{"name", "Ada Test"},
                                                 {"locale", "en"},
                                                 {"email", "ada@example.org"},
                                                 {"phone", "+14155550123"},
                                                 {"user_id", "user-1"}}},
                      {"variables", Json::Object{{"summary", "something changes"}}}};
}

}  // namespace duenotice::test
