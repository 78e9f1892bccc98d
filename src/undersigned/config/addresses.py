"""One set of addresses for all languages.

To build an address from its name, Django works out the patterns of the whole site, once for each
language that somebody reads: addresses could be translated. Ours are not, and each copy takes 0.4
MB and 7 ms. So the resolvers are given dictionaries in which every language finds the same.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLResolver, get_resolver

# By language; filled by URLResolver._populate, on first use. Nothing public does the same, so a
# test pins what Django does with them.
_BY_LANGUAGE = ("_reverse_dict", "_namespace_dict", "_app_dict")


def share_addresses() -> None:
    """From now on the site's addresses are worked out once. Call it when a web process starts.

    It imports every view: nothing for a worker, which builds no address by its name.
    """
    share_among_languages(get_resolver())


def share_among_languages(resolver: URLResolver) -> None:
    """Let a resolver, and all that are included in it, have the same addresses in any language."""
    for name in _BY_LANGUAGE:
        setattr(resolver, name, _SameForAll())
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            share_among_languages(pattern)


class _SameForAll(dict[str | None, Any]):
    """What is put in for one language is there for all."""

    def __contains__(self, language: object) -> bool:
        return super().__contains__(None)

    def __getitem__(self, language: str | None) -> Any:
        return super().__getitem__(None)

    def __setitem__(self, language: str | None, addresses: Any) -> None:
        super().__setitem__(None, addresses)
