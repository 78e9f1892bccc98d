"""What the forms take, and the sentence for everything that they do not."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.asking import USUAL, Ask
from undersigned.letters.models import Letter
from undersigned.signatures.models import Kind
from undersigned.signatures.rules import Details
from undersigned.signatures.signing import Entry
from undersigned.website.forms import ConfirmForm, SignForm, kinds_of

BOTH = frozenset({"individual", "organisation"})
PERSON = {"kind": "individual", "name": "Ana Example", "email": "ana@example.org"}
GROUP = {
    "kind": "organisation",
    "name": "Example Union",
    "email": "ana@example.org",
    "role": "director",
}


def errors(fields: dict[str, str], kinds: frozenset[str] = BOTH) -> dict[str, list[str]]:
    return {name: list(found) for name, found in SignForm(fields, kinds=kinds).errors.items()}


def entered(fields: dict[str, str]) -> Entry:
    form = SignForm(fields, kinds=BOTH)
    assert form.errors == {}
    return form.entry("en")


def test_the_least_that_a_person_can_enter_counts_them_without_a_name() -> None:
    assert entered(PERSON) == Entry(
        kind="individual",
        address="ana@example.org",
        details=Details(name="Ana Example"),
        visibility="counted",
        language="en",
        country="",
        consent_publication=False,
        consent_updates=False,
    )


def test_all_that_an_organisation_can_enter() -> None:
    fields = {
        **GROUP,
        "website": "example.org/us",
        "country": "UY",
        "visibility": "initials",
        "consent_publication": "on",
        "consent_updates": "on",
    }
    assert entered(fields) == Entry(
        kind="organisation",
        address="ana@example.org",
        details=Details(name="Example Union", role="director", website="https://example.org/us"),
        visibility="initials",
        language="en",
        country="UY",
        consent_publication=True,
        consent_updates=True,
    )


def test_what_belongs_to_the_other_kind_is_left_out() -> None:
    extra = {"title": "Baker", "affiliation": "Bakery", "role": "r", "website": "example.org"}
    assert entered({**PERSON, **extra}).details == Details("Ana Example", "Baker", "Bakery")
    assert entered({**GROUP, **extra}).details == Details(
        "Example Union", role="r", website="https://example.org"
    )


def test_to_let_the_name_be_published_is_to_be_shown_in_full() -> None:
    assert entered({**PERSON, "consent_publication": "on"}).visibility == "public"


def test_an_empty_form_says_what_is_missing() -> None:
    assert errors({}) == {
        "kind": ["Choose whether you sign for yourself or for an organisation."],
        "name": ["Enter the name that signs."],
        "email": ["Enter your e-mail address. A link to confirm goes there; it is never shown."],
    }


def test_an_organisation_says_who_signs_for_it() -> None:
    assert errors({**GROUP, "role": " "}) == {
        "role": ["Enter your role in the organisation, such as director or board member."]
    }


@pytest.mark.parametrize("field", ["name", "title", "affiliation", "role"])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ana\x00", "This contains invisible or control characters. Type it again by hand."),
        ("Ana \u202eevil", "This contains invisible or control characters. Type it again by hand."),
        ("Jos\ufffd", "This contains invisible or control characters. Type it again by hand."),
        ("\ud800x", "This contains invisible or control characters. Type it again by hand."),
        (
            "ana@example.org",
            "This contains “@”. E-mail addresses belong in the e-mail field only.",
        ),
        ("https://example.org", "This contains a web address. Enter it without links."),
    ],
)
def test_no_line_takes_what_could_mislead(field: str, text: str, sentence: str) -> None:
    assert errors({**PERSON, field: text}) == {field: [sentence]}


@pytest.mark.parametrize(
    ("field", "length"), [("name", 120), ("title", 120), ("affiliation", 160), ("role", 120)]
)
def test_a_line_that_is_too_long_is_told_how_long_it_may_be(field: str, length: int) -> None:
    assert errors({**PERSON, field: "x" * length}) == {}
    assert errors({**PERSON, field: "x" * (length + 1)}) == {
        field: [f"This is too long. Shorten it to {length} characters."]
    }


def test_a_name_has_letters_in_any_script() -> None:
    assert errors({**PERSON, "name": "-- !"}) == {
        "name": ["This contains no letters. Enter a name, in any script."]
    }
    for name in ("မြန်မာ ဦးသန့်", "علی‌رضا مثال", "Nguyễn Thị Ví Dụ", "例 太郎", "O’Neil-Example"):
        assert entered({**PERSON, "name": name}).details.name == name


@pytest.mark.parametrize(
    "address", ["ana at example", "ana@", "@example.org", "a b@example.org", "ana\x00@example.org"]
)
def test_an_address_looks_like_one(address: str) -> None:
    assert errors({**PERSON, "email": address}) == {
        "email": ["This is not an e-mail address. It should look like name@example.org."]
    }


def test_an_address_may_have_spaces_around_it_and_has_an_end() -> None:
    assert entered({**PERSON, "email": "  ana@EXAMPLE.org\t"}).address == "ana@example.org"
    assert errors({**PERSON, "email": "a" * 400 + "@example.org"}) == {
        "email": ["This e-mail address is too long to be one. Check it."]
    }


@pytest.mark.parametrize(
    "website",
    [
        "not a site",
        "localhost",
        "https://",
        "javascript://example.org/%0aalert(1)",
        "ftp://example.org",
        "https://user:secret@example.org",
        "http://[",
        "https://example.org/\u202e",
        'https://example.org/"onmouseover=alert(1)',
        "https://example.org/" + "x" * 200,
        "https://example.org/\x00",
    ],
)
def test_a_website_is_an_address_that_can_be_shown(website: str) -> None:
    assert errors({**GROUP, "website": website}) == {
        "website": ["This is not a web address. It should look like https://example.org."]
    }


def test_a_country_is_one_of_the_list_or_none() -> None:
    sentence = "Choose a country from the list, or leave it open."
    assert errors({**PERSON, "country": "ZZ"}) == {"country": [sentence]}
    assert errors({**PERSON, "country": "x" * 5000}) == {"country": [sentence]}
    assert errors({**PERSON, "country": "XK"}) == {}


def test_a_look_is_one_of_the_list() -> None:
    assert errors({**PERSON, "visibility": "loud"}) == {
        "visibility": ["Choose how the name appears from the list."]
    }


@pytest.mark.parametrize("visibility", ["public", "initials"])
def test_nobody_is_shown_who_did_not_agree(visibility: str) -> None:
    assert errors({**PERSON, "visibility": visibility}) == {
        "consent_publication": [
            (
                "To appear on the page, tick the box that publishes the name; "
                "or choose not to be shown."
            )
        ]
    }


@pytest.mark.parametrize(
    ("fields", "kinds", "sentence"),
    [
        (
            GROUP,
            {"individual"},
            "This letter is signed by individuals. Sign it for yourself.",
        ),
        (
            PERSON,
            {"organisation"},
            "This letter is signed by organisations. Sign it for one that has decided to.",
        ),
        (
            {**PERSON, "kind": "robot"},
            BOTH,
            "Choose whether you sign for yourself or for an organisation.",
        ),
    ],
)
def test_a_letter_says_who_signs_it(fields: dict[str, str], kinds: set[str], sentence: str) -> None:
    assert errors(fields, frozenset(kinds)) == {"kind": [sentence]}


@given(
    st.dictionaries(
        st.sampled_from([*SignForm.base_fields]),
        st.text(max_size=200) | st.sampled_from(["individual", "organisation", "on", "public"]),
    )
)
def test_whatever_is_entered_gets_an_answer_in_whole_sentences(fields: dict[str, str]) -> None:
    for found in errors(fields).values():
        for sentence in found:
            assert sentence[0].isupper()
            assert sentence.endswith(".")


def test_the_sentences_are_in_the_readers_language() -> None:
    with translation.override("es"):
        in_spanish = errors({})
    assert set(in_spanish) == set(errors({}))
    assert all(in_spanish[name] != errors({})[name] for name in in_spanish)


def test_to_confirm_takes_a_choice_and_a_statement() -> None:
    assert dict(ConfirmForm({}).errors) == {
        "visibility": ["Choose how the name appears."],
        "statement": ["Tick the statement to confirm that you sign."],
    }
    assert dict(ConfirmForm({"visibility": "loud", "statement": "on"}).errors) == {
        "visibility": ["Choose how the name appears."]
    }
    assert ConfirmForm({"visibility": "initials", "statement": "on"}).is_valid()


def test_kinds_follow_the_letter() -> None:
    assert kinds_of(Letter()) == BOTH
    assert kinds_of(Letter(people_may_sign=False)) == {Kind.ORGANISATION}
    assert kinds_of(Letter(organisations_may_sign=False)) == {Kind.INDIVIDUAL}


def asked(fields: dict[str, str], **asks: str) -> SignForm:
    return SignForm(fields, kinds=BOTH, asks={**USUAL, **{k: Ask(v) for k, v in asks.items()}})


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        (PERSON, "country", "Choose your country."),
        (PERSON, "title", "Enter your title or profession, such as teacher, or professor of law."),
        (PERSON, "affiliation", "Enter where you work or belong."),
        (GROUP, "website", "Enter the organisation’s web address."),
    ],
)
def test_what_a_letter_requires_is_asked_for(
    fields: dict[str, str], name: str, sentence: str
) -> None:
    assert asked(fields, **{name: "required"}).errors == {name: [sentence]}
    assert asked(fields, **{name: "optional"}).errors == {}


def test_what_is_required_of_one_kind_is_not_of_the_other() -> None:
    assert asked(GROUP, title="required", affiliation="required").errors == {}
    assert asked(PERSON, website="required", role="required").errors == {}


def test_what_a_letter_does_not_ask_for_is_not_taken() -> None:
    extra = {"country": "UY", "title": "Dr", "affiliation": "X", "website": "example.org"}
    hidden = dict.fromkeys([*extra, "role"], "hidden")

    person, group = asked({**PERSON, **extra}, **hidden), asked({**GROUP, **extra}, **hidden)

    assert (person.errors, group.errors) == ({}, {})
    assert person.entry("en").details == Details(name="Ana Example")
    assert group.entry("en").details == Details(name="Example Union")
    assert person.entry("en").country == ""
