#pragma once
#include <string>

#include "gateway/app/arguments.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/journal/audit.hpp"

/// What `audit` and `export` were asked, as a filter of the journal and back in words, so that an answer can
/// say what it is the answer to. Addresses are masked unless they may be shown.

namespace duenotice::app {

/// `invalid` with a sentence for the first word that is none.
Result<AuditFilter> make_audit_filter(const AuditFilterArguments& arguments);

/// `notices of account acct-1, with a legal date up to 2026-06-30`
std::string in_words(Language language, const AuditFilter& filter, bool unmasked);
/// Every filter with its value or null. Stable keys.
Json audit_filter_json(const AuditFilter& filter, bool unmasked);

}  // namespace duenotice::app
