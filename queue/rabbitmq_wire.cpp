#include "queue/rabbitmq_wire.hpp"

#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

#include <array>
#include <charconv>

#include "gateway/base/assert.hpp"
#include "queue/content_assembler.hpp"
#include "queue/tcp_options.hpp"

namespace duenotice::queue {
namespace {

constexpr amqp_channel_t channel = 1;
constexpr int frame_bytes = 131'072;

amqp_bytes_t bytes(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }
std::string_view view(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

timeval to_timeval(Milliseconds time) {
  return {static_cast<time_t>(time.count() / 1'000), static_cast<suseconds_t>(time.count() % 1'000 * 1'000)};
}

amqp_table_entry_t text_entry(const char* key, std::string_view value) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes(key);
  entry.value.kind = AMQP_FIELD_KIND_UTF8;
  entry.value.value.bytes = bytes(value);
  return entry;
}

amqp_table_entry_t number_entry(const char* key, std::int64_t value) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes(key);
  entry.value.kind = AMQP_FIELD_KIND_I64;
  entry.value.value.i64 = value;
  return entry;
}

amqp_table_entry_t yes_entry(const char* key) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes(key);
  entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
  entry.value.value.boolean = 1;
  return entry;
}

WireError lost(int status) { return {0, amqp_error_string2(status)}; }

WireResult<Done> checked(int status) {
  if (status == AMQP_STATUS_OK) return Done{};
  return lost(status);
}

/// The broker's reason for closing the channel or the connection.
std::optional<WireError> closing(const amqp_method_t& method) {
  if (method.id == AMQP_CHANNEL_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_channel_close_t*>(method.decoded);
    return WireError{close->reply_code, std::string(view(close->reply_text))};
  }
  if (method.id == AMQP_CONNECTION_CLOSE_METHOD) {
    const auto* close = static_cast<const amqp_connection_close_t*>(method.decoded);
    return WireError{close->reply_code, std::string(view(close->reply_text))};
  }
  return std::nullopt;
}

WireResult<Done> checked(const amqp_rpc_reply_t& reply) {
  switch (reply.reply_type) {
    case AMQP_RESPONSE_NORMAL:
      return Done{};
    case AMQP_RESPONSE_SERVER_EXCEPTION:
      if (auto error = closing(reply.reply)) return std::move(*error);
      return WireError{0, "the broker answered with something unexpected"};
    case AMQP_RESPONSE_LIBRARY_EXCEPTION:
      return lost(reply.library_error);
    case AMQP_RESPONSE_NONE:
      break;
  }
  return WireError{0, "the broker gave no answer"};
}

}  // namespace

struct RabbitWire::State {
  struct Free {
    void operator()(amqp_connection_state_t connection) const { amqp_destroy_connection(connection); }
  };
  explicit State(std::shared_ptr<RabbitInterrupt> by) : interrupt(std::move(by)) {}
  ~State() {
    if (interrupt) interrupt->forget();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::shared_ptr<RabbitInterrupt> interrupt;  ///< may be null
  std::unique_ptr<amqp_connection_state_t_, Free> connection{amqp_new_connection()};
  std::string consumer;  ///< its tag
  unsigned consumes = 0;
  ContentAssembler content;
  std::optional<Event> arriving;  ///< a Delivery or Returned whose header or body is still to come

  amqp_connection_state_t get() const { return connection.get(); }
  WireResult<Done> connect(const RabbitEndpoint& endpoint);
  WireResult<Done> log_in(const RabbitEndpoint& endpoint, std::string_view role,
                          std::chrono::seconds heartbeat);
  WireResult<std::optional<Event>> take(const amqp_frame_t& frame);
  WireResult<std::optional<Event>> take_method(const amqp_method_t& method);
  void take_header(const amqp_frame_t& frame);
  std::optional<Event> finish();
};

WireResult<Done> RabbitWire::State::connect(const RabbitEndpoint& endpoint) {
  amqp_socket_t* socket = endpoint.tls ? amqp_ssl_socket_new(get()) : amqp_tcp_socket_new(get());
  if (socket == nullptr) return WireError{0, "out of memory"};
  if (endpoint.tls) {
    if (amqp_ssl_socket_set_cacert(socket, endpoint.ca_file.c_str()) != AMQP_STATUS_OK) {
      return WireError{WireError::untrusted, "cannot read the certificates in " + endpoint.ca_file};
    }
    amqp_ssl_socket_set_verify_peer(socket, 1);
    amqp_ssl_socket_set_verify_hostname(socket, 1);
    amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST);
  }
  const timeval patience = to_timeval(limits::broker_rpc_timeout);
  amqp_set_handshake_timeout(get(), &patience);
  amqp_set_rpc_timeout(get(), &patience);
  if (interrupt && interrupt->pulled()) return WireError{0, "interrupted"};
  const timeval until = to_timeval(limits::broker_connect_timeout);
  const int status = amqp_socket_open_noblock(socket, endpoint.host.c_str(), endpoint.port, &until);
  if (status == AMQP_STATUS_SSL_PEER_VERIFY_FAILED || status == AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED) {
    return WireError{WireError::untrusted,
                     std::string("its certificate is not trusted: ") + amqp_error_string2(status)};
  }
  // The library's own sentence is "a socket error occurred".
  if (status == AMQP_STATUS_SOCKET_ERROR) return WireError{0, "no connection could be made"};
  if (status != AMQP_STATUS_OK) return lost(status);
  tcp::watch_peer(amqp_get_sockfd(get()));
  if (interrupt) interrupt->watch(amqp_get_sockfd(get()));
  return Done{};
}

WireResult<Done> RabbitWire::State::log_in(const RabbitEndpoint& endpoint, std::string_view role,
                                           std::chrono::seconds heartbeat) {
  std::array capabilities{yes_entry("connection.blocked"), yes_entry("consumer_cancel_notify"),
                          yes_entry("authentication_failure_close"), yes_entry("publisher_confirms"),
                          yes_entry("basic.nack")};
  amqp_table_entry_t can{};
  can.key = amqp_cstring_bytes("capabilities");
  can.value.kind = AMQP_FIELD_KIND_TABLE;
  can.value.value.table = {static_cast<int>(capabilities.size()), capabilities.data()};
  std::array properties{text_entry("connection_name", role), text_entry("product", "duenotice"), can};
  const amqp_table_t client{static_cast<int>(properties.size()), properties.data()};
  auto logged_in = checked(amqp_login_with_properties(
      get(), endpoint.vhost.c_str(), 0, frame_bytes, static_cast<int>(heartbeat.count()), &client,
      AMQP_SASL_METHOD_PLAIN, endpoint.user.c_str(), endpoint.password.c_str()));
  if (!logged_in) return logged_in;
  amqp_channel_open(get(), channel);
  return checked(amqp_get_rpc_reply(get()));
}

RabbitWire::RabbitWire(std::unique_ptr<State> state) : state_(std::move(state)) {}
RabbitWire::RabbitWire(RabbitWire&&) noexcept = default;
RabbitWire& RabbitWire::operator=(RabbitWire&&) noexcept = default;
RabbitWire::~RabbitWire() = default;

WireResult<RabbitWire> RabbitWire::open(const RabbitEndpoint& endpoint, std::string_view role,
                                        std::chrono::seconds heartbeat,
                                        std::shared_ptr<RabbitInterrupt> interrupt) {
  auto state = std::make_unique<State>(std::move(interrupt));
  DN_ASSERT(state->connection);
  if (auto connected = state->connect(endpoint); !connected) return connected.error();
  if (auto logged_in = state->log_in(endpoint, role, heartbeat); !logged_in) return logged_in.error();
  return RabbitWire(std::move(state));
}

int RabbitWire::server_major() const {
  const amqp_table_t* properties = amqp_get_server_properties(state_->get());
  for (int index = 0; index < properties->num_entries; ++index) {
    const amqp_table_entry_t& entry = properties->entries[index];
    if (view(entry.key) != "version" || entry.value.kind != AMQP_FIELD_KIND_UTF8) continue;
    const std::string_view version = view(entry.value.value.bytes);
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    return major;
  }
  return 0;
}

WireResult<Done> RabbitWire::declare_queue(const std::string& name, const std::vector<Argument>& arguments) {
  std::vector<amqp_table_entry_t> entries;
  for (const auto& [key, value] : arguments) {
    const auto* text = std::get_if<std::string>(&value);
    entries.push_back(text != nullptr ? text_entry(key.c_str(), *text)
                                      : number_entry(key.c_str(), std::get<std::int64_t>(value)));
  }
  amqp_queue_declare(state_->get(), channel, bytes(name), 0, 1, 0, 0,
                     amqp_table_t{static_cast<int>(entries.size()), entries.data()});
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<std::uint32_t> RabbitWire::queue_exists(const std::string& name) {
  const auto* queue = amqp_queue_declare(state_->get(), channel, bytes(name), 1, 0, 0, 0, amqp_empty_table);
  if (auto answer = checked(amqp_get_rpc_reply(state_->get())); !answer) return answer.error();
  return queue->message_count;
}

WireResult<Done> RabbitWire::declare_exchange(const std::string& name) {
  amqp_exchange_declare(state_->get(), channel, bytes(name), bytes("topic"), 0, 1, 0, 0, amqp_empty_table);
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<Done> RabbitWire::exchange_exists(const std::string& name) {
  amqp_exchange_declare(state_->get(), channel, bytes(name), bytes("topic"), 1, 0, 0, 0, amqp_empty_table);
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<Done> RabbitWire::bind(const std::string& queue, const std::string& exchange,
                                  const std::string& pattern) {
  amqp_queue_bind(state_->get(), channel, bytes(queue), bytes(exchange), bytes(pattern), amqp_empty_table);
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<Done> RabbitWire::expect_confirms() {
  amqp_confirm_select(state_->get(), channel);
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<Done> RabbitWire::consume(const std::string& queue, std::size_t prefetch) {
  amqp_basic_qos(state_->get(), channel, 0, static_cast<std::uint16_t>(prefetch), 0);
  if (auto answer = checked(amqp_get_rpc_reply(state_->get())); !answer) return answer;
  // A new tag each time: a quorum queue whose consumer comes back under its old tag while some of its
  // messages are still out delivers them once more, even when they are being acknowledged (seen with 3.10).
  state_->consumer = "duenotice-" + std::to_string(++state_->consumes);
  amqp_basic_consume(state_->get(), channel, bytes(queue), bytes(state_->consumer), 0, 0, 0,
                     amqp_empty_table);
  return checked(amqp_get_rpc_reply(state_->get()));
}

WireResult<Done> RabbitWire::cancel() {
  // Sent without waiting: a waiting call would pile up in memory whatever the broker is still pushing.
  amqp_basic_cancel_t words{bytes(state_->consumer), 0};
  return checked(amqp_send_method(state_->get(), channel, AMQP_BASIC_CANCEL_METHOD, &words));
}

WireResult<Done> RabbitWire::acknowledge(std::uint64_t tag, bool multiple) {
  return checked(amqp_basic_ack(state_->get(), channel, tag, multiple ? 1 : 0));
}

WireResult<Done> RabbitWire::give_back(std::uint64_t tag) {
  return checked(amqp_basic_reject(state_->get(), channel, tag, 1));
}

WireResult<Done> RabbitWire::publish(const Outgoing& message) {
  std::vector<amqp_table_entry_t> headers;
  for (const auto& [key, value] : message.headers) {
    amqp_table_entry_t entry = text_entry("", value);
    entry.key = bytes(key);
    headers.push_back(entry);
  }
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.content_type = bytes(message.content_type);
  properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
  if (!message.message_id.empty()) {
    properties._flags |= AMQP_BASIC_MESSAGE_ID_FLAG;
    properties.message_id = bytes(message.message_id);
  }
  if (!headers.empty()) {
    properties._flags |= AMQP_BASIC_HEADERS_FLAG;
    properties.headers = {static_cast<int>(headers.size()), headers.data()};
  }
  return checked(amqp_basic_publish(state_->get(), channel, bytes(message.exchange),
                                    bytes(message.routing_key), message.mandatory ? 1 : 0, 0, &properties,
                                    bytes(message.body)));
}

void RabbitWire::gather(bool on) { tcp::gather(descriptor(), on); }

WireResult<std::optional<RabbitWire::Event>> RabbitWire::next(Milliseconds patience) {
  for (;;) {
    amqp_maybe_release_buffers(state_->get());
    amqp_frame_t frame{};
    const timeval timeout = to_timeval(patience);
    const int status = amqp_simple_wait_frame_noblock(state_->get(), &frame, &timeout);
    if (status == AMQP_STATUS_TIMEOUT) return std::optional<Event>();
    if (status != AMQP_STATUS_OK) return lost(status);
    auto event = state_->take(frame);
    if (!event || event->has_value()) return event;
  }
}

WireResult<std::optional<RabbitWire::Event>> RabbitWire::State::take(const amqp_frame_t& frame) {
  switch (frame.frame_type) {
    case AMQP_FRAME_METHOD:
      return take_method(frame.payload.method);
    case AMQP_FRAME_HEADER:
      take_header(frame);
      return finish();
    case AMQP_FRAME_BODY:
      if (!arriving || frame.payload.body_fragment.len > content.missing()) {
        return WireError{0, "the broker sent a body that belongs to no message"};
      }
      content.add(view(frame.payload.body_fragment));
      return finish();
    default:
      return std::optional<Event>();
  }
}

WireResult<std::optional<RabbitWire::Event>> RabbitWire::State::take_method(const amqp_method_t& method) {
  if (auto error = closing(method)) return std::move(*error);
  switch (method.id) {
    case AMQP_BASIC_DELIVER_METHOD: {
      const auto* deliver = static_cast<const amqp_basic_deliver_t*>(method.decoded);
      arriving = Delivery{.tag = deliver->delivery_tag, .redelivered = deliver->redelivered != 0};
      return std::optional<Event>();
    }
    case AMQP_BASIC_RETURN_METHOD: {
      const auto* returned = static_cast<const amqp_basic_return_t*>(method.decoded);
      arriving = Returned{std::string(view(returned->reply_text))};
      return std::optional<Event>();
    }
    case AMQP_BASIC_ACK_METHOD: {
      const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
      return std::optional<Event>(Confirmed{ack->delivery_tag, ack->multiple != 0, true});
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
      return std::optional<Event>(Confirmed{nack->delivery_tag, nack->multiple != 0, false});
    }
    case AMQP_BASIC_CANCEL_OK_METHOD:
      return std::optional<Event>(ConsumeEnded{false});
    case AMQP_BASIC_CANCEL_METHOD:
      return std::optional<Event>(ConsumeEnded{true});
    case AMQP_CONNECTION_BLOCKED_METHOD: {
      const auto* blocked = static_cast<const amqp_connection_blocked_t*>(method.decoded);
      return std::optional<Event>(Blocked{std::string(view(blocked->reason))});
    }
    case AMQP_CONNECTION_UNBLOCKED_METHOD:
      return std::optional<Event>(Blocked{});
    default:
      return std::optional<Event>();
  }
}

void RabbitWire::State::take_header(const amqp_frame_t& frame) {
  if (!arriving) return;
  content.begin(frame.payload.properties.body_size);
  auto* delivery = std::get_if<Delivery>(&*arriving);
  if (delivery == nullptr) return;
  const auto* properties = static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded);
  if (properties->_flags & AMQP_BASIC_CONTENT_TYPE_FLAG)
    delivery->content_type = view(properties->content_type);
  if (properties->_flags & AMQP_BASIC_MESSAGE_ID_FLAG) delivery->message_id = view(properties->message_id);
  if (!(properties->_flags & AMQP_BASIC_HEADERS_FLAG)) return;
  for (int index = 0; index < properties->headers.num_entries; ++index) {
    const amqp_table_entry_t& entry = properties->headers.entries[index];
    if (entry.value.kind != AMQP_FIELD_KIND_UTF8) continue;
    delivery->headers.emplace_back(view(entry.key), view(entry.value.value.bytes));
  }
}

std::optional<RabbitWire::Event> RabbitWire::State::finish() {
  if (!arriving || !content.complete()) return std::nullopt;
  if (auto* delivery = std::get_if<Delivery>(&*arriving)) {
    delivery->length = content.length();
    delivery->oversized = content.oversized();
    delivery->body = content.take_body();
  }
  return std::exchange(arriving, std::nullopt);
}

int RabbitWire::descriptor() const { return amqp_get_sockfd(state_->get()); }

void RabbitWire::close() {
  const timeval patience = to_timeval(limits::broker_farewell);
  amqp_set_rpc_timeout(state_->get(), &patience);
  amqp_connection_close(state_->get(), AMQP_REPLY_SUCCESS);
}

}  // namespace duenotice::queue
