"""An hour in a named time zone: chosen from a list, typed as people type it, shown in words.

Zones are IANA's. Their cities, and which part of the world they belong to, come from CLDR (ICU),
in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import icu
from django.utils.translation import get_language, gettext

from undersigned.letters import formatting
from undersigned.letters.places import country_names

YEARS = range(2000, 2200)


class HourRefused(Exception):
    """A sentence why this is no hour to plan for."""


class HourUnreadable(HourRefused):
    """The day or the hour is not written as one."""


class ZoneUnknown(HourRefused):
    """There is no time zone of this name."""


class HourSkipped(HourRefused):
    """The clocks are put forward over it: it does not happen in this zone on this day."""


@dataclass(frozen=True)
class Hour:
    """A moment, as it was chosen. `at` is in UTC. `note` is "" or a sentence to show."""

    at: datetime
    zone: str
    note: str = ""


def read_hour(day: str, hour: str, zone: str) -> Hour:
    """The moment of `2026-11-23`, `09:00` in `Europe/Berlin`; raises HourRefused.

    An hour that happens twice, when the clocks are put back, is taken the first time.
    """
    local = _read_local(day, hour)
    name = known_zone(zone)
    if name is None:
        raise ZoneUnknown(gettext("Choose the time zone from the list."))
    moments = occurrences(local, name)
    if not moments:
        raise HourSkipped(
            gettext(
                "There is no %(hour)s in %(city)s on %(day)s: the clocks are put forward over it. "
                "Choose an hour earlier or later."
            )
            % _in_words(local, name)
        )
    note = ""
    if len(moments) > 1:
        note = gettext(
            "%(hour)s happens twice in %(city)s on %(day)s, because the clocks are put back. "
            "The first one is meant, %(utc)s UTC."
        ) % {**_in_words(local, name), "utc": _clock(moments[0])}
    return Hour(moments[0], name, note)


def occurrences(local: datetime, zone: str) -> tuple[datetime, ...]:
    """When a naive local time happens in a zone, in UTC: once, twice in autumn, never in spring."""
    place = ZoneInfo(zone)
    moments = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(
        sorted({at for at in moments if at.astimezone(place).replace(tzinfo=None) == local})
    )


def say_hour(at: datetime, zone: str) -> str:
    """`Monday, 23 November 2026, 09:00 in Berlin (08:00 UTC)`, in the active language."""
    local = at.astimezone(ZoneInfo(zone))
    words = _in_words(local, zone)
    if zone == "UTC":
        return gettext("%(day)s, %(hour)s UTC") % words
    utc = at.astimezone(UTC)
    if utc.date() == local.date():
        return gettext("%(day)s, %(hour)s in %(city)s (%(utc)s UTC)") % {
            **words,
            "utc": _clock(utc),
        }
    return gettext("%(day)s, %(hour)s in %(city)s (%(utc_day)s, %(utc)s UTC)") % {
        **words,
        "utc_day": _day(utc),
        "utc": _clock(utc),
    }


def known_zone(name: str) -> str | None:
    """The zone's present name, for any that it has had: `Asia/Kolkata` for `Asia/Calcutta`."""
    return _zones().names.get(name)


@lru_cache(maxsize=16)
def zone_choices(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Zones to choose from, by part of the world: (part, ((zone, `Berlin (Germany)`), …)).

    In the order of the language, after UTC.
    """
    locale = icu.Locale.forLanguageTag(language)
    order = icu.Collator.createInstance(locale).getSortKey
    parts = icu.LocaleDisplayNames.createInstance(locale)
    countries = country_names(language)
    found: dict[str, list[tuple[str, str]]] = {}
    for zone, territory in _zones().territories.items():
        continent = icu.Region.getInstance(territory).getContainingRegion(_CONTINENT)
        label = city = city_name(zone, language)
        if (country := countries[territory]) != city:
            label = f"{city} ({country})"
        part = parts.regionDisplayName(continent.getRegionCode())
        found.setdefault(part, []).append((zone, label))
    return (
        (gettext("Everywhere"), (("UTC", "UTC"),)),
        *(
            (part, tuple(sorted(found[part], key=lambda choice: order(choice[1]))))
            for part in sorted(found, key=order)
        ),
    )


_CONTINENT = icu.URegionType.CONTINENT


@lru_cache(maxsize=2048)
def city_name(zone: str, language: str) -> str:
    """`Berlin` or `برلين` for `Europe/Berlin`.

    CLDR keeps the name under whichever the zone had first, so each of its names is tried.
    """
    names = icu.TimeZoneNames.createInstance(icu.Locale.forLanguageTag(language))
    former = (name for name, present in _zones().names.items() if present == zone)
    cities = ((name, names.getExemplarLocationName(name)) for name in former)
    return next((city for name, city in cities if city and city != _last(name)), _last(zone))


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class _Zones:
    names: dict[str, str]  # any name: the present one
    territories: dict[str, str]  # present name: ISO code of its country


@lru_cache(maxsize=1)
def _zones() -> _Zones:
    names, territories = {"UTC": "UTC"}, {}
    for name in sorted(available_timezones()):
        try:
            present = icu.TimeZone.getIanaID(name)
            # Of the former names some are another country's: `Iceland` is Abidjan's for ICU.
            territory = icu.TimeZone.getRegion(present)
        except icu.ICUError:
            continue  # newer than ICU's data, or a name of this machine's own
        if territory in country_names("en"):
            names[name] = present
            territories[present] = territory
    return _Zones(names, territories)


def _read_local(day: str, hour: str) -> datetime:
    unreadable = HourUnreadable(
        gettext("Write the day like 2026-11-23 and the hour like 09:00, from 00:00 to 23:59.")
    )
    try:
        local = datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(hour.strip()))
    except ValueError:
        raise unreadable from None
    if local.year not in YEARS or local.tzinfo is not None:
        raise unreadable
    return local.replace(second=0, microsecond=0)


def _in_words(local: datetime, zone: str) -> dict[str, str]:
    city = city_name(zone, get_language() or "en")
    return {"day": _day(local), "hour": _clock(local), "city": city}


def _day(at: datetime) -> str:
    return formatting.full_day(at, get_language() or "en")


def _clock(at: datetime) -> str:
    return formatting.clock(at, get_language() or "en")
