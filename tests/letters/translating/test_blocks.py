"""What a translator goes through, from the title to the last tag, and what becomes of it."""

from __future__ import annotations

from tests.builders import text
from undersigned.letters.translating.blocks import Place, cut, put_together, tidied

WHOLE = text(
    title="Ban it",
    addressee="To the Parliament",
    introduction="What it is about.",
    body="One.\n\nTwo.",
    ways_to_help=[{"heading": "Share", "text": "Tell *others*."}],
    related_campaigns=[
        {"title": "Another", "text": "", "url": "https://a.example", "tags": ["faces", " "]},
        {"title": "", "url": "https://b.example"},
    ],
    credits="Nobody",
)


def test_every_block_in_the_order_of_the_page() -> None:
    assert [(block.place.key, block.text) for block in cut(WHOLE)] == [
        ("title-0-0", "Ban it"),
        ("addressee-0-0", "To the Parliament"),
        ("introduction-0-0", "What it is about."),
        ("body-0-0", "One."),
        ("body-0-1", "Two."),
        ("consent_publication-0-0", "Publish the name with this letter"),
        ("consent_updates-0-0", "Send me updates on this letter"),
        ("ways_to_help.heading-0-0", "Share"),
        ("ways_to_help.text-0-0", "Tell *others*."),
        ("related_campaigns.title-0-0", "Another"),
        ("related_campaigns.tags-0-0", "faces"),
    ]


def test_put_together_with_other_words() -> None:
    words = {block.place: f"[{block.text}]" for block in cut(WHOLE)}
    words[Place("facilitator_note", 0, 0)] = "nowhere to stand"
    assert put_together(WHOLE, "es", words) == text(
        "es",
        title="[Ban it]",
        addressee="[To the Parliament]",
        introduction="[What it is about.]",
        body="[One.]\n\n[Two.]",
        consent_publication="[Publish the name with this letter]",
        consent_updates="[Send me updates on this letter]",
        ways_to_help=[{"heading": "[Share]", "text": "[Tell *others*.]"}],
        related_campaigns=[
            {"title": "[Another]", "text": "", "url": "https://a.example", "tags": ["[faces]"]},
            {"title": "", "url": "https://b.example"},
        ],
    )


def test_blocks_that_are_left_out_keep_the_words_of_the_source() -> None:
    assert put_together(WHOLE, "es", {Place("body", 0, 1): "Dos."}).body == "One.\n\nDos."
    assert put_together(WHOLE, "es", {Place("title", 0, 0): " "}).title == "Ban it"


def test_a_translation_is_kept_as_one_line_or_one_block() -> None:
    title, *_, second = cut(text(body="One.\n\nTwo."))[:3]
    assert tidied(title, " Prohibir\nlo ") == "Prohibir lo"
    assert tidied(second, "Dos.\n\n- tres") == "Dos.\n\\- tres"


def test_the_same_words_have_the_same_digest_and_others_another() -> None:
    one, other = cut(text(body="One.\n\nTwo."))[1:3]
    assert one.digest == cut(text(body="One."))[1].digest
    assert one.digest != other.digest
    assert len(one.digest) == 32
