#include "gateway/evidence/time_stamp.hpp"

#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/evidence/time_stamp_reply.hpp"

namespace duenotice::evidence {
namespace {

struct Free {
  void operator()(ASN1_INTEGER* number) const { ASN1_INTEGER_free(number); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EXTENDED_KEY_USAGE* usage) const { EXTENDED_KEY_USAGE_free(usage); }
  void operator()(PKCS7* token) const { PKCS7_free(token); }
  void operator()(STACK_OF(X509) * certificates) const { sk_X509_free(certificates); }
  void operator()(TS_TST_INFO* info) const { TS_TST_INFO_free(info); }
  void operator()(TS_VERIFY_CTX* context) const { TS_VERIFY_CTX_free(context); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Error wrong(const std::string& what) { return Error{ErrorKind::invalid, what}; }

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string bytes_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string text_of(const ASN1_OBJECT* object) {
  std::array<char, 256> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
  return text.data();
}

/// A name as people read it: UTF-8, what is not printable escaped.
std::string text_of(const X509_NAME* name) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  DN_ASSERT(bio != nullptr);
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  std::string out(text, static_cast<std::size_t>(std::max(0L, size)));
  return is_utf8(out) ? out : "(a name that is no text)";
}

// ---- what a token says

/// A token that can be read; nothing about it is verified.
struct ReadToken {
  Owned<PKCS7> token;
  Owned<TS_TST_INFO> info;
  X509* signer = nullptr;  ///< within the token
  TimeStamp said;
};

std::optional<Instant> instant_of(const ASN1_GENERALIZEDTIME* time) {
  const std::string text = bytes_of(time);
  constexpr std::size_t seconds_end = 14;
  const bool digits = text.size() > seconds_end && text.back() == 'Z' &&
                      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(seconds_end),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return parse_instant(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + "T" +
                       text.substr(8, 2) + ":" + text.substr(10, 2) + ":" + text.substr(12));
}

/// One spelling of everything: a token that could be written in two ways could be changed unnoticed.
bool is_encoding_of(std::string_view bytes, PKCS7* token) {
  unsigned char* again = nullptr;
  const int size = i2d_PKCS7(token, &again);
  const bool same = size >= 0 && bytes == std::string_view(reinterpret_cast<const char*>(again),
                                                           static_cast<std::size_t>(size));
  OPENSSL_free(again);
  return same;
}

Result<ReadToken> read_token(std::string_view bytes) {
  const unsigned char* at = raw(bytes);
  ReadToken read;
  read.token.reset(d2i_PKCS7(nullptr, &at, static_cast<long>(bytes.size())));
  if (!read.token || !is_encoding_of(bytes, read.token.get())) return wrong("it is no RFC 3161 time stamp");
  read.info.reset(PKCS7_to_TS_TST_INFO(read.token.get()));
  if (!read.info) return wrong("it is no RFC 3161 time stamp");
  if (TS_TST_INFO_get_version(read.info.get()) != 1) return wrong("it is a time stamp of an unknown version");
  const Owned<STACK_OF(X509)> signers(PKCS7_get0_signers(read.token.get(), nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1) {
    return wrong("it does not hold the one certificate that signed it");
  }
  read.signer = sk_X509_value(signers.get(), 0);
  const auto time = instant_of(TS_TST_INFO_get_time(read.info.get()));
  if (!time) return wrong("its time is not written in UTC");
  read.said = {std::string(bytes), *time, text_of(X509_get_subject_name(read.signer)),
               text_of(TS_TST_INFO_get_policy_id(read.info.get()))};
  return read;
}

Status check_imprint(TS_TST_INFO* info, const Digest& expected) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const std::string digest(expected.bytes.begin(), expected.bytes.end());
  if (OBJ_obj2nid(algorithm) != NID_sha256 || bytes_of(TS_MSG_IMPRINT_get_msg(imprint)) != digest) {
    return wrong("it stamps other data: its imprint is not the SHA-256 of what was to be stamped");
  }
  return Done{};
}

Status check_nonce(const TS_TST_INFO* info, std::uint64_t expected) {
  const Owned<ASN1_INTEGER> nonce(ASN1_INTEGER_new());
  DN_ASSERT(nonce && ASN1_INTEGER_set_uint64(nonce.get(), expected) == 1);
  const ASN1_INTEGER* found = TS_TST_INFO_get_nonce(info);
  if (found == nullptr || ASN1_INTEGER_cmp(found, nonce.get()) != 0) {
    return wrong("it answers another request: its nonce is not the one that was sent");
  }
  return Done{};
}

// ---- whether it can be believed

/// What OpenSSL says is wrong: about a certificate when it says so, else its last word.
std::string openssl_words() {
  std::string words = "for no stated reason";
  const char* more = nullptr;
  int flags = 0;
  while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &more, &flags)) {
    if (const char* reason = ERR_reason_error_string(code)) words = reason;
    const std::string_view text = (flags & ERR_TXT_STRING) != 0 ? more : "";
    constexpr std::string_view verdict = "Verify error:";
    if (text.starts_with(verdict)) {
      words = text.substr(verdict.size());
      break;
    }
  }
  ERR_clear_error();
  return words;
}

/// RFC 3161 section 2.3. OpenSSL overlooks purposes that it does not know, so this does not rely on it.
bool is_for_time_stamps_alone(X509* certificate) {
  int critical = 0;
  const Owned<EXTENDED_KEY_USAGE> usage(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr)));
  return usage && critical == 1 && sk_ASN1_OBJECT_num(usage.get()) == 1 &&
         OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), 0)) == NID_time_stamp;
}

Owned<X509_STORE> store_of(const TimeStampRoots& roots, Instant at) {
  Owned<X509_STORE> store(X509_STORE_new());
  DN_ASSERT(store != nullptr);
  for (const std::string& der : roots.certificates()) {
    const unsigned char* bytes = raw(der);
    const Owned<X509> certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    DN_ASSERT(certificate && X509_STORE_add_cert(store.get(), certificate.get()) == 1);
  }
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                             std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
  return store;
}

/// That its signature is right, and that the chain of its certificate held at that instant.
Status check_signature(const ReadToken& read, const TimeStampRoots& roots, Instant at) {
  if (!is_for_time_stamps_alone(read.signer)) {
    return wrong("its certificate (" + read.said.tsa +
                 ") is not for time stamping alone (a critical extended key usage with nothing else in it)");
  }
  ERR_clear_error();
  const Owned<TS_VERIFY_CTX> context(TS_VERIFY_CTX_new());
  DN_ASSERT(context != nullptr);
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_SIGNER);
  TS_VERIFY_CTX_set_store(context.get(), store_of(roots, at).release());
  if (TS_RESP_verify_token(context.get(), read.token.get()) == 1) return Done{};
  const bool chain = ERR_GET_REASON(ERR_peek_error()) == TS_R_CERTIFICATE_VERIFY_ERROR;
  const std::string words = openssl_words();
  if (chain) {
    return wrong("its certificate (" + read.said.tsa + ") could not be trusted at " + to_text(at) + ": " +
                 words);
  }
  return wrong("its signature is wrong: " + words);
}

Status check_time(Instant said, Instant now) {
  const auto apart = said > now ? said - now : now - said;
  if (apart <= limits::time_stamp_skew_most) return Done{};
  return wrong("it says " + to_text(said) + " and our clock says " + to_text(now) +
               ": one of the two is wrong");
}

Result<TimeStamp> judge(std::string_view reply, const TimeStampRequest& request, const TimeStampRoots& roots,
                        Instant now) {
  if (reply.size() > limits::time_stamp_reply_bytes) return wrong("the answer is too long");
  const auto token = token_of_reply(reply);
  if (!token) return token.error();
  auto read = read_token(*token);
  if (!read) return read.error();
  if (const Status good = check_imprint(read->info.get(), request.imprint); !good) return good.error();
  if (!request.policy.empty() && read->said.policy != request.policy) {
    return wrong("it was made under the policy " + read->said.policy + ", not under " + request.policy);
  }
  if (const Status good = check_nonce(read->info.get(), request.nonce); !good) return good.error();
  if (const Status good = check_signature(*read, roots, now); !good) return good.error();
  if (const Status good = check_time(read->said.gen_time, now); !good) return good.error();
  // Whoever checks it later will ask this.
  if (const Status good = check_signature(*read, roots, read->said.gen_time); !good) return good.error();
  return std::move(read->said);
}

Result<TimeStamp> verify(std::string_view token, std::string_view stamped, const TimeStampRoots& roots) {
  if (token.size() > limits::time_stamp_reply_bytes) return wrong("the time stamp is too long");
  auto read = read_token(token);
  if (!read) return read.error();
  if (const Status good = check_imprint(read->info.get(), sha256(stamped)); !good) return good.error();
  if (const Status good = check_signature(*read, roots, read->said.gen_time); !good) return good.error();
  return std::move(read->said);
}

}  // namespace

Result<TimeStamp> judge_time_stamp_reply(std::string_view reply, const TimeStampRequest& request,
                                         const TimeStampRoots& roots, Instant now) {
  auto judged = judge(reply, request, roots, now);
  ERR_clear_error();
  return judged;
}

Result<TimeStamp> verify_time_stamp(std::string_view token, std::string_view data,
                                    const TimeStampRoots& roots) {
  auto verified = verify(token, data, roots);
  ERR_clear_error();
  return verified;
}

}  // namespace duenotice::evidence
