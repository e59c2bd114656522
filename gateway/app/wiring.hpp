#pragma once
#include <functional>
#include <memory>

#include "gateway/app/configuration.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/journal/sqlite_journal.hpp"
#include "gateway/pipeline/message_maker.hpp"
#include "gateway/pipeline/settings.hpp"
#include "queue/queue.hpp"

/// The one place that turns a configuration into concrete parts: which queue, which journal, which channels.
/// Everybody else knows only their contracts.

namespace duenotice::app {

/// Ends the process with the reason: what a store that failed calls. Nothing may be acknowledged after it.
[[noreturn]] void end_broken(const std::string& what, const std::string& reason);

PipelineSettings pipeline_settings(const Configuration& configuration);
SqliteJournalOptions journal_options(const Configuration& configuration);

/// The queue that the configuration names. `unavailable`: it is away and may come back.
Result<std::unique_ptr<queue::Consumer>> open_consumer(const Configuration& configuration);
enum class PublisherStart {
  now,    ///< a broker that is away is an error: what `submit` needs
  later,  ///< connects when there is something to publish: a gateway starts without its broker
};
Result<std::unique_ptr<queue::Publisher>> open_publisher(const Configuration& configuration,
                                                         const Clock& clock,
                                                         PublisherStart start = PublisherStart::now);
/// Where status events go; connects when there are some. Null when the configuration publishes none.
Result<std::unique_ptr<queue::EventPublisher>> open_event_publisher(const Configuration& configuration);
/// For `doctor`: connects, looks and leaves; a sentence on what is there, or what is wrong.
Result<std::string> check_queue(const Configuration& configuration);

/// Removes the dead letters of these rejected requests from an embedded queue. What a broker keeps ends by
/// itself.
Status forget_dead_letters(const Configuration& configuration,
                           const std::function<bool(const std::string& rejection_id)>& is_to_go);

/// Requests that wait in it and that no gateway has been given yet. Makes nothing.
Result<std::int64_t> count_requests(const Configuration& configuration);

/// One channel that hands messages over, as configured; null when it is not. Connects to nothing.
Result<std::unique_ptr<channels::Provider>> open_provider(const Configuration& configuration,
                                                          Channel channel);
/// All of them.
Result<Providers> open_providers(const Configuration& configuration);

}  // namespace duenotice::app
