#include "channels/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>

#include "channels/libcurl.hpp"
#include "channels/open_sockets.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::channels {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  DN_ASSERT(code == CURLE_OK);
}

Milliseconds until(SteadyTime when) {
  return std::chrono::ceil<Milliseconds>(when - std::chrono::steady_clock::now());
}

HttpEnd end_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return HttpEnd::answered;
    case CURLE_COULDNT_RESOLVE_HOST:
      return HttpEnd::resolve_failed;
    case CURLE_COULDNT_CONNECT:
      return HttpEnd::connect_failed;
    case CURLE_PEER_FAILED_VERIFICATION:
      return HttpEnd::tls_untrusted;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return HttpEnd::tls_failed;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpEnd::timed_out;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return HttpEnd::not_http;
    default:
      return HttpEnd::connection_lost;
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace

class HttpClient::Transfer {
 public:
  explicit Transfer(HttpSettings settings);

  HttpFacts exchange(const HttpRequest& request);
  void abort();
  Status reach(const std::string& url);

 private:
  void set_options();
  void set_request(const HttpRequest& request, curl_slist* headers);
  CURLcode run();
  HttpFacts facts_of(CURLcode code);
  bool anything_sent() const;
  void keep_raw(std::string_view bytes);
  void take_line(std::string_view line);

  static Transfer& transfer(void* pointer) { return *static_cast<Transfer*>(pointer); }
  static std::size_t on_line(char* line, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_ready(void* self, char*, char*, int, int);
  static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t socket);

  const HttpSettings settings_;
  OpenSockets sockets_;  // outlives the handles below, which close their sockets through it
  const MultiHandle multi_ = new_multi_handle();
  const EasyHandle easy_ = new_easy_handle();
  std::atomic<bool> aborted_ = false;

  SteadyTime deadline_;
  SteadyTime last_deadline_;
  bool begun_ = false;
  bool fresh_connection_ = false;  ///< the kept connection must not be used again
  bool timed_out_ = false;
  bool too_large_ = false;
  bool sent_before_reopening_ = false;
  HttpFacts facts_;
};

HttpClient::Transfer::Transfer(HttpSettings settings) : settings_(std::move(settings)) { set_options(); }

void HttpClient::Transfer::set_options() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // Without it, giving up while a name is looked up would wait for the look-up's end.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_timeout.count()));
  set(easy, CURLOPT_MAXAGE_CONN, static_cast<long>(limits::http_idle_reuse.count()));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!settings_.ca_file.empty()) set(easy, CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.username.empty()) {
    set(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(easy, CURLOPT_USERNAME, settings_.username.c_str());
    set(easy, CURLOPT_PASSWORD, settings_.password.c_str());
  }
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_line);
  set(easy, CURLOPT_HEADERDATA, this);
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_ready);
  set(easy, CURLOPT_PREREQDATA, this);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
  set(easy, CURLOPT_OPENSOCKETDATA, this);
  set(easy, CURLOPT_CLOSESOCKETFUNCTION, &Transfer::on_close);
  set(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void HttpClient::Transfer::set_request(const HttpRequest& request, curl_slist* headers) {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request.url.c_str());
  set(easy, CURLOPT_HTTPHEADER, headers);
  set(easy, CURLOPT_FRESH_CONNECT, fresh_connection_ ? 1L : 0L);
  if (request.method == "GET") {
    set(easy, CURLOPT_HTTPGET, 1L);
  } else {
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDS, request.body.data());
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

HttpFacts HttpClient::Transfer::exchange(const HttpRequest& request) {
  curl_slist* list = nullptr;
  // An empty value takes out what libcurl would add: a wait for permission to send the body.
  for (const std::string& header : {std::string("Expect:"), std::string("User-Agent: duenotice")})
    list = curl_slist_append(list, header.c_str());
  for (const std::string& header : request.headers) list = curl_slist_append(list, header.c_str());
  const CurlList headers(list);
  // Whatever a server says before it is asked must not be taken for its answer to this request.
  if (sockets_.anything_to_read()) {
    sockets_.shut_down();
    fresh_connection_ = true;
  }
  set_request(request, headers.get());
  HttpFacts facts = facts_of(run());
  // After anything but a complete answer the two sides may not be in step.
  fresh_connection_ = facts.end != HttpEnd::answered;
  if (fresh_connection_) sockets_.shut_down();
  set(easy_.get(), CURLOPT_HTTPHEADER, nullptr);
  return facts;
}

CURLcode HttpClient::Transfer::run() {
  facts_ = {};
  timed_out_ = too_large_ = sent_before_reopening_ = false;
  deadline_ = std::chrono::steady_clock::now() + settings_.connect_timeout;
  last_deadline_ = deadline_ + settings_.reply_timeout;
  begun_ = !aborted_;
  if (!begun_) return CURLE_ABORTED_BY_CALLBACK;
  curl_multi_add_handle(multi_.get(), easy_.get());
  for (int running = 1;;) {
    curl_multi_perform(multi_.get(), &running);
    if (running == 0) break;
    timed_out_ = until(deadline_) <= Milliseconds{0};
    if (aborted_ || timed_out_) {
      sockets_.shut_down();
      break;
    }
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(until(deadline_).count()), nullptr);
  }
  return static_cast<CURLcode>(end_transfer(multi_.get(), easy_.get()));
}

bool HttpClient::Transfer::anything_sent() const {
  long head = 0;
  curl_off_t body = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &head);
  curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &body);
  return head > 0 || body > 0;
}

HttpFacts HttpClient::Transfer::facts_of(CURLcode code) {
  HttpFacts out = std::move(facts_);
  const bool answered = code == CURLE_OK && !timed_out_ && out.status >= 200;
  out.handed_out = begun_ && (sent_before_reopening_ || anything_sent());
  if (answered) {
    out.end = HttpEnd::answered;
    curl_off_t seconds = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &seconds);
    const auto most = std::chrono::seconds(limits::retry_after_most);
    if (seconds > 0) out.retry_after = std::min(std::chrono::seconds(seconds), most);
  } else if (aborted_) {
    out.end = HttpEnd::aborted;
  } else if (timed_out_) {
    out.end = HttpEnd::timed_out;
  } else if (too_large_) {
    out.end = HttpEnd::answer_too_large;
  } else if (sent_before_reopening_ || code == CURLE_OK) {
    out.end = HttpEnd::connection_lost;
  } else {
    out.end = end_of(code);
  }
  return out;
}

void HttpClient::Transfer::abort() {
  aborted_ = true;
  sockets_.refuse_more();
  curl_multi_wakeup(multi_.get());
}

void HttpClient::Transfer::keep_raw(std::string_view bytes) {
  facts_.raw += bytes.substr(0, limits::reply_bytes - std::min(limits::reply_bytes, facts_.raw.size()));
}

void HttpClient::Transfer::take_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    // An interim answer (1xx) came before.
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    facts_ = {};
    facts_.status = static_cast<int>(status);
  }
  keep_raw(line);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || line.starts_with("HTTP/")) return;
  facts_.headers.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
}

std::size_t HttpClient::Transfer::on_line(char* line, std::size_t size, std::size_t count, void* self) {
  transfer(self).take_line(std::string_view(line, size * count));
  return size * count;
}

std::size_t HttpClient::Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& me = transfer(self);
  const std::string_view bytes(data, size * count);
  me.keep_raw(bytes);
  me.too_large_ = me.facts_.body.size() + bytes.size() > limits::http_answer_bytes;
  if (me.too_large_) return 0;
  me.facts_.body += bytes;
  return bytes.size();
}

int HttpClient::Transfer::on_ready(void* self, char*, char*, int, int) {
  Transfer& me = transfer(self);
  if (me.aborted_) return CURL_PREREQFUNC_ABORT;
  me.deadline_ = std::min(std::chrono::steady_clock::now() + me.settings_.reply_timeout, me.last_deadline_);
  return CURL_PREREQFUNC_OK;
}

curl_socket_t HttpClient::Transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  Transfer& me = transfer(self);
  // libcurl repeats a request by itself when a kept connection ends without an answer. It may have been
  // taken.
  me.sent_before_reopening_ = me.anything_sent();
  if (me.sent_before_reopening_) return CURL_SOCKET_BAD;
  return me.sockets_.open(address->family, address->socktype, address->protocol);
}

int HttpClient::Transfer::on_close(void* self, curl_socket_t socket) {
  transfer(self).sockets_.close(socket);
  return 0;
}

Status HttpClient::Transfer::reach(const std::string& url) {
  CURL* easy = easy_.get();
  std::string why(CURL_ERROR_SIZE, '\0');
  set(easy, CURLOPT_ERRORBUFFER, why.data());
  set(easy, CURLOPT_URL, url.c_str());
  set(easy, CURLOPT_CONNECT_ONLY, 1L);
  const CURLcode code = run();
  set(easy, CURLOPT_CONNECT_ONLY, 0L);
  set(easy, CURLOPT_ERRORBUFFER, nullptr);
  fresh_connection_ = true;
  sockets_.shut_down();
  why.resize(std::strlen(why.c_str()));
  if (code == CURLE_OK) return Done{};
  return Error{ErrorKind::unavailable, timed_out_ ? "timeout" : why.empty() ? curl_easy_strerror(code) : why};
}

HttpClient::HttpClient(HttpSettings settings) : transfer_(std::make_unique<Transfer>(std::move(settings))) {}
HttpClient::~HttpClient() = default;

HttpFacts HttpClient::exchange(const HttpRequest& request) { return transfer_->exchange(request); }
void HttpClient::abort() { transfer_->abort(); }
Status HttpClient::reach(const std::string& url) { return transfer_->reach(url); }

}  // namespace duenotice::channels
