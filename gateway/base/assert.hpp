#pragma once

/// Asserts are for our own bugs and stay on in release builds: a gateway that has lost track of itself must
/// stop rather than record something that did not happen.

namespace duenotice {
/// Prints the broken assumption with its place to stderr and aborts.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;
}  // namespace duenotice

#define DN_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::duenotice::assertion_failed(#expression, __FILE__, __LINE__))
