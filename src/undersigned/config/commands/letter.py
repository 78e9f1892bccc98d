"""`undersigned letter`: put letters up."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersigned.config.cli import set_up
from undersigned.config.commands.setup import prepare

if TYPE_CHECKING:
    from undersigned.signatures.importing.flags import Flag
    from undersigned.signatures.importing.proposal import Proposal, Reading
    from undersigned.teams.models import Team

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.group()
def letter() -> None:
    """Put letters up."""


@letter.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--slug", default="", help="The letter's address: letters, digits, hyphens.")
@click.option("--publish", is_flag=True, help="Store the letter and open it for signatures.")
@click.option("--accept-suggestions", is_flag=True, help="Take every suggestion unasked.")
@click.option("--json", "as_json", is_flag=True, help="For machines: the whole proposal.")
@click.option("--language", default="", help="The letter's language, where the guess is wrong.")
@click.option("--team", default="", help="Who hosts it, where there are several teams.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
def import_letter(
    file: Path,
    slug: str,
    publish: bool,
    accept_suggestions: bool,
    as_json: bool,
    language: str,
    team: str,
    data: Path | None,
) -> None:
    """Read the text of a campaign page: its letter, drafters and signatories.

    Says what it is unsure of, and asks. Nothing is stored without --publish.
    """
    from undersigned.signatures.importing.page import propose
    from undersigned.signatures.importing.text import PageNotReadable, read_page

    if publish:
        set_up(data)
        prepare()
        _check_slug(slug)
        host = _host(team)
    try:
        proposal = propose(read_page(file))
    except PageNotReadable as refusal:
        raise click.ClickException(str(refusal)) from None
    if as_json:
        _print_json(proposal, accept_suggestions=accept_suggestions)
        if not publish:
            return
        if proposal.flags and not accept_suggestions:
            raise click.ClickException(_undecided(len(proposal.flags)))
    reading = _decide(proposal, accept_suggestions=accept_suggestions, quiet=as_json)
    if publish:
        url = _publish(reading, slug, language or reading.letter.language, host)
        click.echo(f"The letter is open at {url}", err=as_json)
    else:
        _summarise(reading)
        click.echo("Nothing was stored. Put the letter up with --slug NAME --publish.")


def _undecided(count: int) -> str:
    return (
        f"{'One question is' if count == 1 else f'{count} questions are'} open. Answer at a "
        "terminal, or take all suggestions with --accept-suggestions."
    )


def _check_slug(slug: str) -> None:
    from undersigned.letters.models import Letter
    from undersigned.website.urls import RESERVED_SLUGS

    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise click.ClickException(
            "Choose the letter's address with --slug: up to 60 small letters, digits and hyphens."
        )
    if slug in RESERVED_SLUGS or len(slug) < 4:
        raise click.ClickException(
            f"“{slug}” is an address of the site's own, or too short. Choose another --slug."
        )
    if Letter.objects.filter(slug=slug).exists():
        raise click.ClickException(f"There is a letter called “{slug}”. Choose another --slug.")


def _print_json(proposal: Proposal, *, accept_suggestions: bool) -> None:
    found = proposal.to_json()
    if accept_suggestions:
        found["accepted"] = proposal.accept_all().to_json()
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _decide(proposal: Proposal, *, accept_suggestions: bool, quiet: bool) -> Reading:
    if accept_suggestions:
        if not quiet:
            for flag in proposal.flags:
                _show(flag)
        return proposal.accept_all()
    if proposal.flags and not (sys.stdin.isatty() and sys.stdout.isatty()):
        for flag in proposal.flags:
            _show(flag)
        raise click.ClickException(_undecided(len(proposal.flags)))
    return proposal.accept(_ask(proposal.flags))


def _ask(flags: tuple[Flag, ...]) -> list[str]:
    """One question after the other; returns the ids of accepted suggestions."""
    accepted: list[str] = []
    for number, flag in enumerate(flags, 1):
        click.echo(f"\n{number} of {len(flags)}")
        _show(flag)
        answer = click.prompt(
            "Take the suggestion? (y)es, (n)o, (a)ll that are left",
            type=click.Choice(["y", "n", "a"]),
            default="y",
            show_choices=False,
        )
        if answer == "a":
            return accepted + [rest.id for rest in flags[number - 1 :]]
        if answer == "y":
            accepted.append(flag.id)
    return accepted


def _show(flag: Flag) -> None:
    lines = ", ".join(str(line) for line in flag.lines)
    click.echo(f"{f'line {lines}: ' if lines else ''}{flag.reason}\n  → {flag.suggestion}")


def _summarise(reading: Reading) -> None:
    organisations = len(reading.organisations)
    people = len(reading.featured) + len(reading.others)
    click.echo(
        f"\n“{reading.letter.title}”: "
        f"{organisations} {'organisation' if organisations == 1 else 'organisations'}, "
        f"{people} {'person' if people == 1 else 'people'}."
    )


def _host(name: str) -> Team | None:
    from undersigned.letters.hosting import TeamUnclear, host_of_new_letters

    try:
        return host_of_new_letters(name)
    except TeamUnclear as refusal:
        raise click.ClickException(str(refusal)) from None


def _publish(reading: Reading, slug: str, language: str, team: Team | None) -> str:
    from django.conf import settings

    from undersigned.signatures.importing.publishing import IncompleteLetter, put_up
    from undersigned.vault.keys import Keyring

    keyring = Keyring(settings.DATA / "keys")
    try:
        put_up(reading, slug, language, keyring, actor="command line", team=team)
    except IncompleteLetter as refusal:
        raise click.ClickException(str(refusal)) from None
    return f"{settings.SITE_URL}/{slug}/"
