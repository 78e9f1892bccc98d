"""`undersigned outbox`: mail that was kept because no mail server is configured."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from undersigned.config.cli import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.option("--json", "as_json", is_flag=True, help="For machines: a list, newest first.")
def outbox(data: Path | None, as_json: bool) -> None:
    """Read mail that was kept because no mail server is configured."""
    set_up(data)
    from django.conf import settings

    from undersigned.mail.kept import read_kept

    if settings.MAIL_IS_DELIVERED:
        raise click.ClickException("Mail is delivered by a server here; none of it is kept.")
    mails = read_kept(settings.DATA / "outbox", limit=None)
    if as_json:
        rows = [{**asdict(mail), "at": mail.at.isoformat()} for mail in mails]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not mails:
        click.echo("No mail is kept.")
    for mail in reversed(mails):
        click.echo(f"To: {mail.to}\nDate: {mail.at:%Y-%m-%d %H:%M} UTC\nSubject: {mail.subject}\n")
        click.echo(f"{mail.text}\n\n{'-' * 72}")
