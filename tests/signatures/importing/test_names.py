"""What looks like a name, a title, an honorific or a suffix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing import names


@pytest.mark.parametrize(
    ("name", "sorting"),
    [
        ("Dr. Jane Example", "Jane Example"),
        ("Prof. Dr. Jane Example, PhD", "Jane Example"),
        ("Prof.Dr. Jane Example", "Jane Example"),
        ("Mme Claire Essai", "Claire Essai"),
        ("M. Jean Essai", "Jean Essai"),
        ("Sr. Juan Ejemplo", "Juan Ejemplo"),
        ("Adv. Ravi Udaharan", "Ravi Udaharan"),
        ("Hon. Jane Trial", "Jane Trial"),
        ("Rev. Mary Proof", "Mary Proof"),
        ("Sir Tim Test", "Tim Test"),
        ("Shri Mohan Namuna", "Mohan Namuna"),
        ("John Sample Jr.", "John Sample"),
        ("Don Example", "Don Example"),
        ("Judge Example", "Judge Example"),
        ("Justice for Nowhere", "Justice for Nowhere"),
        ("Dr", "Dr"),
        ("", ""),
    ],
)
def test_a_name_sorts_without_its_titles(name: str, sorting: str) -> None:
    assert names.sorting_name(name) == sorting


@pytest.mark.parametrize("text", ["Jr.", "PhD", "Ph.D.", "LL.M.", "MD, MPH", "III", "QC"])
def test_suffixes(text: str) -> None:
    assert names.is_suffix(text)


@pytest.mark.parametrize("text", ["", "PhD student", "Professor", "Director"])
def test_no_suffixes(text: str) -> None:
    assert not names.is_suffix(text)


@pytest.mark.parametrize(
    "text",
    [
        "Professor",
        "PhD student",
        "Master’s Student",
        "Co-founder",
        "Cofounder",
        "Interim Director",
        "Vice-president",
        "Scholar and Designer",
        "Computer Scientist",
        "Artist and Cultural Critic",
        "Researcher/Writer",
        "Professor of Law, and more",
        "Director of the Centre for Examples",
        "Human rights lawyer",
        "maîtresse de conférences",
        "avocate",
        "Rechtsanwältin",
        "弁護士",
        "محامية",
        "concerned mother",
    ],
)
def test_titles(text: str) -> None:
    assert names.looks_like_a_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "University of Samples",
        "Student Union of Example",
        "exampleCode",
        "Rochester",
        "x " * 30,
        "The Collected Papers and Letters of Some Famous Director of Old",
    ],
)
def test_no_titles(text: str) -> None:
    assert not names.looks_like_a_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Example",
        "Ana Carolina da Prova",
        "Jean-Paul Modèle",
        "Ludwig van Muster",
        "J. R. Sample",
        "山田太郎",
        "محمد مثال",
        "Мария Пример",
        "Nguyễn Thị Ví Dụ",
        "O’Example Sean",
        "अनीता उदाहरण",
        "Dr. Jane Example",
    ],
)
def test_names(text: str) -> None:
    assert names.looks_like_a_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Access",
        "Example Foundation",
        "Article 19",
        "Jane Professor",
        "de Example",
        "the quiet readers",
        "One Two Three Four Five Six Seven",
    ],
)
def test_no_names(text: str) -> None:
    assert not names.looks_like_a_name(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sandra Prueba Professor", ("Sandra Prueba", "Professor")),
        ("Jane Example Assistant Professor", ("Jane Example", "Assistant Professor")),
        ("Jane Example", None),
        ("Mary Ann Dean", None),
        ("Example Institute Director", None),
        ("Jane Example Research", None),
    ],
)
def test_a_title_that_is_not_separated(text: str, parts: tuple[str, str] | None) -> None:
    assert names.split_title_from_name(text) == parts


@given(st.text(max_size=60))
def test_no_text_fails(text: str) -> None:
    names.sorting_name(text)
    names.has_honorific(text)
    names.looks_like_a_title(text)
    names.looks_like_a_name(text)
    names.split_title_from_name(text)
