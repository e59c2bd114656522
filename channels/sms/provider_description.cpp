#include "channels/sms/provider_description.hpp"

#include <algorithm>
#include <array>

#include "channels/server_url.hpp"
#include "gateway/base/table_reader.hpp"
#include "gateway/base/toml_document.hpp"

namespace duenotice::channels {
namespace {

constexpr std::array<std::string_view, 7> all_places{"to",     "to_digits", "text",  "id",
                                                     "sender", "username",  "secret"};

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

class Reader {
 public:
  Reader(const TomlNode& document, Findings& findings) : document_(document), findings_(findings) {}

  ProviderDescription read() {
    TableReader top(document_, "", findings_);
    out_.name = top.text("name");
    if (const TomlNode* request = top.table("request", true)) read_request(*request);
    if (const TomlNode* answer = top.table("answer", true)) read_answer(*answer);
    const TomlNode* replies = top.need("reply");
    const auto* list = replies != nullptr ? replies->as<TomlNode::List>() : nullptr;
    if (replies != nullptr && list == nullptr) top.wrong_type("reply", *replies, "tables [[reply]]");
    if (list != nullptr) read_replies(*list);
    top.refuse_unknown_keys();
    return std::move(out_);
  }

 private:
  void read_request(const TomlNode& node) {
    TableReader table(node, "[request]", findings_);
    out_.method = table.text("method");
    if (out_.method != "GET" && out_.method != "POST" && out_.method != "PUT" && !out_.method.empty())
      table.fault("method", *table.find("method"), "must be GET, POST or PUT");
    out_.url = table.text("url");
    if (!out_.url.empty()) check_url(table);
    if (const auto login = table.optional_text("login")) {
      out_.basic_login = *login == "basic";
      if (!out_.basic_login) table.fault("login", *table.find("login"), "must be \"basic\"");
    }
    read_fields(table, "headers", out_.headers);
    read_fields(table, "query", out_.query);
    read_fields(table, "form", out_.form);
    if (const TomlNode* json = table.table("json", false)) out_.json = json_of(*json, 0);
    if (!out_.form.empty() && out_.json) table.fault("json", node, "and 'form' exclude each other");
    if (out_.method == "GET" && (out_.json || !out_.form.empty()))
      table.fault("method", *table.find("method"), "GET has no body; use [request.query]");
    if (!has_to_) findings_.add(node.line, "no place in [request] has {to}: nobody would get the message");
    if (!has_text_) findings_.add(node.line, "no place in [request] has {text}: the message would be empty");
    table.refuse_unknown_keys();
  }

  void check_url(TableReader& table) {
    const TomlNode& node = *table.find("url");
    check_places(out_.url, node, {"to", "to_digits", "id", "sender", "username"}, "the url");
    std::string plain = out_.url;
    for (char& c : plain) {
      if (c == '{' || c == '}') c = 'x';
    }
    const std::size_t host = out_.url.find("://");
    const std::string_view authority =
        host == std::string::npos ? ""
                                  : std::string_view(out_.url).substr(host + 3, out_.url.find('/', host + 3));
    if (!plain.starts_with("https://") && !plain.starts_with("http://127.0.0.1:"))
      table.fault("url", node, "must start with https:// (http:// only for 127.0.0.1)");
    else if (!is_server_url(plain))
      table.fault("url", node, "is no url without user, query and fragment; use [request.query]");
    else if (authority.substr(0, authority.find('/')).find('{') != std::string_view::npos)
      table.fault("url", node, "must not have a place in its host");
  }

  void read_fields(TableReader& table, std::string_view key,
                   std::vector<std::pair<std::string, PlaceText>>& fields) {
    const TomlNode* node = table.table(key, false);
    if (node == nullptr) return;
    const std::string where = "[request." + std::string(key) + "]";
    TableReader inner(*node, where, findings_);
    for (const auto& [name, value] : *node->as<TomlNode::Table>()) {
      const std::string text = inner.text(name);
      const bool header = key == "headers";
      if (header && (!is_token(name) || !is_one_line(text)))
        inner.fault(name, value, "must be a header's name and one line of text");
      if (header && (name == "Content-Length" || name == "Transfer-Encoding" || name == "Host"))
        inner.fault(name, value, "is set by the gateway");
      if (header)
        check_places(text, value, {"to", "to_digits", "id", "sender", "username", "secret"}, "a header");
      else
        check_places(text, value, {all_places.begin(), all_places.end()}, where);
      fields.emplace_back(name, text);
    }
  }

  Json json_of(const TomlNode& node, int depth) {
    if (depth > max_depth) {
      findings_.add(node.line, "[request.json] is nested too deeply");
    } else if (const auto* table = node.as<TomlNode::Table>()) {
      Json object = Json::object();
      for (const auto& [key, value] : *table) {
        if (key.find_first_of("{}") != std::string::npos)
          findings_.add(value.key_line, "a key of [request.json] must not have a place");
        object[key] = json_of(value, depth + 1);
      }
      return object;
    } else if (const auto* list = node.as<TomlNode::List>()) {
      Json array = Json::array();
      for (const TomlNode& value : *list) array.push_back(json_of(value, depth + 1));
      return array;
    } else if (const auto* text = node.as<std::string>()) {
      check_places(*text, node, {all_places.begin(), all_places.end()}, "[request.json]");
      return Json(*text);
    } else if (const auto* number = node.as<std::int64_t>()) {
      return Json(*number);
    } else if (const bool* flag = node.as<bool>()) {
      return Json(*flag);
    } else {
      findings_.add(node.line,
                    "[request.json] may hold texts, whole numbers, true, false, lists and tables, "
                    "not " +
                        std::string(node.type()));
    }
    return Json();
  }

  void check_places(std::string_view text, const TomlNode& node, const std::vector<std::string_view>& allowed,
                    std::string_view where) {
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
      const std::size_t close = text.find('}', open);
      const std::string_view name =
          close == std::string_view::npos ? "" : text.substr(open + 1, close - open - 1);
      const bool known = std::find(all_places.begin(), all_places.end(), name) != all_places.end();
      if (!known) {
        findings_.add(node.line, "'{" + std::string(name) +
                                     "}' is no place; there are {to}, {to_digits}, {text}, "
                                     "{id}, {sender}, {username} and {secret}");
        return;
      }
      if (std::find(allowed.begin(), allowed.end(), name) == allowed.end())
        findings_.add(node.line, "{" + std::string(name) + "} must not stand in " + std::string(where));
      has_to_ = has_to_ || name == "to" || name == "to_digits";
      has_text_ = has_text_ || name == "text";
      out_.needs_secret = out_.needs_secret || name == "secret";
      out_.needs_sender = out_.needs_sender || name == "sender";
    }
  }

  std::optional<AnswerPlace> place_of(TableReader& table, std::string_view key, bool needed) {
    const TomlNode* node = table.table(key, needed);
    if (node == nullptr) return std::nullopt;
    TableReader inner(*node, "'" + std::string(key) + "'", findings_);
    auto place = place_in(inner, *node);
    inner.refuse_unknown_keys();
    return place;
  }

  AnswerPlace place_in(TableReader& table, const TomlNode& node) {
    AnswerPlace place;
    if (const auto pointer = table.optional_text("json")) {
      place.pointer = *pointer;
      if (!place.pointer.starts_with('/'))
        table.fault("json", *table.find("json"), "must be a JSON pointer such as \"/data/id\"");
    }
    if (const auto header = table.optional_text("header")) {
      place.header = *header;
      std::transform(place.header.begin(), place.header.end(), place.header.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    }
    if (place.pointer.empty() == place.header.empty())
      findings_.add(node.line, "name either 'json' (a pointer) or 'header'");
    return place;
  }

  void read_answer(const TomlNode& node) {
    TableReader table(node, "[answer]", findings_);
    if (auto place = place_of(table, "message_id", true)) out_.message_id = std::move(*place);
    out_.code = place_of(table, "code", false);
    table.refuse_unknown_keys();
  }

  void read_replies(const TomlNode::List& list) {
    bool accepts = false;
    for (const TomlNode& node : list) {
      if (node.as<TomlNode::Table>() == nullptr) {
        findings_.add(node.line, "'reply' must be tables [[reply]]");
        continue;
      }
      out_.replies.push_back(rule_of(node));
      accepts = accepts || out_.replies.back().means == Outcome::sent;
    }
    if (!accepts)
      findings_.add(document_.line, "no [[reply]] means \"accepted\": nothing would ever be sent");
  }

  ReplyRule rule_of(const TomlNode& node) {
    ReplyRule rule;
    TableReader table(node, "[[reply]]", findings_);
    if (const TomlNode* status = table.find("status")) read_status(table, *status, rule);
    if (const TomlNode* where = table.table("where", false)) {
      TableReader condition(*where, "'where'", findings_);
      AnswerPlace place = place_in(condition, *where);
      rule.conditions.emplace_back(std::move(place), expected_in(condition, *where));
      condition.refuse_unknown_keys();
    }
    const std::string means = table.text("means");
    if (means == "accepted") rule.means = Outcome::sent;
    if (means == "transient") rule.means = Outcome::transient_failure;
    if (means == "permanent") rule.means = Outcome::permanent_failure;
    if (rule.means == Outcome::unknown && !means.empty())
      table.fault("means", *table.find("means"), "must be \"accepted\", \"transient\" or \"permanent\"");
    if (table.find("provider_fault") != nullptr) rule.provider_fault = table.flag("provider_fault");
    if (table.find("status") == nullptr && rule.conditions.empty())
      findings_.add(node.line, "a [[reply]] without 'status' and 'where' would match everything");
    const bool success = std::all_of(rule.statuses.begin(), rule.statuses.end(), [](const auto& range) {
      return range.first >= 200 && range.second <= 299;
    });
    if (rule.means == Outcome::sent && (rule.statuses.empty() || !success))
      findings_.add(node.line, "an acceptance must name a 'status' from 200 to 299");
    table.refuse_unknown_keys();
    return rule;
  }

  void read_status(TableReader& table, const TomlNode& node, ReplyRule& rule) {
    std::vector<const TomlNode*> nodes{&node};
    if (const auto* list = node.as<TomlNode::List>()) {
      nodes.clear();
      for (const TomlNode& each : *list) nodes.push_back(&each);
    }
    for (const TomlNode* each : nodes) {
      const auto* number = each->as<std::int64_t>();
      const auto* text = each->as<std::string>();
      const bool whole_class = text != nullptr && text->size() == 3 && text->ends_with("xx") &&
                               text->front() >= '2' && text->front() <= '5';
      if (number != nullptr && *number >= 200 && *number <= 599) {
        rule.statuses.emplace_back(static_cast<int>(*number), static_cast<int>(*number));
      } else if (whole_class) {
        const int first = (text->front() - '0') * 100;
        rule.statuses.emplace_back(first, first + 99);
      } else {
        table.fault("status", *each,
                    "must be a number from 200 to 599, \"2xx\" to \"5xx\", or a list of these");
      }
    }
    if (nodes.empty()) table.fault("status", node, "must not be empty");
  }

  Expected expected_in(TableReader& table, const TomlNode& node) {
    Expected expected;
    int kinds = 0;
    for (const char* key : {"equals", "prefix"}) {
      const TomlNode* value = table.find(key);
      if (value == nullptr) continue;
      ++kinds;
      expected.prefix = std::string_view(key) == "prefix";
      expected.values.push_back(scalar_text(table, key, *value));
    }
    if (const TomlNode* several = table.find("one_of")) {
      ++kinds;
      const auto* list = several->as<TomlNode::List>();
      if (list == nullptr || list->empty()) table.wrong_type("one_of", *several, "a list that is not empty");
      for (const TomlNode& each : list != nullptr ? *list : TomlNode::List())
        expected.values.push_back(scalar_text(table, "one_of", each));
    }
    if (kinds != 1) findings_.add(node.line, "'where' needs one of 'equals', 'prefix' and 'one_of'");
    return expected;
  }

  std::string scalar_text(TableReader& table, std::string_view key, const TomlNode& node) {
    if (const auto* text = node.as<std::string>()) {
      if (text->empty()) table.fault(key, node, "must not be empty");
      return *text;
    }
    if (const auto* number = node.as<std::int64_t>()) return std::to_string(*number);
    if (const bool* flag = node.as<bool>()) return *flag ? "true" : "false";
    table.wrong_type(key, node, "text, a whole number, true or false");
    return {};
  }

  static constexpr int max_depth = 8;
  const TomlNode& document_;
  Findings& findings_;
  ProviderDescription out_;
  bool has_to_ = false;
  bool has_text_ = false;
};

}  // namespace

Result<ProviderDescription, std::vector<Mistake>> read_provider_description(const std::filesystem::path& file,
                                                                            std::string_view content) {
  Findings findings(file);
  const auto document = parse_toml(content);
  if (!document) {
    findings.add(document.error().line, "not TOML: " + document.error().message);
    return findings.mistakes();
  }
  ProviderDescription description = Reader(*document, findings).read();
  if (!findings.none()) return findings.mistakes();
  return description;
}

}  // namespace duenotice::channels
