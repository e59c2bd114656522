#include "gateway/app/recorded_bytes.hpp"

#include "gateway/app/exit_codes.hpp"

namespace duenotice::app {

int print_recorded(const Terminal& terminal, const std::string& bytes, const Digest& recorded,
                   bool digest_only, const Sentence& what) {
  const Digest found = sha256(bytes);
  if (found != recorded)
    return terminal.fail({ErrorKind::broken, "the journal is damaged: these bytes have SHA-256 " +
                                                 found.hex() + ", recorded is " + recorded.hex()});
  if (digest_only) {
    terminal.out << recorded.hex() << "  -\n";
  } else {
    terminal.out << bytes;
    terminal.err << "sha256 " << recorded.hex() << "\n";
  }
  terminal.err << visible(say(terminal.language, what)) << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
