#include "gateway/app/journal_access.hpp"

#include <cstdlib>

#include "gateway/app/data_folders.hpp"

namespace duenotice::app {

MasterKeySource master_keys_of(const JournalSettings& settings) {
  if (!settings.master_key.value.empty()) return {.text = settings.master_key.value, .file = {}};
  if (settings.master_key.file) return {.text = {}, .file = *settings.master_key.file};
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) {
    const std::filesystem::path file = std::filesystem::path(folder) / "master.key";
    if (std::error_code ignored; std::filesystem::exists(file, ignored)) return {.text = {}, .file = file};
  }
  return {};
}

namespace {

/// SQLite needs those beside it too, where they exist.
Status may_read_journal(const JournalSettings& settings) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    if (const Status right = may_read(settings.path.string() + suffix); !right) return right.error();
  }
  return Done{};
}

}  // namespace

Result<Completeness> open_completeness(const JournalSettings& settings) {
  if (const Status right = may_read_journal(settings); !right) return right.error();
  return Completeness::open(settings.path);
}

Result<std::unique_ptr<JournalReader>> open_journal(const JournalSettings& settings) {
  if (const Status right = may_read_journal(settings); !right) return right.error();
  return open_journal_reader(settings.path, master_keys_of(settings));
}

void say_what_is_sealed(const Terminal& terminal, JournalReader& reader) {
  const auto why = reader.cannot_show();
  if (why && !why->empty()) terminal.complain(say_text(terminal.language, *why));
}

}  // namespace duenotice::app
