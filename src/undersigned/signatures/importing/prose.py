"""Telling sentences from names."""

from undersigned.signatures.importing.text import fold, word_set


def is_prose(text: str) -> bool:
    """Tell whether `text` is a sentence and not names: long, with verbs and pronouns in it."""
    if len(text) < 90 or text.count(";") > 2:
        return False
    words = fold(text[:3000]).split()
    small = sum(word in _SENTENCE_WORDS for word in words)
    return small >= 3 and small * 14 >= len(words)


_SENTENCE_WORDS = word_set(
    """
    is are was were has have had will would this that these those we our us you your they their
    it its be been to not please can if which who est sont nous vous notre votre ce cette ces
    qui que es son somos nos nuestro este esta estos sich ist sind wir uns unser dieser diese
    dass nicht e sao nosso isso dieses
    """
)
