"""An hour in a place, as people choose it and as they read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from undersigned.letters.time_zones import (
    Hour,
    HourRefused,
    HourSkipped,
    HourUnreadable,
    ZoneUnknown,
    city_name,
    known_zone,
    occurrences,
    read_hour,
    say_hour,
    zone_choices,
)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "at"),
    [
        ("2026-11-23", "09:00", "Europe/Berlin", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-07-23", "09:00", "Europe/Berlin", datetime(2026, 7, 23, 7, tzinfo=UTC)),
        (" 2026-11-23 ", " 09:00:30 ", "UTC", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("2026-01-01", "01:15", "Asia/Kolkata", datetime(2025, 12, 31, 19, 45, tzinfo=UTC)),
    ],
)
def test_an_hour_in_a_zone_is_a_moment(day: str, hour: str, zone: str, at: datetime) -> None:
    assert read_hour(day, hour, zone) == Hour(at, zone)


def test_a_zone_is_known_by_the_names_that_it_has_had() -> None:
    assert read_hour("2026-11-23", "09:00", "Asia/Calcutta").zone == "Asia/Kolkata"
    assert known_zone("Europe/Kiev") == "Europe/Kyiv"
    assert known_zone("US/Pacific") == "America/Los_Angeles"


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(HourSkipped) as refusal:
        read_hour("2026-03-29", "02:30", "Europe/Berlin")

    assert str(refusal.value) == (
        "There is no 02:30 in Berlin on Sunday, 29 March 2026: the clocks are put forward over it. "
        "Choose an hour earlier or later."
    )


def test_of_an_hour_that_happens_twice_the_first_is_meant_and_it_is_said() -> None:
    assert read_hour("2026-10-25", "02:30", "Europe/Berlin") == Hour(
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        "Europe/Berlin",
        "02:30 happens twice in Berlin on Sunday, 25 October 2026, because the clocks are put "
        "back. The first one is meant, 00:30 UTC.",
    )


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("", ""),
        ("tomorrow", "09:00"),
        ("2026-02-30", "09:00"),
        ("2026-11-23", "24:30"),
        ("2026-11-23", "09:00+01:00"),
        ("0001-01-01", "00:00"),
        ("9999-12-31", "23:59"),
    ],
)
def test_what_is_no_hour_is_refused(day: str, hour: str) -> None:
    with pytest.raises(HourUnreadable, match="Write the day like 2026-11-23 and the hour like"):
        read_hour(day, hour, "America/New_York")


@pytest.mark.parametrize(
    "zone", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "Etc/GMT+5", "localtime"]
)
def test_a_zone_that_is_not_on_the_list_is_refused(zone: str) -> None:
    assert known_zone(zone) is None
    with pytest.raises(ZoneUnknown, match=r"^Choose the time zone from the list\.$"):
        read_hour("2026-11-23", "09:00", zone)


MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ZONES = [zone for _, zones in zone_choices("en") for zone, _ in zones]


@given(
    st.builds(datetime.combine, st.dates(date(2000, 1, 1), date(2199, 12, 31)), MINUTES),
    st.sampled_from(ZONES),
)
def test_every_hour_of_every_zone_is_answered(local: datetime, zone: str) -> None:
    moments = occurrences(local, zone)

    assert len(moments) in {0, 1, 2}
    assert all(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local for at in moments)
    try:
        hour = read_hour(f"{local:%Y-%m-%d}", f"{local:%H:%M}", zone)
    except HourRefused:
        assert moments == ()
    else:
        assert hour.at == moments[0]
        assert bool(hour.note) == (len(moments) == 2)


@pytest.mark.parametrize(
    ("hour", "zone", "said"),
    [
        (9, "UTC", "Monday, 23 November 2026, 09:00 UTC"),
        (9, "Europe/Berlin", "Monday, 23 November 2026, 10:00 in Berlin (09:00 UTC)"),
        (
            20,
            "Asia/Tokyo",
            "Tuesday, 24 November 2026, 05:00 in Tokyo (Monday, 23 November 2026, 20:00 UTC)",
        ),
    ],
)
def test_a_moment_is_said_in_its_zone_and_in_utc(hour: int, zone: str, said: str) -> None:
    assert say_hour(datetime(2026, 11, 23, hour, tzinfo=UTC), zone) == said


@pytest.mark.parametrize(
    ("language", "day"),
    [("es", "lunes, 23 de noviembre de 2026"), ("tlh", "Monday, 23 November 2026")],
)
def test_days_are_written_as_the_language_does(language: str, day: str) -> None:
    with translation.override(language):
        assert say_hour(datetime(2026, 11, 23, 9, tzinfo=UTC), "UTC").startswith(day)


def test_zones_are_offered_by_part_of_the_world_in_the_order_of_the_language() -> None:
    choices = zone_choices("en")
    parts = dict(choices)

    assert [part for part, _ in choices] == [
        *("Everywhere", "Africa", "Americas", "Asia", "Europe", "Oceania")
    ]
    assert parts["Everywhere"] == (("UTC", "UTC"),)
    assert ("Europe/Berlin", "Berlin (Germany)") in parts["Europe"]
    assert ("Asia/Singapore", "Singapore") in parts["Asia"]
    assert "Atlantic/Reykjavik" in dict(parts["Europe"])
    labels = [label for _, label in parts["Africa"]]
    assert (labels[0], labels[-1]) == ("Abidjan (Côte d’Ivoire)", "Windhoek (Namibia)")
    assert all(known_zone(zone) == zone for zone in ZONES)
    assert len(ZONES) == len(set(ZONES))
    assert len(ZONES) > 400


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("Asia/Kolkata", "en", "Kolkata"),
        ("Asia/Kolkata", "es", "Calcuta"),
        ("Asia/Kolkata", "ar", "كالكتا"),
        ("Europe/Berlin", "ar", "برلين"),
        ("America/New_York", "es", "Nueva York"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires"),
        ("UTC", "en", "UTC"),
    ],
)
def test_cities_are_named_in_the_language(zone: str, language: str, city: str) -> None:
    assert city_name(zone, language) == city
