"""The public pages' addresses. A letter's own come last: its slug is the first part of the path."""

from __future__ import annotations

from django.conf import settings
from django.urls import path, re_path

from undersigned.website.views import (
    appearance,
    assets,
    by_mail,
    confirming,
    editions,
    feeds,
    figures,
    founders,
    front_page,
    health,
    letters,
    offering,
    ours,
    outbox,
    own_links,
    partner_files,
    partners,
    signatories,
    signing,
    translate_files,
    unsubscribing,
    updates,
    volunteer_review,
    volunteering,
    yours,
)

SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
LANGUAGE = r"(?P<language>[a-z]{2,3}(?:-[a-z]{4})?(?:-[a-z]{2})?)"
# Whoever translates without an account; `website.front.app` lets larger forms through here.
VOLUNTEER = rf"{SLUG}/translate/(?P<token>[^/]+)/"
# The front page's languages: our own. A letter's slug would match too, so they come first.
OUR_LANGUAGE = f"(?P<language>{'|'.join(code for code, _ in settings.LANGUAGES)})"
# First parts of paths that are the product's own; no letter is called like this.
RESERVED_SLUGS = frozenset(
    {
        "accounts", "api", "checkpoint", "feeds", "healthz", "ledger", "media", "openings",
        "outbox", "robots", "static", "studio", "tile", "verify",
    }
)  # fmt: skip

urlpatterns = [
    path("", front_page.show, name="front"),
    path("healthz", health.show, name="health"),
    path("outbox/", outbox.show, name="outbox"),
    path("static/<str:name>", assets.show, name="asset"),
    re_path(rf"^{OUR_LANGUAGE}/yours/$", own_links.show, name="own-links"),
    re_path(rf"^{OUR_LANGUAGE}/yours/sent/$", own_links.sent, name="links-sent"),
    re_path(rf"^{SLUG}/count\.json$", letters.count, name="count"),
    re_path(rf"^{SLUG}/(?P<name>(?:accent|logo)-[0-9a-f]{{10}}\.[a-z]+)$", appearance.show),
    re_path(rf"^{SLUG}/sign/$", signing.sign, name="sign"),
    re_path(rf"^{SLUG}/signatures/$", signatories.show, name="signatures-source"),
    re_path(rf"^{SLUG}/founders/(?P<key>[^/]+)/$", founders.show, name="founders"),
    re_path(
        rf"^{SLUG}/founders/(?P<key>[^/]+)/check-inbox/$",
        founders.check_inbox,
        name="founders-inbox",
    ),
    re_path(rf"^{SLUG}/ours/(?P<token>[^/]+)/$", ours.show, name="ours"),
    re_path(rf"^{SLUG}/yours/(?P<token>[^/]+)/$", yours.show, name="yours"),
    re_path(
        rf"^{SLUG}/yours/(?P<token>[^/]+)/held\.(?P<form>txt|json)$", yours.data, name="own-data"
    ),
    re_path(rf"^{SLUG}/partner/(?P<token>[^/]+)/$", partner_files.show, name="partner-file"),
    re_path(rf"^{SLUG}/unsubscribe/(?P<token>[^/]+)/$", unsubscribing.show, name="unsubscribe"),
    re_path(rf"^{SLUG}/confirm/(?P<token>[^/]+)/$", confirming.show, name="confirm"),
    re_path(rf"^{SLUG}/confirm/(?P<token>[^/]+)/not-me/$", confirming.not_me, name="not-me"),
    re_path(rf"^{SLUG}/confirm/(?P<token>[^/]+)/new-link/$", confirming.new_link, name="new-link"),
    re_path(rf"^{VOLUNTEER}$", volunteering.show, name="volunteer"),
    re_path(rf"^{VOLUNTEER}join/$", volunteering.join, name="volunteer-join"),
    re_path(rf"^{VOLUNTEER}preview/$", volunteering.preview, name="volunteer-preview"),
    re_path(rf"^{VOLUNTEER}hand-in/$", volunteering.hand_in, name="volunteer-hand-in"),
    re_path(rf"^{VOLUNTEER}review/$", volunteer_review.review, name="volunteer-review"),
    re_path(rf"^{VOLUNTEER}files/$", translate_files.files, name="volunteer-files"),
    re_path(rf"^{VOLUNTEER}credit/$", volunteering.credit, name="volunteer-credit"),
    re_path(rf"^{VOLUNTEER}leave/$", volunteering.leave, name="volunteer-leave"),
    re_path(rf"^{OUR_LANGUAGE}/$", front_page.show, name="front-language"),
    re_path(rf"^{SLUG}/$", letters.show, name="letter-source"),
    re_path(rf"^{SLUG}/{LANGUAGE}/$", letters.show, name="letter"),
    re_path(
        rf"^{SLUG}/{LANGUAGE}/with/(?P<partner>[a-z0-9-]{{1,40}})/$",
        partners.show,
        name="with-partner",
    ),
    re_path(rf"^{SLUG}/{LANGUAGE}/sign/$", signing.show, name="sign-page"),
    re_path(rf"^{SLUG}/{LANGUAGE}/by-mail/$", by_mail.show, name="by-mail"),
    re_path(rf"^{SLUG}/{LANGUAGE}/check-inbox/$", signing.check_inbox, name="check-inbox"),
    re_path(rf"^{SLUG}/{LANGUAGE}/signatures/$", signatories.show, name="signatures"),
    re_path(rf"^{SLUG}/{LANGUAGE}/figures/$", figures.show, name="figures"),
    re_path(rf"^{SLUG}/{LANGUAGE}/editions/$", editions.show, name="editions"),
    re_path(rf"^{SLUG}/{LANGUAGE}/updates/$", updates.show, name="updates"),
    re_path(
        rf"^{SLUG}/{LANGUAGE}/updates/(?P<number>[1-9][0-9]{{0,8}})/$", updates.one, name="update"
    ),
    re_path(rf"^{SLUG}/{LANGUAGE}/updates\.atom$", feeds.atom, name="updates-atom"),
    re_path(rf"^{SLUG}/{LANGUAGE}/updates\.json$", feeds.json, name="updates-json"),
    re_path(rf"^{SLUG}/{LANGUAGE}/translate/$", offering.show, name="translate"),
    re_path(rf"^{SLUG}/{LANGUAGE}/translate/thanks/$", offering.thanks, name="offered"),
]
