#include "gateway/evidence/bundle_layout.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/listing_digest.hpp"
#include "gateway/evidence/bundle.hpp"
#include "gateway/evidence/decimal.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::array<std::string_view, 9> single = {
    bundle_manifest_path, bundle_note_path, bundle_sums_path,
    "README.txt",         "STATUS.txt",     "verify.sh",
    "log/checkpoint",     "log/sealed",     "export/erds-evidence.json"};

/// What stands between the two; empty when they are not its ends.
std::string_view between(std::string_view path, std::string_view start, std::string_view end) {
  if (path.size() <= start.size() + end.size() || !path.starts_with(start) || !path.ends_with(end)) return {};
  return path.substr(start.size(), path.size() - start.size() - end.size());
}

class Layout {
 public:
  explicit Layout(const NamedFiles& files) : files_(files) {}

  bool has_place_for(const std::string& path) const {
    if (std::find(single.begin(), single.end(), path) != single.end()) return true;
    if (path.starts_with("notice/") || path.starts_with("agreement/")) return true;
    return is_half(path, "log/", "before", "consistency") || is_half(path, "log/", "consistency", "before") ||
           is_half(path, "events/", ".leaf", ".tlog-proof") ||
           is_half(path, "events/", ".tlog-proof", ".leaf") || is_half(path, "openings/", ".r", ".m") ||
           is_half(path, "openings/", ".m", ".r") || is_token(path);
  }

 private:
  /// Of two files that only make sense together, with the other there.
  bool is_half(const std::string& path, const std::string& folder, std::string_view end,
               std::string_view other) const {
    if (!path.starts_with(folder) || !path.ends_with(end)) return false;
    return files_.contains(path.substr(0, path.size() - end.size()).append(other));
  }

  /// They are numbered from 1, without gaps, and stamp the seal.
  bool is_token(const std::string& path) const {
    const auto number = parse_decimal(between(path, "time/sealed-", ".token"), INT64_MAX);
    if (!number || *number == 0 || !files_.contains("log/sealed")) return false;
    return *number == 1 || files_.contains("time/sealed-" + std::to_string(*number - 1) + ".token");
  }

  const NamedFiles& files_;
};

}  // namespace

std::string stray_file(const NamedFiles& files) {
  const Layout layout(files);
  const auto stray = std::find_if(files.begin(), files.end(),
                                  [&](const auto& each) { return !layout.has_place_for(each.first); });
  return stray == files.end() ? std::string() : stray->first;
}

std::string agreement_digest(const NamedFiles& files) {
  constexpr std::string_view folder = "agreement/";
  std::map<std::string, std::string> digests;
  for (const auto& [path, content] : files) {
    if (path.starts_with(folder)) digests.emplace(path.substr(folder.size()), sha256(content).hex());
  }
  return digests.empty() ? std::string() : listing_digest(digests).hex();
}

}  // namespace duenotice::evidence
