#include "gateway/app/metrics_page.hpp"

#include "gateway/app/wiring.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {

namespace {

using std::chrono::steady_clock;

bool is_older_than(const std::optional<steady_clock::time_point>& moment, Milliseconds age) {
  return !moment || steady_clock::now() - *moment >= age;
}

}  // namespace

MetricsPage::MetricsPage(Metrics& metrics, const Gateway& gateway, const LogPublisher* evidence_log,
                         const LogSealing* sealing, const Configuration& configuration, const Clock& clock)
    : metrics_(metrics),
      gateway_(gateway),
      evidence_log_(evidence_log),
      sealing_(sealing),
      configuration_(configuration),
      clock_(clock) {}

void MetricsPage::serve(Log& log) {
  const auto address = http::parse_loopback(configuration_.metrics.listen);
  if (!address) return;
  auto server = http::LoopbackServer::start(
      *address, {{"GET", "/metrics", [this](const http::Request&) {
                    return http::Response{200, std::string(Metrics::content_type), text()};
                  }}});
  if (!server) {
    log.warning("metrics_not_served", {{"listen", address->text()}, {"reason", server.error().message}});
    return;
  }
  server_ = std::move(*server);
}

std::string MetricsPage::address() const { return server_ ? configuration_.metrics.listen : std::string(); }

std::string MetricsPage::text() {
  const std::lock_guard lock(mutex_);
  if (!is_older_than(looked_at_, limits::metrics_rest)) return page_;
  MetricsLook look{.at = clock_.now(), .status = gateway_.status()};
  look_at_queue(look.status);
  look.queue_waiting = queue_waiting_;
  look_at_journal(look);
  look_at_evidence(look);
  if (const auto free = free_bytes(configuration_.journal.path.parent_path())) look.free_bytes = *free;
  page_ = metrics_.text(look);
  looked_at_ = steady_clock::now();
  return page_;
}

void MetricsPage::look_at_queue(const GatewayStatus& status) {
  if (!status.queue_fault.empty()) {
    queue_waiting_.reset();
    looked_at_queue_.reset();
  } else if (is_older_than(looked_at_queue_, limits::metrics_queue_rest)) {
    const auto waiting = count_requests(configuration_);
    queue_waiting_ = waiting ? std::optional(*waiting) : std::nullopt;
    looked_at_queue_ = steady_clock::now();
  }
}

void MetricsPage::look_at_journal(MetricsLook& look) {
  if (!reader_) {
    auto reader = open_journal_reader(configuration_.journal.path);
    if (!reader) return;
    reader_ = std::move(*reader);
  }
  if (auto counts = reader_->counts()) look.counts = std::move(*counts);
  if (auto backlog = reader_->backlog(look.at)) look.backlog = std::move(*backlog);
}

void MetricsPage::look_at_evidence(MetricsLook& look) const {
  if (evidence_log_ == nullptr) return;
  look.log_broken = evidence_log_->standing().stopped;
  if (const auto standing = look_at_log(configuration_)) look.log = *standing;
  if (sealing_ == nullptr) return;
  look.sealing = sealing_->standing();
  if (const auto standing = look_at_seals(configuration_.evidence)) look.seals = *standing;
}

}  // namespace duenotice::app
