#include "gateway/app/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace duenotice::app {

Result<QrCode> make_qr_code(std::string_view bytes) {
  const Error unfit{ErrorKind::invalid,
                    "a QR code cannot hold these " + std::to_string(bytes.size()) + " bytes"};
  if (bytes.empty()) return unfit;
  constexpr int smallest_version = 0;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeData(static_cast<int>(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
                        smallest_version, QR_ECLEVEL_M),
      QRcode_free);
  if (!made) return unfit;
  QrCode code{.width = static_cast<std::size_t>(made->width), .dark = {}};
  for (std::size_t i = 0; i < code.width * code.width; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  return code;
}

}  // namespace duenotice::app
