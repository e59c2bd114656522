#include "gateway/evidence/time_stamp_request.hpp"

#include <openssl/err.h>
#include <openssl/ts.h>

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {
namespace {

struct Free {
  void operator()(ASN1_INTEGER* number) const { ASN1_INTEGER_free(number); }
  void operator()(ASN1_OBJECT* object) const { ASN1_OBJECT_free(object); }
  void operator()(TS_MSG_IMPRINT* imprint) const { TS_MSG_IMPRINT_free(imprint); }
  void operator()(TS_REQ* request) const { TS_REQ_free(request); }
  void operator()(X509_ALGOR* algorithm) const { X509_ALGOR_free(algorithm); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

}  // namespace

TimeStampRequest make_time_stamp_request(std::string_view data, std::string policy, Random& random) {
  DN_ASSERT(policy.empty() || is_object_identifier(policy));
  TimeStampRequest request{sha256(data), 0, std::move(policy)};
  random.fill(std::as_writable_bytes(std::span(&request.nonce, 1)));
  return request;
}

std::string to_der(const TimeStampRequest& request) {
  const Owned<TS_REQ> out(TS_REQ_new());
  const Owned<TS_MSG_IMPRINT> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR> algorithm(X509_ALGOR_new());
  const Owned<ASN1_INTEGER> nonce(ASN1_INTEGER_new());
  DN_ASSERT(out && imprint && algorithm && nonce);
  auto digest = request.imprint.bytes;
  const bool good =
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) == 1 &&
      TS_REQ_set_version(out.get(), 1) == 1 && TS_REQ_set_msg_imprint(out.get(), imprint.get()) == 1 &&
      ASN1_INTEGER_set_uint64(nonce.get(), request.nonce) == 1 &&
      TS_REQ_set_nonce(out.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(out.get(), 1) == 1;
  DN_ASSERT(good);
  if (!request.policy.empty()) {
    const Owned<ASN1_OBJECT> policy(OBJ_txt2obj(request.policy.c_str(), 1));
    const bool set = policy && TS_REQ_set_policy_id(out.get(), policy.get()) == 1;
    DN_ASSERT(set);
  }
  unsigned char* bytes = nullptr;
  const int size = i2d_TS_REQ(out.get(), &bytes);
  DN_ASSERT(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

bool is_object_identifier(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(),
                                                  [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  const Owned<ASN1_OBJECT> object(plain ? OBJ_txt2obj(text.c_str(), 1) : nullptr);
  ERR_clear_error();
  std::array<char, 256> again{};
  const auto bound = static_cast<int>(again.size());
  return object && OBJ_obj2txt(again.data(), bound, object.get(), 1) < bound && text == again.data();
}

}  // namespace duenotice::evidence
