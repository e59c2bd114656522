#include "gateway/evidence/time_stamp_reply.hpp"

#include <openssl/ts.h>

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::evidence {
namespace {

Error invalid(const std::string& what) { return Error{ErrorKind::invalid, what}; }

std::string name_of_status(std::int64_t status) {
  constexpr std::array<const char*, 6> names = {"granted",    "granted with modifications",
                                                "rejection",  "waiting",
                                                "revocation", "revocation notification"};
  const bool known = status >= 0 && status < static_cast<std::int64_t>(names.size());
  return known ? names[static_cast<std::size_t>(status)] : "status " + std::to_string(status);
}

/// What a TSA wrote, made fit for our sentence.
std::string text_of(const ASN1_UTF8STRING* written) {
  std::string text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(written)),
                   static_cast<std::size_t>(ASN1_STRING_length(written)));
  text.resize(std::min(text.size(), limits::time_stamp_text_bytes));
  while (!is_utf8(text)) text.pop_back();
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return text;
}

/// The refusal of a TSA in words, and whether it may be over soon.
Error refusal(TS_STATUS_INFO* info, std::int64_t status) {
  struct Failure {
    int bit;
    const char* words;
  };
  constexpr std::array<Failure, 8> failures = {{{TS_INFO_BAD_ALG, "it does not take SHA-256"},
                                                {TS_INFO_BAD_REQUEST, "bad request"},
                                                {TS_INFO_BAD_DATA_FORMAT, "bad data format"},
                                                {TS_INFO_TIME_NOT_AVAILABLE, "it has no time at the moment"},
                                                {TS_INFO_UNACCEPTED_POLICY, "it does not take this policy"},
                                                {TS_INFO_UNACCEPTED_EXTENSION, "unaccepted extension"},
                                                {TS_INFO_ADD_INFO_NOT_AVAILABLE, "information not available"},
                                                {TS_INFO_SYSTEM_FAILURE, "its system failed"}}};
  Error error = invalid("the stamp was refused (" + name_of_status(status) + ")");
  const ASN1_BIT_STRING* bits = TS_STATUS_INFO_get0_failure_info(info);
  for (const Failure& failure : failures) {
    if (bits == nullptr || ASN1_BIT_STRING_get_bit(bits, failure.bit) == 0) continue;
    error.message += std::string(": ") + failure.words;
    const bool passing = failure.bit == TS_INFO_TIME_NOT_AVAILABLE || failure.bit == TS_INFO_SYSTEM_FAILURE;
    if (passing) error.kind = ErrorKind::unavailable;
  }
  const auto* texts = TS_STATUS_INFO_get0_text(info);
  if (texts != nullptr && sk_ASN1_UTF8STRING_num(texts) > 0) {
    error.message += "; it says: " + text_of(sk_ASN1_UTF8STRING_value(texts, 0));
  }
  return error;
}

}  // namespace

Result<std::string> token_of_reply(std::string_view reply) {
  const auto* const begin = reinterpret_cast<const unsigned char*>(reply.data());
  const unsigned char* at = begin;
  const std::unique_ptr<TS_RESP, decltype(&TS_RESP_free)> read(
      d2i_TS_RESP(nullptr, &at, static_cast<long>(reply.size())), &TS_RESP_free);
  if (!read || at != begin + reply.size()) return invalid("the answer is no RFC 3161 time stamp reply");
  TS_STATUS_INFO* info = TS_RESP_get_status_info(read.get());
  std::int64_t status = -1;
  if (ASN1_INTEGER_get_int64(&status, TS_STATUS_INFO_get0_status(info)) != 1) status = -1;
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) return refusal(info, status);
  PKCS7* token = TS_RESP_get_token(read.get());
  unsigned char* bytes = nullptr;
  const int size = token == nullptr ? 0 : i2d_PKCS7(token, &bytes);
  if (size <= 0) return invalid("the answer grants a stamp and holds none");
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return out;
}

}  // namespace duenotice::evidence
