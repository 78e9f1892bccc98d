"""Everything that a letter's page shows, read from the database: the context of its template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from undersigned.letters.formatting import long_day
from undersigned.letters.models import Letter, Partner
from undersigned.letters.places import country_choices
from undersigned.letters.queries import Words, letter_path
from undersigned.letters.retention import end_date
from undersigned.letters.translating.offering import takes_offers
from undersigned.signatures.counting import Counts, read_counts
from undersigned.signatures.figures import listed_by_day
from undersigned.signatures.partner_counting import brought_by
from undersigned.signatures.receiving.addressing import sign_address
from undersigned.signatures.signatories import Signatories, first_signatories, withdrawn_openly
from undersigned.website.appearance import accent_sheet, logo_file
from undersigned.website.behind import behind_in
from undersigned.website.forms import SignForm, kinds_of, sign_form
from undersigned.website.handovers import delivered
from undersigned.website.languages import direction, own_name, words_language
from undersigned.website.partners import partner_boxes
from undersigned.website.plots.growth import Curve, draw_growth
from undersigned.website.plots.periods import days_of
from undersigned.website.stamps import make_stamp
from undersigned.website.updates import shown_updates

LEAST_FOR_A_CURVE = 20
UPDATES_SHOWN = 3


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    direction: str
    is_current: bool


@dataclass(frozen=True)
class Share:
    """A plain link to another site's own sharing page; nothing of theirs is loaded here."""

    name: str
    url: str


def frame(letter: Letter, words: Words, language: str, page: str = "letter") -> dict[str, Any]:
    """What every page of a letter needs: words, languages, addresses.

    `language`: of the address. The letter's text may be in another one (`text_language`).
    `page`: the name of the page's address, where it has one in every language.
    """
    return {
        "letter": letter,
        "text": words.translation,
        "translated": words.translated,
        "language": language,
        "language_direction": direction(language),
        "language_name": own_name(language),
        "text_language": words.translation.language,
        "text_direction": direction(words.translation.language),
        "source_language_name": own_name(letter.source_language),
        "languages": [
            LanguageLink(
                code=code,
                name=own_name(code),
                url=_page_url(letter, code, page),
                direction=direction(code),
                is_current=code == language,
            )
            for code in words.languages
        ],
        # Which of the languages search engines should show to those who read none of them.
        "any_language_url": reverse("letter-source", args=[letter.slug])
        if page == "letter"
        else _page_url(letter, letter.source_language, page),
        "translate_url": reverse("translate", args=[letter.slug, language]),
        "takes_offers": takes_offers(letter),
        "url": letter_url(letter, language),
        "absolute_url": settings.SITE_URL + letter_url(letter, words.translation.language),
        "signatures_url": reverse("signatures", args=[letter.slug, language]),
        "figures_url": reverse("figures", args=[letter.slug, language]),
        "editions_url": reverse("editions", args=[letter.slug, language]),
        "accent_url": (sheet := accent_sheet(letter)) and sheet.url(letter),
        "site_url": settings.SITE_URL,
        "mail_is_kept": settings.SITE_ON_LOOPBACK and not settings.MAIL_IS_DELIVERED,
    }


def letter_url(letter: Letter, language: str) -> str:
    return letter_path(letter, language)


def _page_url(letter: Letter, language: str, page: str) -> str:
    if page == "letter":
        return letter_url(letter, language)
    return reverse(page, args=[letter.slug, language])


def page(letter: Letter, words: Words, language: str, via: Partner | None = None) -> dict[str, Any]:
    """The whole page. `via`: the partner by whose link it is opened."""
    counts = read_counts(letter)
    signatories = first_signatories(letter, language)
    return {
        **frame(letter, words, language),
        **form_context(
            letter, language, sign_form(letter), waited=False, via=via.slug if via else ""
        ),
        "via": via,
        "brought": brought_by(via) if via else 0,
        "behind": behind_in(words.translation, letter.source_language),
        "source_link": source_link(letter),
        "counts": counts,
        "growth": small_curve(letter, counts),
        "signatories": signatories,
        "updates": shown_updates(letter, language)[:UPDATES_SHOWN],
        "withdrawn": withdrawn_in_view(letter, language),
        "handovers": delivered(letter, language),
        "last_update": last_update(letter, signatories, language),
        "brought_on": signatories.brought_at and written_date(signatories.brought_at, language),
        "published": written_date(letter.launched_at, language),
        "logo": (logo := logo_file(letter)) and (logo.url(letter), logo.width, logo.height),
        "edition_published": letter.edition and written_date(letter.edition.published_at, language),
        "shares": shares(letter, words),
        "mail_share": mail_share(letter, words),
        "structured_data": structured_data(letter, words, counts),
    }


def withdrawn_in_view(letter: Letter, language: str) -> list[tuple[str, str]]:
    """Name and day of those who left openly."""
    return [
        (one.name, long_day(one.on, words_language(language))) for one in withdrawn_openly(letter)
    ]


def source_link(letter: Letter) -> SafeString:
    """To the letter in the language in which it counts, by that language's own name."""
    code = letter.source_language
    return format_html(
        '<a href="{}" lang={} hreflang={}><bdi>{}</bdi></a>',
        letter_url(letter, code),
        code,
        code,
        own_name(code),
    )


def small_curve(letter: Letter, counts: Counts) -> Curve | None:
    """How the letter grew, in few bytes; None while there is little to see."""
    days = days_of(listed_by_day(letter))
    if counts.total < LEAST_FOR_A_CURVE or days is None or len(days) == 1:
        return None
    return draw_growth(days, tolerance=3)


def form_context(
    letter: Letter, language: str, form: SignForm, *, waited: bool, via: str = ""
) -> dict[str, Any]:
    """The form's part of the page; see stamps.make_stamp for `waited`.

    `via`: the partner by whose link it is opened.
    """
    return {
        "form": form,
        "kinds": kinds_of(letter),
        "asks": form.asks,
        "partners": partner_boxes(letter, language, form.data, via),
        "stamp": make_stamp(letter.pk, waited=waited),
        "by_mail_url": sign_address(letter) and reverse("by-mail", args=[letter.slug, language]),
        "countries": country_choices(language),
        "takes_signatures": letter.takes_signatures(timezone.now()),
        "signing_is_paused": not letter.sealing_key or len(letter.sealing_key) != 32,
        "deadline": letter.deadline and written_date(letter.deadline, language),
        "kept_until": kept_until(letter, language),
    }


def kept_until(letter: Letter, language: str) -> str:
    """The day on which all addresses go."""
    return written_date(end_date(letter, timezone.now().date()), language)


def last_update(letter: Letter, signatories: Signatories, language: str) -> str:
    """The day the list last changed: an imported list's own date, or the newest name's."""
    days = [day for day in (letter.last_update, signatories.newest) if day is not None]
    return long_day(max(days), words_language(language)) if days else ""


def written_date(at: date | None, language: str) -> str:
    """`23 November 2026` as the language of our words beside it writes it; today if not known."""
    return long_day(at or timezone.now(), words_language(language))


def shares(letter: Letter, words: Words) -> list[Share]:
    url = settings.SITE_URL + letter_url(letter, words.translation.language)
    text = " ".join(part for part in (words.translation.title, letter.hashtag) if part)
    both = f"{text} {url}"
    return [
        Share("Mastodon", "https://mastodonshare.com/?" + urlencode({"text": text, "url": url})),
        Share("Bluesky", "https://bsky.app/intent/compose?" + urlencode({"text": both})),
        Share("WhatsApp", "https://wa.me/?" + urlencode({"text": both})),
        Share("Telegram", "https://t.me/share/url?" + urlencode({"url": url, "text": text})),
    ]


def mail_share(letter: Letter, words: Words) -> str:
    """A mailto: link with the letter's title and address."""
    url = settings.SITE_URL + letter_url(letter, words.translation.language)
    return f"mailto:?subject={quote(words.translation.title)}&body={quote(url)}"


def structured_data(letter: Letter, words: Words, counts: Counts) -> SafeString:
    """schema.org, as JSON-LD that is safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "open letter",
        "name": words.translation.title,
        "inLanguage": words.translation.language,
        "url": settings.SITE_URL + letter_url(letter, words.translation.language),
        "author": [{"@type": "Organization", "name": name} for name in letter.drafters],
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/EndorseAction",
            "userInteractionCount": counts.total,
        },
    }
    if letter.launched_at:
        data["datePublished"] = letter.launched_at.date().isoformat()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308  no character is left that ends the element
