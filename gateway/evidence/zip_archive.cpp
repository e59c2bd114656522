#include "gateway/evidence/zip_archive.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::uint32_t local_header = 0x04034b50, central_header = 0x02014b50, end_record = 0x06054b50;
constexpr std::size_t local_header_bytes = 30;
constexpr std::uint16_t version_needed = 10, made_by_unix = 3 << 8 | version_needed;
constexpr std::uint16_t midnight = 0, first_of_january_1980 = 1 << 5 | 1;
constexpr std::uint32_t plain_file = 0100644U << 16;

std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < made.size(); ++i) {
      made[i] = i;
      for (int bit = 0; bit < 8; ++bit) made[i] = (made[i] >> 1) ^ ((made[i] & 1) != 0 ? 0xEDB88320U : 0);
    }
    return made;
  }();
  std::uint32_t value = 0xFFFFFFFF;
  for (const char c : bytes) value = table[(value ^ static_cast<std::uint8_t>(c)) & 0xFF] ^ (value >> 8);
  return ~value;
}

void append16(std::uint32_t value, std::string& out) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8 & 0xFF);
}
void append32(std::uint32_t value, std::string& out) {
  append16(value & 0xFFFF, out);
  append16(value >> 16, out);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, int length) {
  std::uint32_t value = 0;
  for (int i = length; i-- > 0;)
    value = value << 8 | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

/// What both headers of a file have in common.
void append_facts(std::string_view name, std::string_view content, std::string& out) {
  append16(version_needed, out);
  append16(0, out);  // flags
  append16(0, out);  // stored
  append16(midnight, out);
  append16(first_of_january_1980, out);
  append32(crc32(content), out);
  append32(static_cast<std::uint32_t>(content.size()), out);
  append32(static_cast<std::uint32_t>(content.size()), out);
  append16(static_cast<std::uint32_t>(name.size()), out);
  append16(0, out);  // extra fields
}

void append_central(std::string_view name, std::string_view content, std::size_t at, std::string& out) {
  append32(central_header, out);
  append16(made_by_unix, out);
  append_facts(name, content, out);
  append16(0, out);  // comment
  append16(0, out);  // disk
  append16(0, out);  // internal attributes
  append32(plain_file, out);
  append32(static_cast<std::uint32_t>(at), out);
  out += name;
}

void append_end(std::size_t files, std::size_t at, std::size_t length, std::string& out) {
  append32(end_record, out);
  append16(0, out);
  append16(0, out);
  append16(static_cast<std::uint32_t>(files), out);
  append16(static_cast<std::uint32_t>(files), out);
  append32(static_cast<std::uint32_t>(length), out);
  append32(static_cast<std::uint32_t>(at), out);
  append16(0, out);
}

Error not_ours(const std::string& reason) {
  return {ErrorKind::invalid, "not an archive as duenotice writes it: " + reason};
}

}  // namespace

bool is_archive_name(std::string_view name) {
  if (name.empty() || name.size() > limits::bundle_name_bytes || name.ends_with('/')) return false;
  char before = '/';
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '.' && c != '-' && c != '_' && c != '/') return false;
    if (before == '/' && (c == '.' || c == '/')) return false;
    before = c;
  }
  return true;
}

std::string write_zip(const NamedFiles& files) {
  DN_ASSERT(files.size() <= limits::bundle_files);
  std::string out, central;
  for (const auto& [name, content] : files) {
    DN_ASSERT(is_archive_name(name) && content.size() <= limits::bundle_bytes - out.size());
    append_central(name, content, out.size(), central);
    append32(local_header, out);
    append_facts(name, content, out);
    out += name;
    out += content;
  }
  const std::size_t at = out.size();
  out += central;
  append_end(files.size(), at, central.size(), out);
  return out;
}

Result<NamedFiles> read_zip(std::string_view bytes) {
  if (bytes.size() > limits::bundle_bytes) return not_ours("it is too large");
  NamedFiles files;
  std::size_t at = 0;
  while (bytes.size() - at >= local_header_bytes && number_at(bytes, at, 4) == local_header) {
    const std::size_t length = number_at(bytes, at + 18, 4), name_length = number_at(bytes, at + 26, 2);
    at += local_header_bytes;
    if (bytes.size() - at < name_length || bytes.size() - at - name_length < length)
      return not_ours("a file ends behind its end");
    const std::string_view name = bytes.substr(at, name_length);
    if (!is_archive_name(name)) return not_ours("a file has a name that none may have");
    if (files.size() == limits::bundle_files) return not_ours("it has too many files");
    if (!files.emplace(name, bytes.substr(at + name_length, length)).second)
      return not_ours("a file stands in it twice");
    at += name_length + length;
  }
  // Whatever else could differ is found at once: there is one spelling of these files.
  if (write_zip(files) != bytes) return not_ours("it is spelled in another way, or was changed");
  return files;
}

}  // namespace duenotice::evidence
