#pragma once
#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::app {

/// The files of gateway/app/bundle, which stand in every bundle as they are: README.txt and verify.sh.
evidence::NamedFiles bundle_texts();

}  // namespace duenotice::app
