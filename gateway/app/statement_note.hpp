#pragma once
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/seal_store.hpp"

/// A daily statement as it is signed and read (gateway/evidence/FORMAT.md).

namespace duenotice::app {

std::string sign_statement(const Json& statement, const evidence::SigningKey& log_key);
/// `invalid` when this log has not signed it.
Result<Json> read_statement(std::string_view note, const evidence::VerifierKey& log_key);

/// Its member `seals`.
Json seals_json(const evidence::SealRecord& record);

}  // namespace duenotice::app
