"""A country where signing may be dangerous: what stands in clear of its people goes."""

from __future__ import annotations

from undersigned.letters.models import Letter
from undersigned.letters.setting_up import settings_of
from undersigned.signatures.cautious_countries import be_cautious, set_up
from undersigned.signatures.deciding import By
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.models import PaperName
from undersigned.signatures.paper import Entry, Sheet, count_on_paper, enter_sheet
from undersigned.signatures.showing_again import hidden_groups, show_again


def entered(letter: Letter) -> None:
    sheet = Sheet(4, (Entry("Ana Example", "BY"), Entry("Bo Example", "PL"), Entry("Cy Example")))
    enter_sheet(letter, sheet, actor="Ana")


def names() -> list[str]:
    return list(PaperName.objects.order_by("pk").values_list("name", flat=True))


def test_names_on_paper_go_when_a_country_becomes_cautious(letter: Letter) -> None:
    entered(letter)
    other = set_up(letter, settings_of(letter), {"goal": 500}, actor="Ana")
    assert (other.changed, len(names())) == (("goal",), 3)
    done = set_up(letter, settings_of(letter), {"cautious_countries": ["BY"]}, actor="Ana")
    assert done.changed == ("cautious_countries",)
    assert names() == ["Bo Example", "Cy Example"]
    assert count_on_paper(letter) == 4


def test_a_hidden_country_stays_one_until_the_review(letter: Letter) -> None:
    hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    be_cautious(letter, "PL")
    hide_group(By(letter, "Mo"), Group(Shared.ORGANISATION, "Example Union"))
    began = settings_of(Letter.objects.get())
    set_up(letter, began, {"cautious_countries": []}, actor="Ana")
    assert Letter.objects.get().cautious_countries == ["BY"]
    entered(letter)
    assert names() == ["Bo Example", "Cy Example"]
    show_again(By(letter, "Ola", 7), hidden_groups(letter)[1].pk)
    began = settings_of(Letter.objects.get())
    set_up(letter, began, {"cautious_countries": []}, actor="Ana")
    assert Letter.objects.get().cautious_countries == []


def test_once_for_each_country(letter: Letter) -> None:
    entered(letter)
    revision = Letter.objects.get().revision
    assert [be_cautious(letter, "PL"), be_cautious(letter, "PL")] == [True, False]
    assert names() == ["Ana Example", "Cy Example"]
    assert Letter.objects.get().revision == revision + 1
