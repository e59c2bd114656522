#include "gateway/evidence/http_post.hpp"

#include <curl/curl.h>

#include <array>
#include <memory>
#include <mutex>

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {
namespace {

struct Transfer {
  const HttpPost& post;
  std::stop_token stop;
  HttpAnswer answer;
  bool too_long = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer.too_long = transfer.answer.body.size() + bytes > transfer.post.answer_bytes;
  if (transfer.too_long) return 0;
  transfer.answer.body.append(data, bytes);
  return bytes;
}

int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(self)->stop.stop_requested() ? 1 : 0;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  DN_ASSERT(code == CURLE_OK);
}

void start_once() {
  static std::once_flag started;
  std::call_once(started, [] { DN_ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

void set_options(CURL* easy, Transfer& transfer, curl_slist* headers, char* why) {
  const HttpPost& post = transfer.post;
  set(easy, CURLOPT_ERRORBUFFER, why);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_URL, post.url.c_str());
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(post.connect_timeout.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(post.timeout.count()));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_USERAGENT, "duenotice");
  if (!post.ca_file.empty()) set(easy, CURLOPT_CAINFO, post.ca_file.c_str());
  set(easy, CURLOPT_HTTPHEADER, headers);
  set(easy, CURLOPT_POSTFIELDS, post.body.data());
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  set(easy, CURLOPT_WRITEFUNCTION, &on_body);
  set(easy, CURLOPT_WRITEDATA, &transfer);
  set(easy, CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(easy, CURLOPT_XFERINFODATA, &transfer);
  set(easy, CURLOPT_NOPROGRESS, 0L);
}

}  // namespace

Result<HttpAnswer> http_post(const HttpPost& post, std::stop_token stop) {
  start_once();
  Transfer transfer{post, std::move(stop), {}};
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
  DN_ASSERT(easy != nullptr);
  // An empty value takes out what libcurl would add: a wait for permission to send the body.
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  list = curl_slist_append(list, ("Content-Type: " + post.content_type).c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list, &curl_slist_free_all);
  std::array<char, CURL_ERROR_SIZE> why{};
  set_options(easy.get(), transfer, headers.get(), why.data());
  const CURLcode code = curl_easy_perform(easy.get());
  if (transfer.too_long) return Error{ErrorKind::unavailable, "its answer is too long"};
  if (code != CURLE_OK) {
    const std::string words = why[0] != '\0' ? why.data() : curl_easy_strerror(code);
    return Error{ErrorKind::unavailable, "no answer: " + words};
  }
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy.get(), CURLINFO_CONTENT_TYPE, &type);
  transfer.answer.status = static_cast<int>(status);
  const std::string_view whole = type == nullptr ? "" : type;
  transfer.answer.content_type = whole.substr(0, whole.find_first_of("; \t"));
  return std::move(transfer.answer);
}

}  // namespace duenotice::evidence
