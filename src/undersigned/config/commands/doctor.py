"""`undersigned doctor`: is the installation well?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from undersigned.config.cli import set_up

_MARKS = {"fine": "ok   ", "note": "note ", "wrong": "WRONG"}


@click.command()
@click.option(
    "--mail", is_flag=True, help="Connect to the mail server too; look up the sender in DNS."
)
@click.option("--json", "as_json", is_flag=True, help="For machines: versions and findings.")
@click.option("--data", type=click.Path(path_type=Path), help="The data directory.")
@click.pass_context
def doctor(context: click.Context, mail: bool, as_json: bool, data: Path | None) -> None:
    """Check the installation: a sentence for each finding, with the next step.

    The exit status is 1 if something must be put right.
    """
    set_up(data)
    from django.utils import timezone

    from undersigned.config.health.findings import examine
    from undersigned.config.health.gathering import gather_from_command_line
    from undersigned.config.health.levels import Level

    facts = gather_from_command_line(timezone.now(), mail=mail)
    findings = examine(facts)
    wrong = sum(finding.level == Level.WRONG for finding in findings)
    if as_json:
        told = {
            "versions": asdict(facts.versions),
            "findings": [asdict(finding) for finding in findings],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        versions = facts.versions
        click.echo(
            f"Undersigned {versions.undersigned} on Python {versions.python}, "
            f"Django {versions.django}, {versions.database}, ICU {versions.icu}"
        )
        for finding in findings:
            click.echo(f"{_MARKS[finding.level]}  {finding.subject + ':':10} {finding.sentence}")
    context.exit(1 if wrong else 0)
