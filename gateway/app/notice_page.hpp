#pragma once
#include "gateway/app/terminal.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Everything about one notice on one readable page: what it is, its legal date and why, the three answers,
/// each delivery with its attempts, its history. Where the gateway must act and `gateway_is_away`, the page
/// says so: nothing happens until it is started.
void print_notice_page(const Terminal& terminal, const NoticeFile& file, bool gateway_is_away = false);

/// How the state of a notice looks: good when nobody need act, bad when an operator must.
Tone tone_of(const Notice& notice);

}  // namespace duenotice::app
