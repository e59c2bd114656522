#pragma once
#include "queue/rabbitmq_wire.hpp"
#include "tests/contract/queue/bench.hpp"

namespace duenotice::queue::test {

/// The folder of the broker that tests/support/rabbitmq started, from DUENOTICE_BROKER.
std::string broker_folder();
/// A line that the script left there: `url`, `url_tls`.
std::string broker_line(const std::string& file);
/// Runs the script: `start`, `stop`, `restart`, `kill`.
void broker(const std::string& action);

/// Two names of its own on the broker, deleted at the end.
class RabbitBench final : public Bench {
 public:
  RabbitBench();
  ~RabbitBench() override;
  std::unique_ptr<Consumer> consumer(Limits limits) override;
  std::unique_ptr<Publisher> publisher() override;
  std::vector<DeadLetter> dead_letters(std::size_t expected) override;
  std::int64_t waiting() override;
  std::vector<std::string> address() const override;

  RabbitOptions options() const;
  /// A connection of the test's own.
  RabbitWire wire() const;
  void delete_queue(const std::string& name) const;
  void delete_exchange(const std::string& name) const;

 private:
  std::string name_;
};

}  // namespace duenotice::queue::test
