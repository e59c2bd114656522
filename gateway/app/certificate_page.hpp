#pragma once
#include <string>

#include "gateway/app/certificate.hpp"
#include "gateway/base/result.hpp"

namespace duenotice::app {

/// Draws the certificate as a PDF of one page, A4. The same certificate and the same fonts give the same
/// bytes. `invalid` where it does not fit on one page even in small print; `not_found` where a font is
/// missing, or a character that no font of this machine has: the error names it and the package to install.
Result<std::string> draw_certificate(const Certificate& certificate);

}  // namespace duenotice::app
