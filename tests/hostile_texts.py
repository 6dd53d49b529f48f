"""What a person, or a file from somewhere, could put into a name, a note or a purpose."""

from __future__ import annotations

SCRIPT = "<script>alert('1')</script> & &amp; ]]> ${x} {{y}}"
# Each sets `window.ran`, calls, or opens an element where it is read as HTML or as JavaScript.
PAGES = (
    "</script><script>window.ran = 1</script>",
    "</script <script src=x",
    "<img src=x onerror='window.ran = 1'>",
    '"><svg onload=window.ran=1>',
    "' onmouseover='window.ran = 1",
    "${window.ran = 1}",
    "`${window.ran = 1}`",
    "'); window.ran = 1; ('",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
    "]]>&lt;b&gt;&amp;",
    "\\u003cscript\\u003e\\",
    "one\u2028window.ran = 1\u2029two",
    "javascript:window.ran=1",
    "map_2 JSON \x00 {n} %s",
    SCRIPT,
    "\u202etxt.exe",
    "Zoë & Söhne <3",
)
TYPESETTING = (
    "#import \"x.typ\": * #panic() #{1+1}",
    "*bold* _it_ $x^2$ `raw` ```c``` \\ @ref <lab> [[ // /* = + -",
)  # fmt: skip
CALENDAR = (
    "Markt\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@example.org",
    "Markt, hinten; links:\\n",
)
SPREADSHEETS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
)
TERMINAL = ("\x1b[2J\x1b]0;title\x07\x1b[31mred", "\x9b2J\x08\x08\x7f", "[red]x[/red] [link=x]")
LETTERS = (
    "\"'; DROP TABLE; --",
    "😀 Treff 👩‍👩‍👧 عربي עברית 中文",
    "\u202eabc\u202c \u200b\u2066x\u2069",
    "Łódź Çeşme Đakovo Ærø ẞ ﬁ",
    "Zeile\neins\tzwei\x00\x07\r\n",
    "Jugendtreffpunkt an der Grundschule Ost, Eingang Parkplatz 12",
)
LONG = ("A" * 10_000, "Straße " * 72)

HOSTILE = (*PAGES, *TYPESETTING, *CALENDAR, *SPREADSHEETS, *TERMINAL, *LETTERS, *LONG)
