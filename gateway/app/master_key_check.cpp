#include "gateway/app/master_key_check.hpp"

#include "gateway/app/data_folders.hpp"
#include "gateway/app/journal_access.hpp"

namespace duenotice::app {

namespace {

constexpr const char* check = "master key";

/// Whether others than its owner may read it.
bool is_open_to_others(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto rights = std::filesystem::status(file, ignored).permissions();
  return (rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) !=
         std::filesystem::perms::none;
}

bool lies_beside(const std::filesystem::path& file, const std::filesystem::path& journal) {
  const auto folder = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal().parent_path();
  };
  return folder(file) == folder(journal);
}

}  // namespace

Finding check_master_key(const Configuration& configuration) {
  const JournalSettings& journal = configuration.journal;
  const MasterKeySource source = master_keys_of(journal);
  const std::filesystem::path file = source.file_of(journal.path);
  const auto reader = open_journal(journal);
  if (const Status right = source.text.empty() ? may_read(file) : Status(Done{}); !right)
    return {check, Health::problem, {"{0}", {right.error().message}}};
  const auto keys = read_master_keys(source, journal.path);
  if (!keys && keys.error().kind == ErrorKind::not_found && !reader && source.file.empty())
    return {check, Health::ok, {"the first `duenotice serve` makes one at {0}", {file.string()}}};
  if (!keys) {
    return {check,
            Health::problem,
            {"{0}; put it back from its backup: without it nothing in the journal that is about a person can "
             "be read, and `duenotice serve` does not start",
             {keys.error().message}}};
  }
  const auto cannot = reader ? (*reader)->cannot_show() : Result<std::string>(std::string());
  if (cannot && !cannot->empty()) return {check, Health::problem, {"{0}", {*cannot}}};
  if (!source.text.empty()) return {check, Health::ok, "in the environment"};
  if (is_open_to_others(file)) {
    return {check,
            Health::warning,
            {"others than its owner may read {0}; take that right away (chmod 600)", {file.string()}}};
  }
  if (lies_beside(file, journal.path)) {
    return {check,
            Health::warning,
            {"{0} lies beside the journal, so whoever has a backup of both can read it; move the key to "
             "another disk and name it in [secrets] master_key_file, and back it up apart",
             {file.string()}}};
  }
  return {check, Health::ok, {"in {0}", {file.string()}}};
}

}  // namespace duenotice::app
