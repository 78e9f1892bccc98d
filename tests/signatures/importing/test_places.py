"""What a place label is known as, in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersigned.signatures.importing.places import (
    Sort,
    country_name,
    find_code,
    find_place,
    misspelt_country,
)

COUNTRIES = {
    "US": "US|USA|U.S.|U.S.A.|United States|the United States|Estados Unidos|米国|США",
    "GB": "UK|U.K.|United Kingdom|Great Britain|Royaume-Uni|英国",
    "NL": "The Netherlands|Netherlands|Holland|Pays-Bas|NEDERLAND",
    "TR": "Turkey|Türkiye|turkiye",
    "CZ": "Czech Republic|Czechia|Česko",
    "CI": "Ivory Coast|Côte d'Ivoire|Côte d’Ivoire|COTE D'IVOIRE",
    "KR": "South Korea|Republic of Korea|Corée du Sud|한국|大韓民国",
    "CD": "DRC|DR Congo|Democratic Republic of the Congo",
    "AE": "UAE|United Arab Emirates|الإمارات",
    "MM": "Burma|Myanmar|မြန်မာ|ミャンマー",
    "MK": "Macedonia|North Macedonia",
    "PS": "Palestine|فلسطين",
    "EH": "Western Sahara",
    "TW": "Taiwan|台湾|臺灣",
    "GE": "Georgia",
    "TD": "Chad|Tchad",
    "LC": "St. Lucia|Saint Lucia",
    "BR": "Brazil|Brasil|Brasilien|巴西|ब्राज़ील",
    "DE": "Germany|Deutschland|Alemania|Alemanha|Германия|ドイツ",
    "RS": "Serbia|Srbija|Србија",
    "XK": "Kosovo",
}


@pytest.mark.parametrize(
    ("label", "code"),
    [(name, code) for code, names in COUNTRIES.items() for name in names.split("|")],
)
def test_a_country_by_its_names(label: str, code: str) -> None:
    found = find_place(label)
    assert found is not None
    assert (found.label, found.sort, found.country) == (label, Sort.COUNTRY, code)


@pytest.mark.parametrize(
    "label",
    [
        "Global",
        "International",
        "Worldwide",
        "Europe",
        "EU",
        "Latin America",
        "América Latina",
        "MENA",
        "Asia",
        "Africa",
        "Afrique",
        "Regional",
        "Balkans",
        "the Balkans",
        "Southeast Asia",
        "世界",
    ],
)
def test_a_region_has_no_country(label: str) -> None:
    found = find_place(label)
    assert found is not None
    assert (found.sort, found.country, found.guess) == (Sort.REGION, None, None)


@pytest.mark.parametrize(
    "label", ["Kashmir", "Kurdistan", "Tibet", "Catalonia", "Somaliland", "Crimea"]
)
def test_the_country_of_a_contested_place_is_never_guessed(label: str) -> None:
    found = find_place(label)
    assert found is not None
    assert (found.sort, found.country, found.guess) == (Sort.CONTESTED, None, None)


@pytest.mark.parametrize(
    ("label", "sort", "guess"),
    [
        ("Scotland", Sort.PART, "GB"),
        ("England", Sort.PART, "GB"),
        ("Texas", Sort.PART, "US"),
        ("Mumbai", Sort.CITY, "IN"),
        ("Nairobi", Sort.CITY, "KE"),
        ("東京", Sort.CITY, "JP"),
        ("Congo", Sort.AMBIGUOUS, "CD"),
        ("Korea", Sort.AMBIGUOUS, "KR"),
    ],
)
def test_parts_and_cities_only_suggest_a_country(label: str, sort: Sort, guess: str) -> None:
    found = find_place(label)
    assert found is not None
    assert (found.sort, found.country, found.guess) == (sort, None, guess)


def test_a_rare_spelling_near_another_country_is_in_doubt() -> None:
    """Nigēra is Latvian for Niger, and one slip away from Nigeria."""
    found = find_place("Nigera")
    assert found is not None
    assert (found.sort, found.country, found.guess) == (Sort.AMBIGUOUS, None, None)


@pytest.mark.parametrize("label", ["", "Access", "Professor", "x" * 100, "(", "Foo Bar"])
def test_what_is_no_place(label: str) -> None:
    assert find_place(label) is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Philipppines", "PH"),
        ("Germny", "DE"),
        ("Brazill", "BR"),
        ("Lebanan", "LB"),
        ("Moldowa", "MD"),
        ("Foo", None),
        ("Nigerai", "NG"),
        ("Organisation", None),
        ("Austrlia", None),  # Austria and Australia are one slip away
    ],
)
def test_a_misspelt_country(label: str, code: str | None) -> None:
    assert misspelt_country(label) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("BR", "BR"),
        ("BRA", "BR"),
        ("br", None),
        ("EU", None),
        ("XYZ", None),
        ("ZZ", None),
        ("QUU", None),
    ],
)
def test_country_codes(label: str, code: str | None) -> None:
    assert find_code(label) == code


def test_english_names() -> None:
    assert [country_name(code) for code in ("PS", "BR", "??")] == ["Palestine", "Brazil", "??"]


@given(st.text(max_size=90))
def test_no_label_fails(label: str) -> None:
    find_place(label)
    misspelt_country(label)
    find_code(label)
