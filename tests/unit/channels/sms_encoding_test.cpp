#include "channels/sms/sms_encoding.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace duenotice::channels;

namespace {

std::string times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

SmsSize gsm7(int units, int segments) { return {SmsEncoding::gsm7, units, segments}; }
SmsSize ucs2(int units, int segments) { return {SmsEncoding::ucs2, units, segments}; }

}  // namespace

TEST_CASE("what the GSM alphabet holds is GSM-7, one foreign character makes all of it UCS-2") {
  CHECK(measure_sms("") == gsm7(0, 1));
  CHECK(measure_sms("Hello, @ £ ¥ Ω é ß\n¿?") == gsm7(21, 1));
  CHECK(measure_sms("ab€") == gsm7(4, 1));
  CHECK(measure_sms("^{}\\[~]|€\f") == gsm7(20, 1));
  CHECK(measure_sms("您好") == ucs2(2, 1));
  CHECK(measure_sms("plain but for one `") == ucs2(19, 1));
  CHECK(measure_sms("tab\t") == ucs2(4, 1));
  CHECK(measure_sms("ç") == ucs2(1, 1));
  CHECK(measure_sms("😀") == ucs2(2, 1));
}

TEST_CASE("GSM-7 has 160 septets alone and 153 in each part") {
  CHECK(measure_sms(times(160, "x")) == gsm7(160, 1));
  CHECK(measure_sms(times(161, "x")) == gsm7(161, 2));
  CHECK(measure_sms(times(306, "x")) == gsm7(306, 2));
  CHECK(measure_sms(times(307, "x")) == gsm7(307, 3));
  CHECK(measure_sms(times(1530, "x")) == gsm7(1530, 10));
  CHECK(measure_sms(times(1531, "x")) == gsm7(1531, 11));
}

TEST_CASE("an escape and its character stay together") {
  CHECK(measure_sms(times(80, "€")) == gsm7(160, 1));
  // 152 characters and half a euro would fill the first part.
  CHECK(measure_sms(times(152, "x") + "€" + times(152, "x")) == gsm7(306, 3));
  CHECK(measure_sms(times(151, "x") + "€" + times(153, "x")) == gsm7(306, 2));
  CHECK(measure_sms(times(153, "€")) == gsm7(306, 3));
}

TEST_CASE("UCS-2 has 70 code units alone and 67 in each part") {
  CHECK(measure_sms(times(70, "好")) == ucs2(70, 1));
  CHECK(measure_sms(times(71, "好")) == ucs2(71, 2));
  CHECK(measure_sms(times(134, "好")) == ucs2(134, 2));
  CHECK(measure_sms(times(135, "好")) == ucs2(135, 3));
  CHECK(measure_sms(times(670, "好")) == ucs2(670, 10));
  CHECK(measure_sms(times(671, "好")) == ucs2(671, 11));
}

TEST_CASE("a surrogate pair stays together") {
  CHECK(measure_sms(times(35, "😀")) == ucs2(70, 1));
  CHECK(measure_sms(times(66, "好") + "😀" + times(66, "好")) == ucs2(134, 3));
  CHECK(measure_sms(times(65, "好") + "😀" + times(67, "好")) == ucs2(134, 2));
}
