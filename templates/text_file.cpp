#include "templates/text_file.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/lines.hpp"

namespace duenotice::templates {
namespace {

constexpr std::array<std::string_view, 3> email_parts{"subject", "text", "html"};
constexpr std::array<std::string_view, 2> in_site_parts{"title", "text"};
constexpr std::array<std::string_view, 1> sms_parts{"text"};

struct RawPart {
  std::string name;
  int header_line = 0;
  std::vector<std::string> lines;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<RawPart> raw_parts(std::string_view content, Findings& findings) {
  std::vector<RawPart> parts;
  bool told = false;
  int number = 0;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = without_line_end(content.substr(0, end));
    content.remove_prefix(std::min(end + 1, content.size()));
    ++number;
    if (line.starts_with("===")) {
      const std::size_t at = line.find_first_not_of(" ", 3);
      parts.push_back({at == std::string_view::npos ? "" : std::string(line.substr(at)), number, {}});
    } else if (!parts.empty()) {
      parts.back().lines.emplace_back(line);
    } else if (!is_blank(line) && !told) {
      findings.add(number, "text before the first part; start with a line such as '=== text'");
      told = true;
    }
  }
  return parts;
}

Part trimmed(RawPart raw, bool one_line) {
  auto& lines = raw.lines;
  int line = raw.header_line + 1;
  while (!lines.empty() && is_blank(lines.front())) {
    lines.erase(lines.begin());
    ++line;
  }
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  Part part{std::move(raw.name), line, ""};
  for (const std::string& each : lines) {
    part.body += each;
    part.body += '\n';
  }
  if (one_line && !part.body.empty()) part.body.pop_back();
  return part;
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) out += (out.empty() ? "'" : ", '") + std::string(name) + "'";
  return out;
}

}  // namespace

std::span<const std::string_view> part_names(Channel channel) {
  switch (channel) {
    case Channel::email:
      return email_parts;
    case Channel::in_site:
      return in_site_parts;
    case Channel::sms:
      return sms_parts;
  }
  return {};
}

std::string_view headline_name(Channel channel) {
  return channel == Channel::sms ? std::string_view() : part_names(channel).front();
}

std::string text_file_name(std::string_view kind, Channel channel, std::string_view language) {
  return std::string(kind) + "." + std::string(to_text(channel)) + "." + std::string(language) + ".txt";
}

std::vector<Part> split_text_file(std::string_view content, Channel channel, Findings& findings) {
  if (const int line = first_line_not_utf8(content); line > 0) {
    findings.add(line, "is not UTF-8");
    return {};
  }
  const auto names = part_names(channel);
  std::vector<Part> parts;
  for (RawPart& raw : raw_parts(content, findings)) {
    const int header = raw.header_line;
    const bool repeated = std::ranges::any_of(parts, [&](const Part& p) { return p.name == raw.name; });
    if (std::ranges::find(names, raw.name) == names.end()) {
      findings.add(header, "'" + raw.name + "' is no part of this text; its parts are " + listed(names));
      continue;
    }
    if (repeated) {
      findings.add(header, "the part '" + raw.name + "' is there twice");
      continue;
    }
    const bool one_line = raw.name == headline_name(channel) || channel == Channel::sms;
    Part part = trimmed(std::move(raw), one_line);
    if (part.body.empty()) {
      findings.add(header, "the part '" + part.name + "' is empty");
    } else if (one_line && part.body.find('\n') != std::string::npos) {
      findings.add(part.line + 1, "the part '" + part.name + "' must be one line");
    }
    parts.push_back(std::move(part));
  }
  for (const std::string_view name : names) {
    const bool there = std::ranges::any_of(parts, [&](const Part& p) { return p.name == name; });
    if (!there) findings.add(last_line(content), "the part '" + std::string(name) + "' is missing");
  }
  return parts;
}

}  // namespace duenotice::templates
