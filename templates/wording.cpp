#include "templates/wording.hpp"

#include <algorithm>
#include <array>

namespace duenotice::templates {
namespace {

enum class Form { international, english, chinese };

Form form_of(std::string_view language) {
  if (language == "en" || language.starts_with("en-")) return Form::english;
  if (language == "zh" || language == "zh-CN" || language == "zh-SG" || language.starts_with("zh-Hans")) {
    return Form::chinese;
  }
  return Form::international;
}

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

// ISO 4217 lists; every other currency in use has two decimals.
constexpr std::array<std::string_view, 16> without_decimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                            "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                            "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> with_three{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

std::string zone_in_words(Form form, const TimeZone& zone) {
  const bool beijing = zone.name() == "Asia/Shanghai";
  switch (form) {
    case Form::english:
      if (beijing) return "Beijing time, UTC+8";
      return zone.name() == "UTC" ? zone.name() : zone.name() + " time";
    case Form::chinese:
      return beijing ? "北京时间" : zone.name() + " 时间";
    case Form::international:
      break;
  }
  return zone.name();
}

std::string grouped_digits(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string date_in_words(CalendarDate date, std::string_view language, const TimeZone& zone) {
  const std::chrono::year_month_day ymd(date);
  const std::string year = std::to_string(static_cast<int>(ymd.year()));
  const unsigned month = static_cast<unsigned>(ymd.month());
  const std::string day = std::to_string(static_cast<unsigned>(ymd.day()));
  const Form form = form_of(language);
  const std::string named = zone_in_words(form, zone);
  if (form == Form::english)
    return day + " " + std::string(months.at(month - 1)) + " " + year + " (" + named + ")";
  if (form == Form::chinese) return year + "年" + std::to_string(month) + "月" + day + "日（" + named + "）";
  return to_text(date) + " (" + named + ")";
}

std::string money_in_words(std::string_view amount, std::string_view currency, std::string_view language) {
  const std::size_t point = std::min(amount.find('.'), amount.size());
  std::string decimals(amount.substr(std::min(point + 1, amount.size())));
  decimals.resize(std::max(decimals.size(), currency_decimals(currency)), '0');
  std::string number = grouped_digits(amount.substr(0, point));
  if (!decimals.empty()) number += "." + decimals;
  if (form_of(language) == Form::chinese && currency == "CNY") return "人民币 " + number + " 元（CNY）";
  return std::string(currency) + " " + number;
}

std::string grouped(std::int64_t number) {
  const std::string digits = std::to_string(number);
  if (number < 0) return "-" + grouped_digits(std::string_view(digits).substr(1));
  return grouped_digits(digits);
}

std::size_t currency_decimals(std::string_view currency) {
  if (std::ranges::find(without_decimals, currency) != without_decimals.end()) return 0;
  return std::ranges::find(with_three, currency) != with_three.end() ? 3 : 2;
}

}  // namespace duenotice::templates
