#include "gateway/evidence/note_key.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/new_file.hpp"
#include "gateway/evidence/big_endian.hpp"
#include "gateway/evidence/signed_note.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view private_prefix = "PRIVATE+KEY+";

std::string chars_of(const std::array<std::uint8_t, 32>& bytes) { return {bytes.begin(), bytes.end()}; }

std::string hex_id(std::uint32_t id) { return to_hex(to_big_endian(id, 4)); }

/// `NAME+ID+BASE64`, where the decoded part is a kind and 32 bytes of either half.
struct KeyText {
  std::string_view name, id;
  NoteKeyKind kind = NoteKeyKind::note;
  std::array<std::uint8_t, 32> bytes{};
};

Result<KeyText> parse_key_text(std::string_view text) {
  const auto fail = [](const char* reason) {
    return Error{ErrorKind::invalid, std::string("not a key of a signed note: ") + reason};
  };
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return fail("it must be NAME+ID+KEY");
  KeyText parts{text.substr(0, first), text.substr(first + 1, second - first - 1)};
  if (!is_key_name(parts.name)) return fail("its name is not allowed");
  const auto blob = from_base64(text.substr(second + 1));
  if (!blob || blob->size() != 1 + parts.bytes.size()) return fail("its last part is no key of 32 bytes");
  parts.kind = static_cast<NoteKeyKind>((*blob)[0]);
  if (parts.kind != NoteKeyKind::note && parts.kind != NoteKeyKind::cosigner) {
    return fail("its type is neither Ed25519 (1) nor an Ed25519 cosigner (4)");
  }
  std::copy(blob->begin() + 1, blob->end(), parts.bytes.begin());
  return parts;
}

Error wrong_id() {
  return Error{ErrorKind::invalid,
               "not a key of a signed note: its identifier does not belong to its name and key"};
}

}  // namespace

std::uint32_t VerifierKey::id() const {
  const Digest digest = sha256(name + "\n" + static_cast<char>(kind) + chars_of(bytes));
  const std::string first(digest.bytes.begin(), digest.bytes.begin() + 4);
  return static_cast<std::uint32_t>(from_big_endian(first));
}

std::string to_vkey(const VerifierKey& key) {
  return key.name + "+" + hex_id(key.id()) + "+" +
         to_base64(static_cast<char>(key.kind) + chars_of(key.bytes));
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  const auto parts = parse_key_text(text);
  if (!parts) return parts.error();
  VerifierKey key{std::string(parts->name), parts->kind, parts->bytes};
  if (hex_id(key.id()) != parts->id) return wrong_id();
  return key;
}

SigningKey::SigningKey(std::string name, NoteKeyKind kind, const Ed25519Seed& seed)
    : verifier_{std::move(name), kind, ed25519_public_key(seed)}, seed_(seed) {}

SigningKey SigningKey::make(std::string name, NoteKeyKind kind, Random& random) {
  DN_ASSERT(is_key_name(name));
  Ed25519Seed seed;
  random.fill(std::as_writable_bytes(std::span(seed)));
  return SigningKey(std::move(name), kind, seed);
}

SigningKey SigningKey::of_seed(std::string name, NoteKeyKind kind, const Ed25519Seed& seed) {
  DN_ASSERT(is_key_name(name));
  return SigningKey(std::move(name), kind, seed);
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  if (!text.starts_with(private_prefix)) {
    return Error{ErrorKind::invalid, "not a private key of a signed note: it must begin with PRIVATE+KEY+"};
  }
  const auto parts = parse_key_text(text.substr(private_prefix.size()));
  if (!parts) return parts.error();
  SigningKey key(std::string(parts->name), parts->kind, parts->bytes);
  if (hex_id(key.verifier_.id()) != parts->id) return wrong_id();
  return key;
}

Result<SigningKey> SigningKey::read(const std::filesystem::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return file_error("read the key", path);
  if ((facts.st_mode & 077) != 0) {
    return Error{ErrorKind::invalid, "the key file " + path.string() +
                                         " can be read by others than its owner: chmod 600 it, and think "
                                         "about whether somebody has"};
  }
  const auto text = read_secret(path);
  if (!text) return text.error();
  auto key = parse(*text);
  if (!key) return Error{key.error().kind, path.string() + ": " + key.error().message};
  return key;
}

Status SigningKey::write_new(const std::filesystem::path& path) const {
  auto file = NewFile::make(path, false);
  if (!file) return file.error();
  const Status written = file->write(secret_text() + "\n");
  return written ? file->finish() : written;
}

std::string SigningKey::secret_text() const {
  return std::string(private_prefix) + verifier_.name + "+" + hex_id(verifier_.id()) + "+" +
         to_base64(static_cast<char>(verifier_.kind) + chars_of(seed_));
}

}  // namespace duenotice::evidence
