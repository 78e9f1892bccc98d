"""Names that are likely the same are found, with the reason, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.likeness import Index, Likeness, Named, Reason

KNOWN = Index(
    [
        Named("river", "Quiet River Foundation", country="KE", domains=("quietriver.org",)),
        Named("hiper", "Hiperejemplo", ("Hyperejemplo Latam",)),
        Named("media", "Network for Quiet Media (NQM)"),
        Named("svoboda", "Примерсвобода"),
        Named("arab", "Digital Exampla Network", native_name="شبكة إكزامبلا الرقمية"),
        Named("burma", "Myanmar Example Group", native_name="မြန်မာ ဥပမာ အဖွဲ့"),
        Named("japan", "例示人権協会"),
        Named("chapter", "Reading Club Chapter 12"),
        Named("slash", "Ligue de l’Exemple | Voorbeeldliga"),
        Named("person", "María José Ejemplar-Lópeza"),
        Named("abc", "АВС"),  # in Cyrillic
        Named("emoji", "🌍🌱"),
    ]
)


def found(name: str, **more: str) -> list[tuple[str, Reason]]:
    return [(likeness.id, likeness.reason) for likeness in KNOWN.similar(name, **more)]


@pytest.mark.parametrize(
    ("name", "known", "reason"),
    [
        ("QUIET RIVER FOUNDATION", "river", Reason.SAME),
        ("Quiet River Foundation, Inc.", "river", Reason.SAME),
        ("Fundación Quiet River", "river", Reason.WORDS),
        ("Quiet River Stiftung gGmbH", "river", Reason.WORDS),
        ("The Quiet River", "river", Reason.WORDS),
        ("Quite River Foundation", "river", Reason.SPELLING),
        ("QuietRiver Foundation", "river", Reason.SAME),
        ("QRF", "river", Reason.ACRONYM),
        ("Quiet River Foundation Nairobi Chapter", "river", Reason.PART),
        ("Quiet Rivеr Foundation", "river", Reason.LOOK),  # a Cyrillic е
        ("Quiet R1ver Foundation", "river", Reason.SPELLING),
        ("Hiperejemplos", "hiper", Reason.SPELLING),
        ("Hyperejemplo LATAM", "hiper", Reason.SAME),
        ("Hiperejernplo", "hiper", Reason.LOOK),
        ("Nqm", "media", Reason.SAME),
        ("Netzwerk for Quiet Media", "media", Reason.WORDS),
        ("Network for Quiet rnedia", "media", Reason.LOOK),
        ("Primersvoboda", "svoboda", Reason.SAME),
        ("ПРИМЕРСВОБОДА", "svoboda", Reason.SAME),
        ("شبكة اكزامبلا الرقمية", "arab", Reason.SAME),
        ("مؤسسة إكزامبلا الرقمية", "arab", Reason.WORDS),
        ("မြန်မာ ဥပမာအဖွဲ့", "burma", Reason.SAME),
        ("例示人権協会（東京）", "japan", Reason.SAME),
        ("Ligue de l'Exemple", "slash", Reason.SAME),
        ("Voorbeeldliga vzw", "slash", Reason.SAME),
        ("Maria Jose Ejemplar Lopeza", "person", Reason.SAME),
        ("Ejemplar-Lópeza, María José", "person", Reason.WORDS),
        ("ABC", "abc", Reason.LOOK),
        ("🌍 🌱", "emoji", Reason.SAME),
    ],
)
def test_it_is_found_with_the_reason(name: str, known: str, reason: Reason) -> None:
    assert found(name) == [(known, reason)]


@pytest.mark.parametrize(
    "name",
    [
        "Loud River Foundation",
        "Quiet Foundation",
        "Foundation",
        "Reading Club Chapter 13",
        "Kenya",
        "NQ",
        "María José",
        "…",
        "",
    ],
)
def test_others_are_not(name: str) -> None:
    assert found(name) == []


def test_another_country_makes_it_less_likely() -> None:
    (here,) = KNOWN.similar("Quiet River Foundation", country="KE")
    (there,) = KNOWN.similar("Quiet River Foundation", country="PE")

    assert here == Likeness("river", 100, Reason.SAME, "Quiet River Foundation")
    assert there == Likeness("river", 85, Reason.SAME, "Quiet River Foundation")
    assert found("QRF", country="PE") == []


def test_a_website_is_compared_too() -> None:
    assert found("Something else", domain="quietriver.org") == [("river", Reason.DOMAIN)]
    assert found("Something else", domain="quietriver.com") == [("river", Reason.LIKE_DOMAIN)]
    assert found("Something else", domain="elsewhere.org") == []


def test_the_spelling_that_is_like_it_is_told() -> None:
    (likeness,) = KNOWN.similar("Something", aliases=["Hyperejemplos Latam"])

    assert likeness == Likeness("hiper", 97, Reason.SPELLING, "Hyperejemplo Latam")


def test_the_best_come_first_and_no_more_than_asked() -> None:
    index = Index(
        [
            Named(1, "Quiet River Foundation of Nairobi"),
            Named(2, "Quiet Rivers Foundation"),
            Named(3, "Quiet River Foundation"),
            Named(4, "Quiet River Found\u0430tion"),
        ]
    )

    assert [likeness.id for likeness in index.similar("Quiet River Foundation")] == [4, 3, 2, 1]
    assert [likeness.id for likeness in index.similar("Quiet River Foundation", limit=1)] == [4]


def test_words_that_very_many_names_share_make_no_candidates() -> None:
    index = Index(Named(n, f"Zebra {n:x}{'xyzabc'[n % 6] * 9}") for n in range(400))

    assert index.similar("Zebra quux") == []
    assert index.similar("Zebra 7yyyyyyyyy")[0] == Likeness(7, 100, Reason.SAME, "Zebra 7yyyyyyyyy")


PIECES = "Quiet River Foundation Fundación e.V. Kenya (NQM) Media 12 صوت 例示"
names = st.text(max_size=30) | st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join)


@given(names, names)
def test_a_name_is_like_itself_and_likeness_is_mutual(one: str, other: str) -> None:
    forth = [like.score for like in Index([Named(1, one)]).similar(other)]
    back = [like.score for like in Index([Named(2, other)]).similar(one)]

    assert forth == back
    itself = Index([Named(1, one)]).similar(one)
    assert itself == [] or (itself[0].score, itself[0].reason) == (100, Reason.SAME)
    if any(character.isalnum() for character in one):
        assert itself != []


@given(names)
def test_capitals_and_spaces_do_not_count(name: str) -> None:
    index = Index([Named(1, name)])

    assert len(index.similar(f"  {name}  ")) == len(index.similar(name))
