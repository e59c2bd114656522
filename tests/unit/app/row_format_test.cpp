#include "gateway/app/row_format.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

std::string row_of(RowFormat format, ValueKind kind, const ExportValue& value) {
  const ExportColumn column{"x", kind, ""};
  std::string out;
  append_row(format, {&column, 1}, {&value, 1}, out);
  return out;
}

/// The cell of a text in CSV, without the line end.
std::string cell(std::string_view text, ValueKind kind = ValueKind::text) {
  const std::string row = row_of(RowFormat::csv, kind, {false, 0, text});
  REQUIRE(row.ends_with("\r\n"));
  return row.substr(0, row.size() - 2);
}

std::string member(std::string_view text, ValueKind kind = ValueKind::text) {
  const auto object = parse_json(row_of(RowFormat::jsonl, kind, {false, 0, text}));
  REQUIRE(object.ok());
  return *object->find("x")->as_string();
}

}  // namespace

TEST_CASE("A cell of CSV is quoted where RFC 4180 wants it, and only there") {
  CHECK(cell("plain text; with ; signs") == "plain text; with ; signs");
  CHECK(cell("") == "");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("say \"yes\"") == "\"say \"\"yes\"\"\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
  CHECK(cell("\"") == "\"\"\"\"");
  CHECK(cell("250 2.0.0 queued 😀") == "250 2.0.0 queued 😀");
}

TEST_CASE("No text of a CSV is a formula to a spreadsheet, and the text can be had back") {
  for (const std::string text : {"=cmd|' /C calc'!A0", "+8613800138000", "-1+1", "@SUM(1)", "\tx", "\rx",
                                 "\nx", "＝1", "＋1", "－1", "＠x", "'quoted'", "=\"a\",b"}) {
    INFO(text);
    std::string shown = cell(text);
    if (shown.starts_with('"')) {
      shown = shown.substr(1, shown.size() - 2);
      for (std::size_t at = 0; (at = shown.find("\"\"", at)) != std::string::npos; ++at) shown.erase(at, 1);
    }
    CHECK(shown == "'" + text);
    CHECK(member(text) == text);
  }
  CHECK(cell("a=b") == "a=b");
  CHECK(cell("1-2") == "1-2");
}

TEST_CASE("Values have one form, and nothing is empty or null") {
  const auto both = [](ValueKind kind, const ExportValue& value) {
    return row_of(RowFormat::csv, kind, value) + row_of(RowFormat::jsonl, kind, value);
  };
  CHECK(both(ValueKind::integer, {false, -7, {}}) == "-7\r\n{\"x\":-7}\n");
  CHECK(both(ValueKind::flag, {false, 1, {}}) == "true\r\n{\"x\":true}\n");
  CHECK(both(ValueKind::flag, {false, 0, {}}) == "false\r\n{\"x\":false}\n");
  CHECK(both(ValueKind::date, {false, 20'635, {}}) == "2026-07-01\r\n{\"x\":\"2026-07-01\"}\n");
  CHECK(both(ValueKind::instant, {false, 1'782'864'000'001, {}}) ==
        "2026-07-01T00:00:00.001Z\r\n{\"x\":\"2026-07-01T00:00:00.001Z\"}\n");
  const Digest digest = sha256("x");
  const std::string_view bytes(reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size());
  CHECK(both(ValueKind::digest, {false, 0, bytes}) ==
        digest.hex() + "\r\n{\"x\":\"" + digest.hex() + "\"}\n");
  for (const ValueKind kind : {ValueKind::text, ValueKind::bytes, ValueKind::integer, ValueKind::flag,
                               ValueKind::date, ValueKind::instant, ValueKind::digest}) {
    CHECK(both(kind, {}) == "\r\n{\"x\":null}\n");
  }
}

TEST_CASE("Bytes that are no text are told apart from text, exactly") {
  CHECK(cell("250 ok", ValueKind::bytes) == "250 ok");
  CHECK(member("250 \"ok\"\r\n", ValueKind::bytes) == "250 \"ok\"\r\n");
  CHECK(member("a\xff", ValueKind::bytes) == "base64:Yf8=");
  CHECK(cell(std::string_view("a\0", 2), ValueKind::bytes) == "base64:YQA=");
  CHECK(member("base64:YQ==", ValueKind::bytes) == "base64:YmFzZTY0OllRPT0=");
  // A text that somebody promised to be UTF-8 and is not does no harm either.
  CHECK(member("a\xff") == "a\xef\xbf\xbd");
}

TEST_CASE("The header of a CSV names its columns, and jsonl has none") {
  const std::vector<ExportColumn> columns = {{"a", ValueKind::text, ""}, {"b", ValueKind::text, ""}};
  std::string out;
  append_header(RowFormat::csv, columns, out);
  append_header(RowFormat::jsonl, columns, out);
  CHECK(out == "a,b\r\n");
  const std::vector<ExportValue> values = {{false, 0, "1"}, {}};
  out.clear();
  append_row(RowFormat::csv, columns, values, out);
  append_row(RowFormat::jsonl, columns, values, out);
  CHECK(out == "1,\r\n{\"a\":\"1\",\"b\":null}\n");
}
