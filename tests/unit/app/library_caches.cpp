/// Fontconfig, Cairo and Pango keep what they have read of the fonts until the process ends, and offer no way
/// to give it back that another user of them in the process would survive. Their own memory is no leak of
/// ours; what this program holds of them stands in owners that release it.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT: the name is the sanitizer's
  return "leak:libfontconfig.so\nleak:libcairo.so\nleak:libpango\n";
}
