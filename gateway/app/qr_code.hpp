#pragma once
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

namespace duenotice::app {

/// A QR code (ISO/IEC 18004) as a square of modules without its quiet zone.
struct QrCode {
  std::size_t width = 0;
  std::vector<bool> dark;  ///< row by row, `width` × `width`
};

/// `bytes` in byte mode, error correction level M, in the smallest version that holds them; the same bytes
/// give the same code. `invalid` when they are none or do not fit into one.
Result<QrCode> make_qr_code(std::string_view bytes);

}  // namespace duenotice::app
