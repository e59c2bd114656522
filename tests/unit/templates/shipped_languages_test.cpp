#include <fstream>
#include <regex>
#include <set>

#include "tests/unit/templates/rendering.hpp"

/// What holds for every text that is shipped, whatever it says.

using namespace duenotice;
using namespace duenotice::templates;

namespace {

std::string source_of(const Agreement& agreement, const std::string& kind, Channel channel,
                      const std::string& language) {
  const std::string file = std::string(SOURCE_DIR) + "/templates/agreements/" + agreement.id + "/" +
                           agreement.version + "/" + kind + "." + std::string(to_text(channel)) + "." +
                           language + ".txt";
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::set<std::string> tags_of(const std::string& source) {
  static const std::regex tag(R"(\{\{([#/]?\w+)\}\})");
  std::set<std::string> tags;
  for (std::sregex_iterator it(source.begin(), source.end(), tag), end; it != end; ++it) {
    tags.insert((*it)[1]);
  }
  return tags;
}

/// Values as people write them, so that whatever looks like a machine's word is the text's own.
Json plain_values(const Kind& kind) {
  Json variables = sample_variables(kind);
  for (const auto& [name, type] : kind.variables) {
    if (type == VariableType::string) variables[name] = "Lorem ipsum";
    if (type == VariableType::url) variables[name] = "https://flashcat.example/page";
  }
  return variables;
}

/// The text between the tags of HTML, in one line.
std::string without_markup(const std::string& html) {
  return std::regex_replace(html, std::regex("(<[^>]*>|\\s)+"), " ");
}

}  // namespace

TEST_CASE("both languages of every text use the same variables") {
  const auto library = shipped();
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const Channel channel : all_channels(kind)) {
        const auto tags = [&](const std::string& language) {
          std::set<std::string> used = tags_of(source_of(agreement, name, channel, language));
          // Chinese writes out what English calls "General Terms 1.2".
          if (kind.clause == "General Terms 1.2") used.erase("clause");
          return used;
        };
        INFO(agreement.id << " " << name << " " << to_text(channel));
        CHECK(tags("zh-CN") == tags("en"));
        CHECK(tags("en").size() > kind.variables.size());
      }
    }
  }
}

TEST_CASE("no text has a blank or a machine's word in it") {
  const auto library = shipped();
  const std::regex machine_word(R"(\{|\}|[a-z0-9]_[a-z0-9]|\b(null|undefined|NaN)\b|:\n *\n|""|“”)");
  std::size_t texts = 0;
  for (const Agreement& agreement : library->agreements().all()) {
    for (const auto& [name, kind] : agreement.kinds) {
      for (const std::string& language : agreement.languages) {
        for (const Channel channel : all_channels(kind)) {
          Sample sample(agreement, kind, language, channel);
          sample.variables = plain_values(kind);
          const Words words = words_of(*library, sample.input);
          for (const std::string& part : {words.subject, words.text, without_markup(words.html)}) {
            ++texts;
            std::smatch found;
            const bool there = std::regex_search(part, found, machine_word);
            INFO(agreement.id << " " << name << " " << language << " " << to_text(channel) << ": "
                              << found.str() << "\n"
                              << part);
            CHECK_FALSE(there);
            CHECK_FALSE(has(part, agreement.id));
          }
        }
      }
    }
  }
  CHECK(texts == 22 * 2 * 3 * 3);
}
