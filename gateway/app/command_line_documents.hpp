#pragma once
#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

/// The words of the commands that make a document about a notice, while they are parsed.
struct DocumentWords {
  CertificateArguments certificate;
};

/// Adds `certificate`.
void add_documents(CLI::App& app, DocumentWords& words, const Chosen& chosen);

}  // namespace duenotice::app
