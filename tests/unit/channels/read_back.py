"""Composes messages with our code and reads them with Python's email package: what went in must come out."""

import base64
import email
import email.header
import email.policy
import email.utils
import json
import re
import subprocess
import sys
import unittest

COMPOSE = sys.argv.pop()

LONG_CHINESE = "关于终止您所订购服务并在三十日后删除全部数据的正式通知：" * 20
WORDS = {
    "from": "Example Ltd <notices@gw.example>",
    "to_name": "张伟",
    "to_address": "zhang.wei@example.com",
    "subject": "用户协议变更通知",
    "text": "尊敬的用户：\n\n条款将于 2026-12-31 变更。\n",
    "html": "<p>尊敬的用户：</p>\n<p>条款将于 2026-12-31 变更。</p>\n",
    "language": "zh-CN",
}
VARIATIONS = [
    {},
    {"subject": "Change of terms", "to_name": "Wei Zhang", "language": "en"},
    {"text": "Dear customer,\n", "html": "<p>Dear customer,</p>"},
    {"subject": LONG_CHINESE},
    {"subject": "A long English subject that goes on and on " * 12 + "end"},
    {"subject": "x" * 900},
    {"subject": "emoji 🧾👩‍👩‍👧‍👦 and 中文 mixed " * 8 + "."},
    {"subject": "🧾" * 100},
    {"subject": "looks encoded =?UTF-8?B?eA==?= but is not"},
    {"subject": "two  spaces and   three"},
    {"subject": "="},
    {"subject": "?= =? a=?b?="},
    {"to_name": 'Zhang "Wei" O\'Neil, Jr. <x@y>'},
    {"to_name": "back\\slash; comma, colon: (comment) @"},
    {"to_name": "name.with.dots"},
    {"to_name": '"'},
    {"to_name": "汉" * 130},
    {"to_name": "A very long plain name " * 10 + "end"},
    {"to_name": 'a "quoted" and long name, ' * 10 + "end"},
    {"to_name": ""},
    {"to_name": "é"},
    {"from": "快猫星云 <notices@gw.example>"},
    {"from": "notices@gw.example"},
    {"from": "Notices <notices@例子.公司>", "to_address": "wei@例子.公司"},
    {"to_address": "a" * 64 + "@" + ".".join(["b" * 58] * 3) + ".example"},
    {"html": ""},
    {"text": "", "html": ""},
    {"text": "a line of words " * 500 + "\n" + "中" * 4000},
    {"text": ".\n..\n.dots\nFrom here\n--\n--=_x\n"},
    {"text": "no line end", "html": "<p>none</p>"},
    {"text": "mixed\r\nline\rends\nhere"},
    {"language": ""},
    {"language": "zh-CN\r\nX-Injected: 1"},
]


def samples():
    return [{**WORDS, **variation} for variation in VARIATIONS]


def compose(rows):
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    done = subprocess.run([COMPOSE], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = done.stdout.decode().splitlines()
    assert len(answers) == len(rows)
    return answers


def composed(rows):
    answers = compose(rows)
    assert not any(answer.startswith("error") for answer in answers), answers
    return [base64.b64decode(answer, validate=True) for answer in answers]


def part(message, kind):
    found = message.get_body((kind,))
    return None if found is None else found.get_payload(decode=True).decode("utf-8")


def crlf(text):
    return re.sub("\r\n|\r|\n", "\r\n", text)


def with_a_label(address):
    return address.replace("例子.公司", "xn--fsqu00a.xn--55qx5d")


def name_of(raw, header):
    """By the older of Python's two parsers: the newer leaves spaces between the encoded words of a name."""
    folded = email.message_from_bytes(raw)[header]
    name, _ = email.utils.parseaddr(folded.replace("\r\n", ""))
    return str(email.header.make_header(email.header.decode_header(name)))


class ReadBack(unittest.TestCase):
    def parsed(self):
        rows = samples()
        for row, raw in zip(rows, composed(rows)):
            yield row, raw, email.message_from_bytes(raw, policy=email.policy.default)

    def test_words_and_names_come_back_exactly(self):
        for row, raw, message in self.parsed():
            self.assertEqual(message.defects, [])
            self.assertEqual(str(message["Subject"]), row["subject"])
            self.assertEqual(part(message, "plain"), crlf(row["text"]))
            self.assertEqual(part(message, "html"), crlf(row["html"]) if row["html"] else None)
            self.assertEqual(len(message["To"].addresses), 1)
            self.assertEqual(name_of(raw, "To"), row["to_name"])
            self.assertEqual(message["To"].addresses[0].addr_spec, with_a_label(row["to_address"]))
            self.assertEqual(len(message["From"].addresses), 1)
            name, _, address = row["from"].rpartition("<")
            self.assertEqual(name_of(raw, "From"), name.strip())
            self.assertEqual(message["From"].addresses[0].addr_spec, with_a_label(address.rstrip(">")))

    def test_headers_are_what_they_must_be(self):
        for row, raw, message in self.parsed():
            self.assertEqual(message["Date"].datetime.isoformat(), "2026-11-21T23:07:27+00:00")
            self.assertIn(b"Date: Sat, 21 Nov 2026 23:07:27 +0000\r\n", raw)
            domain = "xn--fsqu00a.xn--55qx5d" if "例子" in row["from"] else "gw.example"
            self.assertEqual(message["Message-ID"], f"<01ARZ3NDEKTSV4RRFFQ69G5FAV.3@{domain}>")
            self.assertEqual(message["Auto-Submitted"], "auto-generated")
            self.assertEqual(message["MIME-Version"], "1.0")
            self.assertIsNone(message["List-Unsubscribe"])
            self.assertIsNone(message["X-Injected"])
            expected = "multipart/alternative" if row["html"] else "text/plain"
            self.assertEqual(message.get_content_type(), expected)
            names = [name.lower() for name in message.keys()]
            self.assertEqual(len(names), len(set(names)))

    def test_lines_are_short_ascii_and_end_with_crlf(self):
        for row, raw, _ in self.parsed():
            self.assertTrue(raw.endswith(b"\r\n"))
            lines = raw.split(b"\r\n")
            for line in lines:
                self.assertNotRegex(line, rb"[\r\n\0]")
                self.assertTrue(all(0x20 <= byte < 0x7F for byte in line))
                self.assertLessEqual(len(line), 998)
                if len(row["to_address"]) < 60:
                    self.assertLessEqual(len(line), 78)

    def test_encoded_words_keep_to_rfc_2047(self):
        seen = 0
        for _, raw, _ in self.parsed():
            head = raw.partition(b"\r\n\r\n")[0].decode()
            for word in re.findall(r"=\?UTF-8\?B\?[A-Za-z0-9+/=]*\?=", head):
                seen += 1
                self.assertLessEqual(len(word), 75)
                base64.b64decode(word[10:-2], validate=True).decode("utf-8")
            for line in head.split("\r\n"):
                if "=?" in line:
                    self.assertLessEqual(len(line), 76)
        self.assertGreater(seen, 100)

    def test_nothing_enters_a_header_from_any_input(self):
        evil = "x\r\nBcc: thief@evil.example\r\n\r\nbody\0\x0b\n"
        rows = [
            {**WORDS, "subject": evil.replace("\0", "")},
            {**WORDS, "to_name": evil.replace("\0", "")},
            {**WORDS, "subject": "中文" + evil.replace("\0", "")},
            {**WORDS, "to_name": '"' + evil.replace("\0", "") + '"'},
        ]
        for raw in composed(rows):
            message = email.message_from_bytes(raw, policy=email.policy.default)
            self.assertIsNone(message["Bcc"])
            self.assertEqual(part(message, "plain"), crlf(WORDS["text"]))
        refused = [{**WORDS, "subject": evil}, {**WORDS, "to_name": evil}, {**WORDS, "text": "a\0b"}]
        refused += [{**WORDS, "to_address": address} for address in
                    ("a@b.c\r\nBcc: x@y", "<a@b.c>", "a@b.c, x@y", "", "a", "a b@c.d", "a@exa_mple..com")]
        for answer in compose(refused):
            self.assertRegex(answer, "^error: ")
            self.assertNotIn("evil", answer)
            self.assertNotIn("@", answer)

    def test_the_same_composition_gives_the_same_bytes(self):
        self.assertEqual(composed(samples()), composed(samples()))


if __name__ == "__main__":
    unittest.main()
