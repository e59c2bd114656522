/// Fontconfig, Cairo and Pango keep what they have read of the fonts until the process ends, which is no leak
/// of ours, and Pango reads them in a thread of its own, whose locks ThreadSanitizer does not see because
/// those libraries are not built for it. What this program holds of them stands in owners that release it,
/// and it is drawn on one thread.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT: the name is the sanitizer's
  return "leak:libfontconfig.so\nleak:libcairo.so\nleak:libpango\n";
}

extern "C" const char* __tsan_default_suppressions() {  // NOLINT: the name is the sanitizer's
  return "race:libfontconfig.so\nrace:libpango\nrace:libcairo.so\nrace:libglib-2.0.so\n";
}
