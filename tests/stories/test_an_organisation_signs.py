"""An organisation is looked at by a person before it is listed."""

from __future__ import annotations

import json

import pytest

from tests.browser import OpenPage
from tests.stories.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_fatima_signs_for_her_organisation_and_a_person_lists_it(
    site: Site, open_page: OpenPage
) -> None:
    fatima = Visitor(open_page(), site)
    before = fatima.counts()
    fatima.opens("/example/")
    fatima.chooses("kind", "organisation")
    fatima.types(
        name="Voorbeeldfonds",
        email="fatima@voorbeeldfonds.example",
        role="Director",
        website="voorbeeldfonds.example",
    )
    fatima.ticks("consent_publication")
    fatima.reads_slowly()
    fatima.presses("Sign")
    fatima.page.goto(site.link_in(site.mail_to("fatima@voorbeeldfonds.example")))
    fatima.ticks("statement")
    fatima.presses("Confirm the signature")
    assert fatima.sees("A person will look at the organisation’s entry")
    assert fatima.counts() == before

    (waiting,) = json.loads(site.command("held", "list", "example", "--json"))
    assert (waiting["name"], waiting["role"]) == ("Voorbeeldfonds", "Director")
    site.command("held", "accept", waiting["id"])
    fatima.finds_at("/example/", "Voorbeeldfonds")
    assert fatima.counts()["organisations"] == before["organisations"] + 1
