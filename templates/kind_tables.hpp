#pragma once
#include <string>
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/table_reader.hpp"

/// The tables that stand under a kind in agreement.toml and refer to its variables.

namespace duenotice::templates {

/// `[kind.NAME.dates]`, what must hold between the kind's dates. `reader` is of `[kind.NAME]`, whose
/// variables are read already.
///
///     appeal_until = { not_before = "sending" }
///     data_export_until = { not_before = "sending", before = "effective_date" }
void read_dates(TableReader& reader, Kind& kind, Findings& findings);

/// `[kind.NAME.choices.VARIABLE]` for each variable of type choice: its words, and what stands for them in
/// each language.
///
///     upheld = { zh-CN = "申诉成立", en = "your appeal is upheld" }
void read_choices(TableReader& reader, Kind& kind, const std::vector<std::string>& languages,
                  Findings& findings);

}  // namespace duenotice::templates
