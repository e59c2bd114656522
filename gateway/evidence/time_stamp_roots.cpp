#include "gateway/evidence/time_stamp_roots.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

}  // namespace

Result<TimeStampRoots> TimeStampRoots::parse(std::string_view pem) {
  if (pem.size() > limits::certificate_file_bytes) {
    return Error{ErrorKind::invalid, "it is too long for a file of certificates"};
  }
  const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  DN_ASSERT(bio != nullptr);
  std::vector<std::string> certificates;
  for (;;) {
    const std::unique_ptr<X509, Free> one(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!one) break;
    if (certificates.size() == limits::time_stamp_roots) {
      return Error{ErrorKind::invalid, "it has too many certificates"};
    }
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(one.get(), &bytes);
    DN_ASSERT(size > 0);
    certificates.emplace_back(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) return Error{ErrorKind::invalid, "a certificate in it is damaged"};
  if (certificates.empty()) return Error{ErrorKind::invalid, "it has no certificate in PEM"};
  return TimeStampRoots(std::move(certificates));
}

Result<TimeStampRoots> TimeStampRoots::read(const std::filesystem::path& path) {
  const auto pem = read_file(path, limits::certificate_file_bytes);
  if (!pem) return pem.error();
  auto roots = parse(*pem);
  if (!roots) return Error{roots.error().kind, path.string() + ": " + roots.error().message};
  return roots;
}

}  // namespace duenotice::evidence
