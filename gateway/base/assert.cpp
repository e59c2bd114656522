#include "gateway/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace duenotice {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "duenotice: internal error: %s at %s:%d. This is a bug; please report it.\n",
               expression, file, line);
  std::abort();
}

}  // namespace duenotice
