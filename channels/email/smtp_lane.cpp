#include "channels/email/smtp_lane.hpp"

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>

#include "channels/email/mail_address.hpp"
#include "channels/email/smtp_dialogue.hpp"
#include "channels/email/smtp_reply_policy.hpp"
#include "channels/email/stage_clock.hpp"
#include "channels/email/verp.hpp"
#include "channels/libcurl.hpp"
#include "channels/open_sockets.hpp"

namespace duenotice::channels {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  DN_ASSERT(code == CURLE_OK);
}

long whole_seconds(Milliseconds duration) {
  return static_cast<long>(std::chrono::ceil<std::chrono::seconds>(duration).count());
}

Milliseconds until(SteadyTime when) {
  return std::chrono::ceil<Milliseconds>(when - std::chrono::steady_clock::now());
}

SmtpEnd end_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return SmtpEnd::resolve_failed;
    case CURLE_COULDNT_CONNECT:
      return SmtpEnd::connect_failed;
    case CURLE_USE_SSL_FAILED:
      return SmtpEnd::tls_not_offered;
    case CURLE_PEER_FAILED_VERIFICATION:
      return SmtpEnd::tls_untrusted;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return SmtpEnd::tls_failed;
    case CURLE_LOGIN_DENIED:
      return SmtpEnd::auth_refused;
    case CURLE_OPERATION_TIMEDOUT:
      return SmtpEnd::timed_out;
    default:
      return SmtpEnd::connection_lost;
  }
}

class SmtpLane final : public Lane {
 public:
  SmtpLane(EmailOptions options, std::string from_address);
  ~SmtpLane() override;

  OutcomeReport hand_over(const HandOver& message) override;
  void abort() override;
  Status check();

 private:
  void set_options();
  void set_security();
  SmtpFacts transact(const std::string& recipient, SteadyTime before_the_dot);
  CURLcode run(SteadyTime before_the_dot);
  void note_progress();
  SmtpFacts facts(CURLcode code);
  void settle_connection(CURLcode code);
  bool may_begin();
  std::size_t give_content(char* out, std::size_t room);

  static SmtpLane& lane(void* pointer) { return *static_cast<SmtpLane*>(pointer); }
  static std::size_t on_content(char* out, std::size_t size, std::size_t count, void* self);
  static std::size_t on_line(char* line, std::size_t size, std::size_t count, void* self);
  static int on_ready(void* self, char*, char*, int, int);
  static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t socket);

  const EmailOptions options_;
  const std::string from_address_;
  const bool implicit_tls_;
  OpenSockets sockets_;  // outlives the handles below, which close their sockets through it
  MultiHandle multi_ = new_multi_handle();
  EasyHandle easy_ = new_easy_handle();
  std::atomic<bool> aborted_ = false;

  SmtpDialogue dialogue_;
  bool connection_was_kept_ = false;
  bool fresh_connection_ = false;  ///< the kept connection must not be used again
  bool timed_out_ = false;
  std::optional<SmtpEnd> veto_;  ///< why we did not begin although the session stood
  bool needs_smtputf8_ = false;
  std::string_view content_;
  std::size_t given_ = 0;
  StageClock stage_clock_;
};

SmtpLane::SmtpLane(EmailOptions options, std::string from_address)
    : options_(std::move(options)),
      from_address_(std::move(from_address)),
      implicit_tls_(options_.url.starts_with("smtps:")),
      stage_clock_(options_.connect_timeout, options_.reply_timeout) {
  set_options();
  set_security();
}

SmtpLane::~SmtpLane() {
  // A kept connection gets its QUIT, but the answer is of no use to anybody and may never come.
  sockets_.shut_down_reading();
  easy_.reset();
  multi_.reset();
}

void SmtpLane::set_options() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, options_.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // An http_proxy of the environment is not meant for mail.
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // Without it, giving up while a name is looked up would wait for the look-up's end.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_UPLOAD, 1L);
  // The least that libcurl allows: it allocates twice as much anew for each message.
  set(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16384L);
  // Stages have deadlines of their own (run); libcurl's limit on connecting covers more than its name says.
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(time_before_the_dot(options_).count()));
  set(easy, CURLOPT_READFUNCTION, &SmtpLane::on_content);
  set(easy, CURLOPT_READDATA, this);
  set(easy, CURLOPT_HEADERFUNCTION, &SmtpLane::on_line);
  set(easy, CURLOPT_HEADERDATA, this);
  set(easy, CURLOPT_PREREQFUNCTION, &SmtpLane::on_ready);
  set(easy, CURLOPT_PREREQDATA, this);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &SmtpLane::on_open);
  set(easy, CURLOPT_OPENSOCKETDATA, this);
  set(easy, CURLOPT_CLOSESOCKETFUNCTION, &SmtpLane::on_close);
  set(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void SmtpLane::set_security() {
  CURL* easy = easy_.get();
  const bool verify = implicit_tls_ || options_.tls == Tls::required;
  const curl_usessl starttls = options_.tls == Tls::required        ? CURLUSESSL_ALL
                               : options_.tls == Tls::opportunistic ? CURLUSESSL_TRY
                                                                    : CURLUSESSL_NONE;
  set(easy, CURLOPT_USE_SSL, static_cast<long>(starttls));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
  set(easy, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
  if (!options_.ca_file.empty()) set(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (options_.username.empty()) return;
  set(easy, CURLOPT_USERNAME, options_.username.c_str());
  set(easy, CURLOPT_PASSWORD, options_.password.c_str());
}

OutcomeReport SmtpLane::hand_over(const HandOver& message) {
  DN_ASSERT(!message.content.empty());
  const auto recipient = to_envelope_address(message.address);
  if (!recipient) {
    return {
        .outcome = Outcome::permanent_failure, .code = "malformed_address", .reply = {}, .retry_after = {}};
  }
  const VerpTag tag{.notice_id = message.notice_id, .attempt = message.attempt};
  const std::string sender = options_.bounce_address.empty()
                                 ? from_address_
                                 : verp_address(options_.bounce_address, tag, options_.verp_key);
  set(easy_.get(), CURLOPT_MAIL_FROM, sender.c_str());
  needs_smtputf8_ = !is_ascii(*recipient);
  content_ = message.content;

  const SteadyTime before_the_dot = std::chrono::steady_clock::now() + time_before_the_dot(options_);
  SmtpFacts facts = transact(*recipient, before_the_dot);
  if (was_stale(facts, connection_was_kept_) && !aborted_) facts = transact(*recipient, before_the_dot);
  content_ = {};
  return report_of(facts);
}

SmtpFacts SmtpLane::transact(const std::string& recipient, SteadyTime before_the_dot) {
  const CurlList recipients(curl_slist_append(nullptr, recipient.c_str()));
  DN_ASSERT(recipients);
  CURL* easy = easy_.get();
  // Whatever a server says before it is asked, its answer to an earlier message above all, must not be taken
  // for its answer to this one.
  if (sockets_.anything_to_read()) {
    sockets_.shut_down();
    fresh_connection_ = true;
  }
  given_ = 0;
  const Milliseconds final_reply = time_after_the_dot(options_);
  set(easy, CURLOPT_MAIL_RCPT, recipients.get());
  set(easy, CURLOPT_FRESH_CONNECT, fresh_connection_ ? 1L : 0L);
  // libcurl counts this from the end of the name look-up, which `connect_timeout` bounds: so the sum never
  // exceeds `smtp_guard`.
  const Milliseconds most = until(before_the_dot) - options_.connect_timeout + final_reply;
  set(easy, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(most.count())));
  // For each reply; once the content is given only the reply to the final dot is left, and before that the
  // stages' own deadlines are the shorter ones.
  set(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
      whole_seconds(std::max(options_.reply_timeout, final_reply)) + 1);

  const CURLcode code = run(before_the_dot);
  const SmtpFacts found = facts(code);
  settle_connection(code);
  set(easy, CURLOPT_MAIL_RCPT, nullptr);
  return found;
}

CURLcode SmtpLane::run(SteadyTime before_the_dot) {
  dialogue_.begin();
  timed_out_ = false;
  veto_.reset();
  connection_was_kept_ = true;
  stage_clock_.begin(dialogue_);
  if (aborted_) return CURLE_ABORTED_BY_CALLBACK;
  curl_multi_add_handle(multi_.get(), easy_.get());
  for (int running = 1;;) {
    curl_multi_perform(multi_.get(), &running);
    note_progress();
    if (running == 0) break;
    const SteadyTime deadline = std::min(stage_clock_.deadline(), before_the_dot);
    timed_out_ = until(deadline) <= Milliseconds{0};
    if (aborted_ || timed_out_) {
      // libcurl 7.88 sends the final dot when a transfer is taken away half-way, which would make half a
      // message a whole one. Over a socket that is shut nothing goes out.
      sockets_.shut_down();
      break;
    }
    curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(until(deadline).count()), nullptr);
  }
  return static_cast<CURLcode>(end_transfer(multi_.get(), easy_.get()));
}

void SmtpLane::note_progress() {
  if (dialogue_.stage() == SmtpStage::connect) {
    curl_off_t took = 0;
    curl_easy_getinfo(easy_.get(), implicit_tls_ ? CURLINFO_APPCONNECT_TIME_T : CURLINFO_CONNECT_TIME_T,
                      &took);
    if (took > 0) dialogue_.connected();
  }
  stage_clock_.look(dialogue_);
}

SmtpFacts SmtpLane::facts(CURLcode code) {
  if (dialogue_.stage() == SmtpStage::final_reply && !dialogue_.ended_by_reply()) {
    curl_off_t sent = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
    // The dot follows the content: while libcurl still holds a part of that, the dot has not gone out either.
    if (static_cast<std::size_t>(sent) < content_.size()) dialogue_.content_not_given();
  }
  SmtpFacts out{.stage = dialogue_.stage(), .reply_code = dialogue_.reply_code(), .reply = dialogue_.reply()};
  if (veto_) {
    out.end = *veto_;
  } else if (code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED) {
    out.end = end_of(code);
  } else if (dialogue_.ended_by_reply()) {
    out.end = SmtpEnd::replied;
  } else if (aborted_) {
    out.end = SmtpEnd::aborted;
  } else {
    out.end = timed_out_ ? SmtpEnd::timed_out : end_of(code);
  }
  if (out.end != SmtpEnd::replied && out.end != SmtpEnd::auth_refused) out.reply.clear();
  return out;
}

void SmtpLane::settle_connection(CURLcode code) {
  // libcurl keeps a connection whose reply to the final dot never came; the late reply would then answer the
  // next message. Only a complete, ordinary reply to the dot leaves the two sides in step.
  const int kind = dialogue_.reply_code() / 100;
  const bool ordinary = kind == 2 || (kind == 4 && dialogue_.reply_code() != 421) || kind == 5;
  const bool in_step = dialogue_.stage() == SmtpStage::final_reply && dialogue_.ended_by_reply() &&
                       ordinary && (code == CURLE_OK || code == CURLE_WEIRD_SERVER_REPLY);
  if (!in_step) sockets_.shut_down();
  fresh_connection_ = !in_step;
}

void SmtpLane::abort() {
  aborted_ = true;
  sockets_.refuse_more();
  curl_multi_wakeup(multi_.get());
}

bool SmtpLane::may_begin() {
  if (!options_.username.empty() && !dialogue_.offers("AUTH")) veto_ = SmtpEnd::auth_not_offered;
  if (needs_smtputf8_ && !dialogue_.offers("SMTPUTF8")) veto_ = SmtpEnd::smtputf8_not_offered;
  if (aborted_) veto_ = SmtpEnd::aborted;
  return !veto_;
}

std::size_t SmtpLane::give_content(char* out, std::size_t room) {
  if (aborted_) return CURL_READFUNC_ABORT;
  const std::size_t size = std::min(room, content_.size() - given_);
  std::memcpy(out, content_.data() + given_, size);
  given_ += size;
  if (given_ == content_.size() && dialogue_.stage() == SmtpStage::content) {
    set(easy_.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT, whole_seconds(time_after_the_dot(options_)));
    dialogue_.content_given();
  }
  return size;
}

std::size_t SmtpLane::on_content(char* out, std::size_t size, std::size_t count, void* self) {
  return lane(self).give_content(out, size * count);
}

std::size_t SmtpLane::on_line(char* line, std::size_t size, std::size_t count, void* self) {
  SmtpLane& me = lane(self);
  me.dialogue_.read_line(std::string_view(line, size * count));
  // libcurl says QUIT after a refusal before the content and waits for the answer, which nobody needs.
  const SmtpStage stage = me.dialogue_.stage();
  if (me.dialogue_.ended_by_reply() && stage >= SmtpStage::mail && stage <= SmtpStage::data) {
    me.sockets_.shut_down_reading();
  }
  return size * count;
}

int SmtpLane::on_ready(void* self, char*, char*, int, int) {
  SmtpLane& me = lane(self);
  me.dialogue_.begin_transaction();
  return me.may_begin() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

curl_socket_t SmtpLane::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  SmtpLane& me = lane(self);
  me.connection_was_kept_ = false;
  me.dialogue_.connecting();
  return me.sockets_.open(address->family, address->socktype, address->protocol);
}

int SmtpLane::on_close(void* self, curl_socket_t socket) {
  lane(self).sockets_.close(socket);
  return 0;
}

Status SmtpLane::check() {
  CURL* easy = easy_.get();
  std::string why(CURL_ERROR_SIZE, '\0');
  set(easy, CURLOPT_ERRORBUFFER, why.data());
  set(easy, CURLOPT_UPLOAD, 0L);
  set(easy, CURLOPT_NOBODY, 1L);
  set(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
  const CURLcode code = run(std::chrono::steady_clock::now() + time_before_the_dot(options_));
  why.resize(std::strlen(why.c_str()));
  if (veto_ == SmtpEnd::auth_not_offered) {
    return Error{ErrorKind::unavailable, "the mail server offers no login, but a username is configured"};
  }
  if (code == CURLE_OK) return Done{};
  std::string message = "the mail server " + options_.url + " cannot be used (";
  message += timed_out_ ? "timeout" : why.empty() ? curl_easy_strerror(code) : why.c_str();
  message += " at stage " + std::string(to_text(dialogue_.stage())) + ")";
  if (!dialogue_.reply().empty()) message += "; it said: " + dialogue_.reply();
  return Error{ErrorKind::unavailable, std::move(message)};
}

}  // namespace

std::unique_ptr<Lane> open_smtp_lane(const EmailOptions& options, const std::string& from_address) {
  return std::make_unique<SmtpLane>(options, from_address);
}

Status check_smtp_server(const EmailOptions& options) { return SmtpLane(options, {}).check(); }

}  // namespace duenotice::channels
