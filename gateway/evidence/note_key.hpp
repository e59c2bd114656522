#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "gateway/base/random.hpp"
#include "gateway/base/result.hpp"
#include "gateway/evidence/ed25519.hpp"

/// The keys of signed notes in their text forms (C2SP signed-note): `NAME+ID+KEY`, and with `PRIVATE+KEY+`
/// before it the secret half, as Go's x/mod/sumdb/note writes it.

namespace duenotice::evidence {

/// What a key signs, by the type byte of its identifier.
enum class NoteKeyKind : std::uint8_t {
  note = 0x01,      ///< the text of a note: logs, statements, manifests
  cosigner = 0x04,  ///< a checkpoint together with a time: witnesses (C2SP tlog-cosignature)
};

/// The public half of a key.
struct VerifierKey {
  std::string name;
  NoteKeyKind kind = NoteKeyKind::note;
  Ed25519PublicKey bytes{};
  bool operator==(const VerifierKey&) const = default;
  /// The first four bytes of SHA-256(name || newline || kind || key).
  std::uint32_t id() const;
};

/// `example.com/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx`.
std::string to_vkey(const VerifierKey& key);
/// Reads exactly what `to_vkey` writes, of the two kinds above.
Result<VerifierKey> parse_vkey(std::string_view text);

/// Both halves of a key. Use another key for every role: what one signs must never pass for another's.
class SigningKey {
 public:
  /// Asserts that the name is one (`is_key_name`).
  static SigningKey make(std::string name, NoteKeyKind kind, Random& random);
  /// The same, of this seed.
  static SigningKey of_seed(std::string name, NoteKeyKind kind, const Ed25519Seed& seed);
  /// `PRIVATE+KEY+NAME+ID+SEED`. The error never holds any of it.
  static Result<SigningKey> parse(std::string_view text);
  /// From a file that only its owner may read; any other is `invalid`.
  static Result<SigningKey> read(const std::filesystem::path& path);
  /// Into a new file with mode 0600, durable when it returns a value. `invalid` when one is in the way: a key
  /// is never overwritten.
  Status write_new(const std::filesystem::path& path) const;

  const VerifierKey& verifier() const { return verifier_; }
  const Ed25519Seed& seed() const { return seed_; }
  /// The secret text form.
  std::string secret_text() const;

 private:
  SigningKey(std::string name, NoteKeyKind kind, const Ed25519Seed& seed);

  VerifierKey verifier_;
  Ed25519Seed seed_;
};

}  // namespace duenotice::evidence
