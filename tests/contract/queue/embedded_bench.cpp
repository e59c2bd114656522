#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "queue/embedded_queue.hpp"
#include "tests/contract/queue/bench.hpp"

namespace duenotice::queue::test {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

class EmbeddedBench final : public Bench {
 public:
  EmbeddedBench() {
    std::string name = (std::filesystem::temp_directory_path() / "duenotice-queue-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = name;
  }
  ~EmbeddedBench() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::unique_ptr<Consumer> consumer(Limits limits) override {
    EmbeddedOptions options;
    options.path = folder_ / "queue";
    options.prefetch = limits.prefetch;
    options.prefetch_bytes = limits.prefetch_bytes;
    return must(open_embedded_consumer(options));
  }
  std::unique_ptr<Publisher> publisher() override { return must(open_embedded_publisher(options(), clock_)); }
  std::vector<DeadLetter> dead_letters(std::size_t) override {
    return must(list_embedded_dead_letters(options(), clock_, 1'000));
  }
  std::int64_t waiting() override { return must(count_embedded_requests(options())); }
  std::vector<std::string> address() const override { return {(folder_ / "queue").string()}; }

 private:
  EmbeddedOptions options() const {
    EmbeddedOptions options;
    options.path = folder_ / "queue";
    return options;
  }

  std::filesystem::path folder_;
  SystemClock clock_;
};

}  // namespace

std::unique_ptr<Bench> make_bench() { return std::make_unique<EmbeddedBench>(); }

std::unique_ptr<Consumer> consumer_at(const std::vector<std::string>& address) {
  EmbeddedOptions options;
  options.path = address.at(0);
  return must(open_embedded_consumer(options));
}

}  // namespace duenotice::queue::test
