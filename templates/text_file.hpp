#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/notice/channel.hpp"
#include "gateway/base/findings.hpp"

/// One text file holds the words of one kind, channel and language. Lines that start with `===` introduce its
/// parts:
///
///     === subject
///     Your funds are frozen
///     === text
///     Dear {{recipient_name}}, …
///     === html
///     <!doctype html>…

namespace duenotice::templates {

struct Part {
  std::string name;
  int line = 0;  ///< of the first line of `body`
  /// Without blank lines around it. A headline and an SMS are one line without its end, other parts end with
  /// one.
  std::string body;
};

/// The parts that a text for this channel has, in the order of the file: email `subject`, `text`, `html`;
/// in-site `title`, `text`; SMS `text`.
std::span<const std::string_view> part_names(Channel channel);

/// What the headline of a text for this channel is called; empty where it has none.
std::string_view headline_name(Channel channel);

/// `fund_freeze.email.zh-CN.txt`.
std::string text_file_name(std::string_view kind, Channel channel, std::string_view language);

/// Splits a file. With findings the parts may be incomplete; without, they are exactly those of `part_names`,
/// none of them empty, and what must be one line is one.
std::vector<Part> split_text_file(std::string_view content, Channel channel, Findings& findings);

}  // namespace duenotice::templates
