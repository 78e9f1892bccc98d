"""Files for tests, as we write them and as tools do."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile

EXPORTED = datetime(2026, 11, 23, 11, 5, 7, 123, tzinfo=UTC)

# Every script, Markdown, quotes, backslashes, line ends, emoji, and what formats use as marks.
WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from('\n\t\r"\\_:#*[]()<>&%;,~|='),
    )
) | st.sampled_from(
    [
        "_: not a comment\n_: either",
        'She said: "\\n"',
        "**bold** and [a link](https://a.example/?a=1&b=2)",
        "می‌خواهیم که ۳۰ نفر",
        "👩‍👩‍👧‍👦 ကျွန်ုပ်တို့ 我们 क्षि",
        "]]> <!-- & -->",
        "long words " * 40,
    ]
)


def file_of(*entries: Entry, letter: str = "banned", language: str = "es") -> TranslationFile:
    return TranslationFile(letter, language, "en", EXPORTED, entries)
