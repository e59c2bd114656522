#pragma once
#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

/// The words of the commands that answer from the whole record, while they are parsed.
struct AuditWords {
  AuditArguments audit;
  ExportArguments export_;
};

void add_audit(CLI::App& app, AuditWords& words, const Chosen& chosen);
void add_export(CLI::App& app, AuditWords& words, const Chosen& chosen);

}  // namespace duenotice::app
