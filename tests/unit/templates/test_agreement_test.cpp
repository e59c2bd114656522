#include <unistd.h>

#include <fstream>

#include "tests/unit/templates/rendering.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

namespace fs = std::filesystem;

const Agreement& test_agreement(const Library& library) {
  const Agreement* agreement = library.agreements().version("test-agreement", "2024-01-01");
  REQUIRE(agreement != nullptr);
  return *agreement;
}

/// A copy of the test agreements that a test may spoil.
class Copy {
 public:
  Copy() {
    std::string pattern = (fs::temp_directory_path() / "templates-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    fs::copy(std::string(SOURCE_DIR) + "/tests/support/agreements", folder, fs::copy_options::recursive);
  }
  ~Copy() { fs::remove_all(folder); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  void append(const std::string& file, const std::string& text) const {
    std::ofstream out(folder / "test-agreement/2024-01-01" / file, std::ios::app | std::ios::binary);
    out << text;
    REQUIRE(out.flush().good());
  }

  fs::path folder;
};

}  // namespace

TEST_CASE("the test agreement has what the shipped ones do not use") {
  const auto library = for_tests();
  const Agreement& agreement = test_agreement(*library);
  CHECK(agreement.time_zone.name() == "America/New_York");
  const auto& kinds = agreement.kinds;
  CHECK(kinds.at("any_move").lead_days == 7);
  CHECK(kinds.at("any_move").late == LatePolicy::move);
  CHECK(kinds.at("all_hold").required == Required{Required::Rule::all, 1});
  CHECK(kinds.at("all_hold").late == LatePolicy::hold);
  CHECK(kinds.at("two_of").required == Required{Required::Rule::number, 2});
  CHECK(kinds.at("one_after_another").strategy == Strategy::in_order);
  CHECK_FALSE(kinds.at("plain").lead_days);
  CHECK(kinds.at("email_copy").copies == std::vector{Channel::in_site});
}

TEST_CASE("the later version of an agreement is in force from its first day in its own zone") {
  const auto library = for_tests();
  const auto version_at = [&](const char* instant) {
    return library->agreements().in_force("test-agreement", parse_instant(instant).value())->version;
  };
  CHECK(version_at("2099-01-01T04:59:59.999Z") == "2024-01-01");
  CHECK(version_at("2099-01-01T05:00:00Z") == "2099-01-01");
}

TEST_CASE("every kind renders on each of its channels in each language") {
  const auto library = for_tests();
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const std::string& language : agreement.languages) {
        for (const Channel channel : all_channels(kind)) {
          const Sample sample(agreement, kind, language, channel);
          const Words words = words_of(*library, sample.input);
          INFO(words.text);
          CHECK(has(words.text, "value of summary"));
          CHECK(has(words.text, language == "en" ? "31 March 2026 (America/New_York time)"
                                                 : "2026年3月31日（America/New_York 时间）"));
        }
      }
    }
  }
}

TEST_CASE("a recipient without a name is called what the agreement calls them") {
  const auto library = for_tests();
  const Agreement& agreement = test_agreement(*library);
  Sample sample(agreement, agreement.kinds.at("plain"), "en", Channel::email);
  sample.input.recipient_name.clear();
  CHECK(has(words_of(*library, sample.input).text, "Dear customer,"));
}

TEST_CASE("what would leave a blank is a rejection") {
  const auto library = for_tests();
  const Agreement& agreement = test_agreement(*library);

  Sample no_account(agreement, agreement.kinds.at("plain"), "en", Channel::email);
  no_account.input.account_id.clear();
  CHECK(library->render(no_account.input).error().code == RejectionCode::missing_field);

  Sample no_date(agreement, agreement.kinds.at("any_move"), "en", Channel::email);
  no_date.input.effective_date.reset();
  CHECK(library->render(no_date.input).error().code == RejectionCode::effective_date_missing);
  CHECK(library->render(no_date.input).error().pointer == "/effective_date");

  Sample no_variable(agreement, agreement.kinds.at("plain"), "en", Channel::email);
  no_variable.variables = Json::object();
  CHECK(library->render(no_variable.input).error().code == RejectionCode::missing_variable);

  const Sample no_language(agreement, agreement.kinds.at("plain"), "fr", Channel::email);
  CHECK(library->render(no_language.input).error().code == RejectionCode::unsupported_locale);

  const Sample no_channel(agreement, agreement.kinds.at("plain"), "en", Channel::in_site);
  CHECK(library->render(no_channel.input).error().code == RejectionCode::channel_not_allowed);
}

TEST_CASE("digests follow the bytes: of the text that is used, and of the whole version") {
  const Copy copy;
  const Loaded before = load_library(copy.folder);
  copy.append("plain.email.en.txt", "<!doctype html>\n");
  const Loaded after = load_library(copy.folder);
  REQUIRE(before.library != nullptr);
  REQUIRE(after.library != nullptr);
  const auto template_digest = [](const Library& library, const std::string& language) {
    const Agreement& agreement = test_agreement(library);
    const Sample sample(agreement, agreement.kinds.at("plain"), language, Channel::email);
    return words_of(library, sample.input).template_digest;
  };
  CHECK(template_digest(*before.library, "en") != template_digest(*after.library, "en"));
  CHECK(template_digest(*before.library, "zh-CN") == template_digest(*after.library, "zh-CN"));
  CHECK(test_agreement(*before.library).digest != test_agreement(*after.library).digest);
  const auto digest_of_other = [](const Library& library) {
    return library.agreements().version("test-agreement", "2099-01-01")->digest;
  };
  CHECK(digest_of_other(*before.library) == digest_of_other(*after.library));
  CHECK(digest_of_other(*before.library) != Digest{});
}

TEST_CASE("a file that is too large is a mistake") {
  const Copy copy;
  copy.append("plain.email.en.txt", std::string(300 * 1024, ' '));
  const Loaded loaded = load_library(copy.folder);
  REQUIRE(loaded.mistakes.size() == 1);
  CHECK(loaded.mistakes.front().file.filename() == "plain.email.en.txt");
  CHECK(loaded.library == nullptr);
}

TEST_CASE("line ends of another system change nothing that a reader sees") {
  const Copy copy;
  const fs::path file = copy.folder / "test-agreement/2024-01-01/plain.email.en.txt";
  std::ifstream in(file, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::string crlf;
  for (const char c : content) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  std::ofstream(file, std::ios::binary) << crlf;
  const auto original = for_tests();
  const Loaded loaded = load_library(copy.folder);
  REQUIRE(loaded.library != nullptr);
  const Agreement& agreement = test_agreement(*original);
  const Sample sample(agreement, agreement.kinds.at("plain"), "en", Channel::email);
  CHECK(words_of(*loaded.library, sample.input).text == words_of(*original, sample.input).text);
  CHECK(words_of(*loaded.library, sample.input).html == words_of(*original, sample.input).html);
}
