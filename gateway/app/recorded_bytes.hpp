#pragma once
#include <string>

#include "gateway/app/phrases.hpp"
#include "gateway/app/terminal.hpp"
#include "gateway/base/digest.hpp"

namespace duenotice::app {

/// Gives stored bytes back: exactly these on `out`, or with `digest_only` their recorded SHA-256 as
/// `sha256sum
/// --check` reads it; on `err` the same and what they are. Bytes that have not the recorded digest are
/// `broken` and not given. Returns the exit code.
int print_recorded(const Terminal& terminal, const std::string& bytes, const Digest& recorded,
                   bool digest_only, const Sentence& what);

}  // namespace duenotice::app
