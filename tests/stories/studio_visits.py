"""Every address of the studio, and who opens it in a furnished one.

The addresses are found through the URL configuration: a new page is visited by itself. Where its
address names a new kind of thing, have `furnishing` make one, under the name it has in the address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, reverse
from django.urls.resolvers import RegexPattern

from undersigned.studio.urls import urlpatterns

ANA, NOBODY = "ana", ""

# Parts of pages that are fetched by themselves, files, and what a script alone asks for.
PIECES = frozenset(
    {
        *("studio-queue-count", "studio-export-progress", "studio-sweep-progress"),
        *("studio-request-progress", "studio-events-file", "studio-team-events-file"),
        *("mfa_download_recovery_codes", "studio-text-preview"),
        *("studio-language-preview", "studio-language-machine"),
        *("studio-mailing-progress", "studio-update-mail"),
    }
)
# Whoever opens these by hand is led to the page they belong to.
LEAD_AWAY = frozenset({"studio-founders-plan", "mfa_login_webauthn"})
# Where something stands in the address that is named otherwise, or of which there are several.
NAMED: dict[str, dict[str, str]] = {
    "studio-launch": {"slug": "ready"},
    "studio-state": {"act": "close"},
    "studio-import-columns": {"batch": "sheet"},
    "studio-import-undo": {"batch": "saved"},
    "studio-export-approve": {"export": "to_approve"},
    "studio-events-file": {"form": "csv"},
    "studio-team-events-file": {"form": "csv"},
}
QUERIES = {
    "studio-kept-until": f"?until={datetime.now(UTC).date() + timedelta(days=90)}",
    "studio-text-compare": "?from=1&to=2",
    "studio-deliver-contacts": "?preset=mailchimp&form=csv&language=en",
}
CHOOSING = frozenset({"studio-void", "studio-decline", "studio-merge"})
# Everything else is Ana's to see.
SEEN_BY = {
    "studio-begin": NOBODY,
    "studio-join": NOBODY,
    "account_login": NOBODY,
    "account_inactive": NOBODY,
    "account_reset_password": NOBODY,
    "account_reset_password_done": NOBODY,
    "account_reset_password_from_key": NOBODY,
    "account_reset_password_from_key_done": NOBODY,
    "mfa_login_webauthn": NOBODY,
    "account_set_password": "nia",
    "mfa_activate_totp": "nia",
    "mfa_authenticate": "halfway",
}
ANSWERS = {"studio-begin": 410}  # somebody has begun
# Letters in other times of their life than `air`, and where that shows.
PARTS = {
    "draft": (
        *("", "text/", "text/history/", "editions/", "founders/", "queue/", "signatures/"),
        *("signatures/featured/", "imports/", "deliver/", "figures/", "events/", "rules/", "kept/"),
    ),
    "ready": ("", "editions/", "founders/", "deliver/"),
    "soon": ("", "founders/", "settings/"),
    "closed": ("", "founders/", "settings/", "deliver/", "kept/"),
}
NARROWED = (
    *("signatures/?q=nobody", "signatures/?state=void", "signatures/?state=declined"),
    *("signatures/?page=2", "figures/?period=30", "events/?person=Bo", "organisations/?q=none"),
)


@dataclass(frozen=True)
class Visit:
    """Somebody opens an address. `name`: of its pattern, or empty; `status`: what it answers."""

    path: str
    name: str = ""
    who: str = ANA
    status: int = 200

    @property
    def is_first(self) -> bool:
        """Whether it is to show what page this is, and not what else the page may have on it."""
        return bool(self.name)


def visits(at: dict[str, Any]) -> list[Visit]:
    """One of every address, and of those that change much, in their other states too.

    `at`: what `furnishing` printed. Raises KeyError for an address that names what is not there.
    """
    return [*_one_of_each(at), *_more(at)]


def _one_of_each(at: dict[str, Any]) -> Iterator[Visit]:
    # Our own view in the place of allauth's has the same address, and no name.
    names = {route: name for route, name in _named(urlpatterns) if name[0]}
    assert {route for route, _name in _named(urlpatterns)} == names.keys(), "give the page a name"
    for name, words in names.values():
        named = {word: NAMED.get(name, {}).get(word, word) for word in words}
        kwargs = {word: at.get(key, key) if key != word else at[key] for word, key in named.items()}
        yield Visit(
            reverse(name, kwargs=kwargs) + _query(name, at),
            name,
            SEEN_BY.get(name, ANA),
            ANSWERS.get(name, 200),
        )


def _named(
    patterns: Sequence[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Of each address its route, the name of its pattern, and the words that stand in it."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _named(one.url_patterns, route)
            continue
        in_regex = one.pattern.regex.groupindex if isinstance(one.pattern, RegexPattern) else ()
        # What an included pattern names stands in the routes before it.
        words = (*one.pattern.converters, *in_regex, *(("pk",) if "<int:pk>" in before else ()))
        yield route, (one.name or "", words)


def _query(name: str, at: dict[str, Any]) -> str:
    if name in CHOOSING:
        chosen = [at["signature"], at["others"][0]]
        return "?" + urlencode({"chosen": chosen}, doseq=True)
    if name == "studio-organisation-merge":
        return "?" + urlencode({"other": at["other_organisation"]})
    return QUERIES.get(name, "")


def _more(at: dict[str, Any]) -> Iterator[Visit]:
    letters = "/studio/letters"
    air, team = f"{letters}/{at['slug']}", f"/studio/teams/{at['team']}"
    for slug, parts in PARTS.items():
        yield from (Visit(f"{letters}/{slug}/{part}") for part in parts)
    yield from (Visit(f"{air}/{part}") for part in NARROWED)
    for part in ("?left=yes", "?of=draft", "review/?all=yes"):
        yield Visit(f"{air}/languages/{at['language']}/{part}")
    for key in ("lena", "struck_out", "held"):
        yield Visit(f"{air}/signatures/{at[key]}/")
    for view in ("questions", "doubles", "left"):
        yield Visit(f"{air}/imports/{at['batch']}/?view={view}")
    yield Visit(f"{air}/imports/{at['sheet']}/?view=mend")
    yield from (Visit(f"{air}/imports/{one}/") for one in at["batches"])
    yield from (Visit(f"{air}/deliver/exports/{one}/") for one in at["exports"])
    yield from (Visit(f"{air}/partners/{one}/") for one in at["partners"])
    yield from (Visit(f"{air}/rules/sweeps/{one}/") for one in at["sweeps"])
    yield from (Visit(f"{team}/requests/{one}/") for one in at["look_ups"])
    yield Visit(f"{air}/decisions/{at['decision']}/", who="bo")
    yield Visit(f"{air}/settings/", who="vi", status=403)
    yield Visit(f"{letters}/nowhere/", status=404)
    yield Visit("/studio/", who="vi")
    yield Visit("/studio/account/factors/", who="nia")
    yield Visit(f"/studio/join/{at['token_of_ana']}/")
    yield Visit(f"/studio/join/{at['token']}/", status=403)
    yield Visit("/studio/join/none/", who=NOBODY, status=410)
