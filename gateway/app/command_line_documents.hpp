#pragma once
#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

/// The words of the commands that make documents from the record, or check them, while they are parsed.
struct DocumentWords {
  CertificateArguments certificate;
  BundleArguments bundle;
  VerifyArguments verify;
};

/// Adds `certificate`, `bundle` and `verify`.
void add_documents(CLI::App& app, DocumentWords& words, const Chosen& chosen);

}  // namespace duenotice::app
