#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/time_stamp.hpp"

/// Any bytes as the answer of a time-stamping authority, and as a token that was kept. The corpus has answers
/// of an authority under this root to the request below.

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

constexpr std::string_view root = R"(
-----BEGIN CERTIFICATE-----
MIIBZDCCAQqgAwIBAgICEAAwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNcm9vdC50
c2EudGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTAwMDEwMTAwMDAwMFowGDEWMBQG
A1UEAwwNcm9vdC50c2EudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCkI
S+82bEzwpIoF6M19VYtJywHEi7KgstIlWsOmNyjIaKcScKUp039vO1vXwZ/2dbvp
zLc/Wp9sFJNfWUUOVZajQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
AgEGMB0GA1UdDgQWBBS7JNsWrrFlkh6rbnsZjz8ZI2mu8zAKBggqhkjOPQQDAgNI
ADBFAiBTfsIhfXg8h/kpSPBQPHGxwRMA8HOWBocpKIPBt2l0PwIhAK4/Uddw8fHl
BCfc1XGbLIdYJGa7UPaRu2wAShNe9c08
-----END CERTIFICATE-----
)";
const std::string stamped = "fuzz";
const Instant now = *parse_instant("2026-11-22T10:52:52.083Z");

void check(const TimeStamp& stamp, const TimeStampRoots& roots) {
  DN_ASSERT(!stamp.tsa.empty() && is_object_identifier(stamp.policy));
  const auto again = verify_time_stamp(stamp.token, stamped, roots);
  DN_ASSERT(again.ok() && *again == stamp);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TimeStampRoots roots = TimeStampRoots::parse(root).value();
  static const TimeStampRequest request{sha256(stamped), 1, ""};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto judged = judge_time_stamp_reply(bytes, request, roots, now);
  if (judged) check(*judged, roots);
  const auto verified = verify_time_stamp(bytes, stamped, roots);
  if (verified) check(*verified, roots);
  DN_ASSERT(judged.ok() || !judged.error().message.empty());
  return 0;
}
