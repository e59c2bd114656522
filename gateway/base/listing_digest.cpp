#include "gateway/base/listing_digest.hpp"

namespace duenotice {

Digest listing_digest(const std::map<std::string, std::string>& digests) {
  Sha256 listing;
  for (const auto& [name, hex] : digests) listing.add(name + "\n" + hex + "\n");
  return listing.digest();
}

}  // namespace duenotice
