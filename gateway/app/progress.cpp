#include "gateway/app/progress.hpp"

#include <algorithm>

namespace duenotice::app {

namespace {

constexpr std::size_t bar_cells = 30;
constexpr std::chrono::milliseconds redraw_after{100};

}  // namespace

std::string Progress::bar(std::uint64_t done, std::uint64_t total, std::int64_t count,
                          const std::string& noun, Language language) {
  const std::string counted =
      say(language, Sentence("{0} " + noun + (count == 1 ? "" : "s"), {std::to_string(count)}));
  if (total == 0) return counted;
  const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const auto cells = static_cast<std::size_t>(part * static_cast<double>(bar_cells));
  const std::string percent = std::to_string(static_cast<int>(part * 100));
  return "[" + std::string(cells, '#') + std::string(bar_cells - cells, '.') + "] " +
         std::string(3 - percent.size(), ' ') + percent + "%  " + counted;
}

void Progress::show(std::uint64_t done, std::int64_t count) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_.err_is_terminal || (drawn_ && now - drawn_at_ < redraw_after)) return;
  drawn_ = true;
  drawn_at_ = now;
  terminal_.err << "\r\x1b[K" << bar(done, total_, count, noun_, terminal_.language) << std::flush;
}

void Progress::clear() {
  if (drawn_) terminal_.err << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

}  // namespace duenotice::app
