"""One set of addresses for all languages; and what Django does with them, which that relies on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse
from django.urls.resolvers import RegexPattern
from django.utils import translation
from django.utils.translation import gettext_lazy

from undersigned.config import addresses

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def site() -> URLResolver:
    """The site's addresses, as no request has used them yet."""
    return URLResolver(RegexPattern(r"^/"), list(map(anew, get_resolver().url_patterns)))


def anew(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        return pattern
    return URLResolver(pattern.pattern, list(map(anew, pattern.url_patterns)))


def each(resolver: URLResolver) -> Iterator[URLPattern | URLResolver]:
    for pattern in resolver.url_patterns:
        yield pattern
        if isinstance(pattern, URLResolver):
            yield from each(pattern)


def resolvers(resolver: URLResolver) -> list[URLResolver]:
    return [resolver, *(one for one in each(resolver) if isinstance(one, URLResolver))]


def test_no_address_of_ours_is_translated() -> None:
    patterns = [one.pattern for one in each(get_resolver())]

    assert len(patterns) > 100
    assert {type(getattr(one, "_route", None) or one._regex) for one in patterns} == {str}


@pytest.mark.parametrize("name", ["_reverse_dict", "_namespace_dict", "_app_dict"])
def test_django_keeps_addresses_for_each_language(name: str) -> None:
    resolver = site()

    for language in ("ar", "de"):
        with translation.override(language):
            assert resolver.reverse("studio") == "studio/"
            assert resolver.namespace_dict == resolver.app_dict == {}

    assert len(resolvers(resolver)) > 2
    assert all(set(getattr(one, name)) == {"ar", "de"} for one in resolvers(resolver))


def test_they_are_worked_out_once() -> None:
    resolver = site()
    addresses.share_among_languages(resolver)
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found |= {id(one.reverse_dict) for one in resolvers(resolver)}
            found |= {id(one.namespace_dict) for one in resolvers(resolver)}
            found |= {id(one.app_dict) for one in resolvers(resolver)}

    assert len(found) == 3 * len(resolvers(resolver))


def test_they_are_the_same_as_without() -> None:
    plain, shared = site(), site()
    addresses.share_among_languages(shared)

    with translation.override("de"):
        assert shared.reverse("letter", "banning", "ar") == "banning/ar/"
    with translation.override("ar"):
        assert shared.reverse("letter", "banning", "ar") == "banning/ar/"
        assert sorted(map(str, shared.reverse_dict)) == sorted(map(str, plain.reverse_dict))
        names = [name for name in plain.reverse_dict if isinstance(name, str)]
        assert len(names) > 100
        assert all(
            str(shared.reverse_dict.getlist(name)) == str(plain.reverse_dict.getlist(name))
            for name in names
        )
        with pytest.raises(NoReverseMatch):
            shared.reverse("no-such-name")


def test_an_address_that_is_translated_would_be_in_the_first_language_only() -> None:
    """Why `test_no_address_of_ours_is_translated` must hold."""
    words = gettext_lazy("Signatories")
    resolver = URLResolver(RegexPattern(r"^/"), [path(words, anew, name="signatories")])
    addresses.share_among_languages(resolver)

    with translation.override("de"):
        assert resolver.reverse("signatories") == "Unterzeichnende"
    with translation.override("en"):
        assert resolver.reverse("signatories") == "Unterzeichnende"


def test_a_process_shares_the_addresses_of_the_whole_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolver = site()
    monkeypatch.setattr(addresses, "get_resolver", lambda: resolver)

    addresses.share_addresses()

    with translation.override("de"):
        german = resolver.reverse_dict
    with translation.override("ar"):
        assert resolver.reverse_dict is german
        assert "/" + resolver.reverse("studio") == reverse("studio")
