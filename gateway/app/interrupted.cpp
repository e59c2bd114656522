#include "gateway/app/interrupted.hpp"

#include <unistd.h>

#include <csignal>

namespace duenotice::app {
namespace {

// A signal handler can reach nothing else.
volatile std::sig_atomic_t interrupted = 0;
void remember(int) { interrupted = 1; }

}  // namespace

Interrupted::Interrupted() {
  interrupted = 0;
  std::signal(SIGINT, remember);
}

Interrupted::~Interrupted() { std::signal(SIGINT, SIG_DFL); }

bool Interrupted::yes() const { return interrupted != 0; }

bool input_is_terminal() { return ::isatty(STDIN_FILENO) == 1; }

}  // namespace duenotice::app
