#include "tests/contract/queue/rabbit_bench.hpp"

#include <amqp.h>
#include <amqp_tcp_socket.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "gateway/base/clock.hpp"
#include "gateway/base/ulid.hpp"

namespace duenotice::queue::test {
namespace {

template <class T, class E>
T must(Result<T, E> result) {
  if (result) return std::move(*result);
  if constexpr (std::is_same_v<E, Error>) {
    throw std::runtime_error(result.error().message);
  } else {
    throw std::runtime_error(result.error().text);
  }
}

/// Deletes with the library itself: the product never deletes anything on a broker.
void remove(const std::string& queue, const std::string& exchange) {
  const RabbitEndpoint endpoint = must(rabbit_endpoint(RabbitOptions{.url = broker_line("url")}));
  amqp_connection_state_t connection = amqp_new_connection();
  amqp_socket_t* socket = amqp_tcp_socket_new(connection);
  if (amqp_socket_open(socket, endpoint.host.c_str(), endpoint.port) == AMQP_STATUS_OK) {
    amqp_login(connection, "/", 0, 131'072, 0, AMQP_SASL_METHOD_PLAIN, endpoint.user.c_str(),
               endpoint.password.c_str());
    amqp_channel_open(connection, 1);
    if (!queue.empty()) amqp_queue_delete(connection, 1, amqp_cstring_bytes(queue.c_str()), 0, 0);
    if (!exchange.empty()) amqp_exchange_delete(connection, 1, amqp_cstring_bytes(exchange.c_str()), 0);
    amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
  }
  amqp_destroy_connection(connection);
}

RabbitOptions options_of(const std::string& name) {
  RabbitOptions options;
  options.url = broker_line("url");
  options.requests = name + ".requests";
  options.dead_letters = name + ".rejected";
  return options;
}

}  // namespace

std::string broker_folder() {
  const char* folder = std::getenv("DUENOTICE_BROKER");
  if (folder == nullptr)
    throw std::runtime_error("DUENOTICE_BROKER names no broker; run these tests with ctest");
  return folder;
}

std::string broker_line(const std::string& file) {
  std::ifstream in(broker_folder() + "/" + file);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error("no broker runs in " + broker_folder());
  return line;
}

void broker(const std::string& action) {
  const std::string command = SOURCE_DIR "/tests/support/rabbitmq " + action + " '" + broker_folder() + "'";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

RabbitBench::RabbitBench() {
  broker_line("url");  // or there is no broker to test with
  SystemRandom random;
  name_ = "queue-test-" + new_ulid(SystemClock().now(), random);
}

RabbitBench::~RabbitBench() {
  remove(options().requests, "");
  remove(options().dead_letters, options().dead_letters);
}

RabbitOptions RabbitBench::options() const { return options_of(name_); }

std::unique_ptr<Consumer> RabbitBench::consumer(Limits limits) {
  RabbitOptions options = this->options();
  options.prefetch = limits.prefetch;
  options.prefetch_bytes = limits.prefetch_bytes;
  return must(open_rabbit_consumer(options));
}

std::unique_ptr<Publisher> RabbitBench::publisher() { return must(open_rabbit_publisher(options())); }

RabbitWire RabbitBench::wire() const {
  return must(RabbitWire::open(must(rabbit_endpoint(options())), "test", std::chrono::seconds(0)));
}

void RabbitBench::delete_queue(const std::string& name) const { remove(name, ""); }

void RabbitBench::delete_exchange(const std::string& name) const { remove("", name); }

std::vector<DeadLetter> RabbitBench::dead_letters(std::size_t expected) {
  RabbitWire reader = wire();
  must(reader.consume(options().dead_letters, expected + 10));
  std::vector<DeadLetter> letters;
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (letters.size() < expected && std::chrono::steady_clock::now() < end) {
    auto event = must(reader.next(Milliseconds(100)));
    if (!event || !std::holds_alternative<RabbitWire::Delivery>(*event)) continue;
    const auto& delivery = std::get<RabbitWire::Delivery>(*event);
    DeadLetter letter{delivery.message_id, "", "", "", delivery.content_type, delivery.body};
    for (const auto& [key, value] : delivery.headers) {
      if (key == "code") letter.code = value;
      if (key == "pointer") letter.pointer = value;
      if (key == "message") letter.message = value;
    }
    letters.push_back(std::move(letter));
  }
  return letters;
}

std::int64_t RabbitBench::waiting() { return must(count_rabbit_requests(options())); }

std::vector<std::string> RabbitBench::address() const { return {name_}; }

std::unique_ptr<Bench> make_bench() { return std::make_unique<RabbitBench>(); }

std::unique_ptr<Consumer> consumer_at(const std::vector<std::string>& address) {
  return must(open_rabbit_consumer(options_of(address.at(0))));
}

}  // namespace duenotice::queue::test
