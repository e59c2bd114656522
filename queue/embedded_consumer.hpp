#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "queue/embedded_claims.hpp"
#include "queue/embedded_queue.hpp"

namespace duenotice::queue {

/// The consumer of the embedded queue: one thread owns the file and exchanges acknowledgements for the next
/// messages, a batch as soon as the last one is durable. See embedded_queue.hpp.
class EmbeddedConsumer final : public Consumer {
 public:
  EmbeddedConsumer(const EmbeddedOptions& options, EmbeddedClaims claims);
  ~EmbeddedConsumer() override;
  std::optional<Message> next(Milliseconds patience) override;
  void acknowledge(std::uint64_t tag) override;
  void pause(bool paused) override;
  Status health() const override;
  void wind_down() override;
  void stop() override;

 private:
  struct Work {
    std::vector<std::uint64_t> acknowledged;
    Room room;
    bool stopping = false;
  };
  void run();
  Work wait_for_work();
  bool carry_out(Work& work);
  void receive(EmbeddedClaims::Batch batch);
  void suffer(Error error, std::vector<std::uint64_t> acknowledged);

  const std::filesystem::path path_;
  EmbeddedClaims claims_;  ///< belongs to the thread

  mutable std::mutex mutex_;
  std::condition_variable arrived_;  ///< for `next`
  std::condition_variable wanted_;   ///< for the thread
  std::deque<Message> inbox_;
  PrefetchWindow window_;
  std::vector<std::uint64_t> acknowledged_;
  Status health_ = Done{};
  std::exception_ptr failure_;
  bool paused_ = false;
  bool winding_down_ = false;
  bool stopping_ = false;
  bool exhausted_ = false;
  bool suffering_ = false;
  std::thread thread_;
};

}  // namespace duenotice::queue
