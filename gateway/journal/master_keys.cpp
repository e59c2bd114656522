#include "gateway/journal/master_keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/base64.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/new_file.hpp"

namespace duenotice {
namespace {

constexpr std::size_t id_digits = 16;

std::string id_of(std::string_view key) {
  return hmac_sha256(key, "duenotice-master-key-id/v1").hex().substr(0, id_digits);
}

/// A key's line before `rest`, in one piece: nothing of it is left behind by a text that grew.
std::string line_of(const SecretKey& key, std::string_view rest = {}) {
  std::string digits = to_base64(key.bytes());
  std::string text;
  text.reserve(digits.size() + 1 + rest.size());
  text.append(digits).append("\n").append(rest);
  wipe(digits);
  return text;
}

Error no_key(int line) {
  return Error{ErrorKind::invalid,
               "line " + std::to_string(line) +
                   " is no master key; a line is base64 of 32 bytes, as `openssl rand -base64 32` writes it"};
}

}  // namespace

Result<MasterKeys> MasterKeys::parse(std::string_view text) {
  MasterKeys keys;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    auto bytes = from_base64(line);
    const bool is_a_key = bytes && bytes->size() == SecretKey::size;
    if (bytes && !is_a_key) wipe(*bytes);
    if (!is_a_key) return no_key(number);
    keys.keys_.push_back({id_of(*bytes), std::make_shared<const SecretKey>(*bytes)});
    wipe(*bytes);
    if (keys.count() > limits::master_keys_most)
      return Error{ErrorKind::invalid,
                   "there are more than " + std::to_string(limits::master_keys_most) + " master keys"};
  }
  if (keys.empty()) return Error{ErrorKind::invalid, "there is no master key in it"};
  return keys;
}

std::string MasterKeys::with_a_new_one(std::string_view text, Random& random) {
  return line_of(SecretKey::random(random), text);
}

const SecretKey* MasterKeys::find(std::string_view id) const {
  for (const Named& each : keys_) {
    if (each.id == id) return each.key.get();
  }
  return nullptr;
}

namespace {

/// A new file would belong to whoever writes it, and its owner could not read it any more.
Status is_ours(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return file_error("look at", file);
  if (found.st_uid == ::geteuid()) return Done{};
  return Error{ErrorKind::invalid, file.string() + " belongs to another user; run this as its owner"};
}

Status write_over(const std::filesystem::path& path, std::string_view text) {
  auto file = NewFile::make(path, true);
  if (!file) return file.error();
  if (const Status written = file->write(text); !written) return written.error();
  return file->finish();
}

}  // namespace

Status add_master_key(const std::filesystem::path& file, Random& random) {
  if (const Status ours = is_ours(file); !ours) return ours;
  auto text = read_file(file, limits::secret_file_bytes);
  if (!text) return text.error();
  std::string more = MasterKeys::with_a_new_one(*text, random);
  const Status written = write_over(file, more);
  wipe(*text);
  wipe(more);
  return written;
}

Result<std::vector<std::filesystem::path>> set_older_master_keys_aside(const std::filesystem::path& file) {
  const auto keys = read_master_keys({.text = {}, .file = file}, {});
  if (!keys) return keys.error();
  std::vector<std::filesystem::path> aside;
  const auto write_key = [&](const std::filesystem::path& to, std::size_t index) {
    std::string line = line_of(*keys->find(keys->id(index)));
    const Status written = write_over(to, line);
    wipe(line);
    return written;
  };
  for (std::size_t index = 1; index < keys->count(); ++index) {
    aside.emplace_back(file.string() + "." + keys->id(index));
    if (const Status written = write_key(aside.back(), index); !written) return written.error();
  }
  if (aside.empty()) return aside;
  if (const Status written = write_key(file, 0); !written) return written.error();
  return aside;
}

std::filesystem::path MasterKeySource::file_of(const std::filesystem::path& journal) const {
  return file.empty() ? std::filesystem::path(journal.string() + ".master.key") : file;
}

Result<MasterKeys> read_master_keys(const MasterKeySource& source, const std::filesystem::path& journal) {
  if (!source.text.empty()) {
    auto keys = MasterKeys::parse(source.text);
    if (!keys) return Error{keys.error().kind, "[secrets] master_key: " + keys.error().message};
    return keys;
  }
  const std::filesystem::path file = source.file_of(journal);
  auto text = read_file(file, limits::secret_file_bytes);
  if (!text) return text.error();
  auto keys = MasterKeys::parse(*text);
  wipe(*text);
  if (!keys) return Error{keys.error().kind, file.string() + ": " + keys.error().message};
  return keys;
}

Result<MasterKeys> read_or_make_master_keys(const MasterKeySource& source,
                                            const std::filesystem::path& journal, Random& random) {
  auto keys = read_master_keys(source, journal);
  if (keys || keys.error().kind != ErrorKind::not_found) return keys;
  const std::filesystem::path path = source.file_of(journal);
  if (!source.file.empty()) {
    return Error{ErrorKind::not_found, "there is no master key at " + path.string() +
                                           ", where [secrets] master_key_file says that it is; put it back, "
                                           "or make the first one with `openssl rand -base64 32`"};
  }
  auto file = NewFile::make(path, false);
  if (!file) return file.error();
  std::string text = MasterKeys::with_a_new_one({}, random);
  const Status written = file->write(text);
  wipe(text);
  if (!written) return written.error();
  if (const Status finished = file->finish(); !finished) return finished.error();
  return read_master_keys(source, journal);
}

}  // namespace duenotice
