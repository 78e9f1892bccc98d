"""Pieces that the studio's pages are made of, as somebody meets them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory


class LetterForm(forms.Form):
    title = forms.CharField(label="Title", help_text="As it should appear.")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(
        label="Who signs", choices=[("a", "Groups"), ("b", "People")], widget=forms.RadioSelect
    )
    held = forms.BooleanField(label="Hold them", required=False, help_text="They see that.")
    logo = forms.FileField(label="Logo", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def rendered(name: str, path: str = "/studio/", **context: Any) -> str:
    request = RequestFactory(HTTP_HOST="localhost").get(path)
    page = render_to_string(f"studio/{name}.html", context, request)
    return re.sub(r"\s+", " ", page).strip()


def test_a_field_has_its_label_above_then_its_hint_and_says_that_it_is_required() -> None:
    page = rendered("_field", field=LetterForm()["title"])
    assert re.findall(r"label for=(\S+)>Title <small>required</small></label>", page) == [
        "id_title"
    ]
    assert page.index("</label>") < page.index("As it should appear.") < page.index("<input")
    assert "<div class=hint id=id_title_helptext>" in page
    assert 'aria-describedby="id_title_helptext"' in page


def test_a_field_that_may_stay_empty_says_nothing() -> None:
    assert "required" not in rendered("_field", field=LetterForm()["note"])


def test_where_everything_is_asked_for_nothing_needs_to_be_said() -> None:
    page = rendered("_field", field=LetterForm()["title"], quiet=True)
    assert "<small>" not in page


def test_other_words_can_stand_above_a_field() -> None:
    assert "Your title <small>" in rendered(
        "_field", field=LetterForm()["title"], label="Your title"
    )


def test_what_is_wrong_stands_between_hint_and_field_and_is_tied_to_it() -> None:
    page = rendered("_field", field=LetterForm({})["title"])
    assert page.index("As it should") < page.index("<span class=error") < page.index("<input")
    assert "id=id_title_error>Fill this in. </span>" in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'aria-invalid="true"' in page


def test_choices_stand_under_a_legend_each_with_its_own_label() -> None:
    page = rendered("_field", field=LetterForm({})["kind"])
    assert '<fieldset class=field aria-describedby="id_kind_error">' in page
    assert "<legend>Who signs <small>required</small></legend>" in page
    assert re.findall(r"<label class=choice><input [^>]*> <span>(\w+)</span></label>", page) == [
        "Groups",
        "People",
    ]


def test_a_single_box_stands_before_its_label_and_the_hint_after_it() -> None:
    page = rendered("_field", field=LetterForm()["held"])
    assert re.search(r"<label class=choice><input [^>]*> <span>Hold them</span></label>", page)
    assert page.index("Hold them") < page.index("They see that.")


def test_what_somebody_typed_cannot_become_elements() -> None:
    form = LetterForm({"title": "<b>x</b>"})
    assert "<b>" not in rendered("_form", form=form, button="Save")


def test_the_summary_leads_to_each_field_with_a_problem() -> None:
    page = rendered("_errors", form=LetterForm({}))
    assert "Nothing is lost. These things need your attention:" in page
    assert re.findall(r"<a href=(#\w+)>([^<]+)</a>", page) == [
        ("#id_title", "Title: Fill this in."),
        ("#id_kind_0", "Who signs: Choose one from the list."),
    ]
    assert "<li>Fill this in." in page, "of the hidden one, where no link would lead"


def test_a_form_without_problems_has_no_summary() -> None:
    assert rendered("_errors", form=LetterForm()) == ""


def test_problems_of_the_whole_form_are_in_the_summary_with_advice() -> None:
    form = LetterForm({"title": "x", "kind": "a", "secret": "y"})
    form.add_error(None, "Somebody else saved meanwhile.")
    page = rendered("_errors", form=form, advice="Compare the two below.")
    assert "Nothing is lost. One thing needs your attention:" in page
    assert "<li>Somebody else saved meanwhile." in page
    assert "<p>Compare the two below.</p>" in page


def test_a_form_with_a_file_is_sent_as_one() -> None:
    page = rendered("_form", form=LetterForm(), button="Save", to="/x/", back="/y/")
    assert '<form method=post action="/x/" enctype=multipart/form-data>' in page
    assert '<a class="plain button" href="/y/">Cancel</a>' in page


def test_a_narrowed_list_says_how_to_see_everything_again() -> None:
    page = rendered("_filter", form=LetterForm(), found="3 fit.", is_filtered=True)
    assert re.search(r"role=status>3 fit. <a href=\?>Show all</a>", page)
    assert "required" not in re.sub(r"<(input|select)[^>]*>", "", page)
    assert "Show all" not in rendered("_filter", form=LetterForm(), found="9 fit.")
    assert "role=status" not in rendered("_filter", form=LetterForm())


def test_a_filter_shows_what_is_wrong_with_it() -> None:
    assert "Fill this in." in rendered("_filter", form=LetterForm({}))


@pytest.mark.parametrize(
    ("sort", "head"),
    [
        ("at", '<th><a href="?q=x&amp;sort=name">Name</a>'),
        ("name", '<th aria-sort=ascending><a href="?q=x&amp;sort=-name">Name</a>'),
        ("-name", '<th aria-sort=descending><a href="?q=x&amp;sort=name">Name</a>'),
    ],
)
def test_a_column_sorts_and_a_second_press_turns_the_order_round(sort: str, head: str) -> None:
    page = rendered("_sort", "/studio/?q=x&page=4", key="name", label="Name", sort=sort)
    assert page == head


def test_pages_of_a_list_keep_the_filter() -> None:
    page = Paginator(range(5), 2).page(2)
    shown = rendered("_paging", "/studio/?q=x&page=2", page=page)
    assert 'rel=prev href="?q=x&amp;page=1"' in shown
    assert 'rel=next href="?q=x&amp;page=3"' in shown
    assert "Page 2 of 3." in shown
    first = rendered("_paging", page=Paginator(range(5), 2).page(1))
    assert "rel=prev" not in first
    assert "rel=next" not in rendered("_paging", page=Paginator(range(5), 2).page(3))


def test_one_page_needs_no_paging() -> None:
    assert rendered("_paging", page=Paginator([1], 2).page(1)) == ""
    assert rendered("_paging") == ""


def test_pages_that_nobody_counts_have_an_earlier_and_a_later_one() -> None:
    both = rendered("_paging", earlier="?before=1", later="?after=2")
    assert 'rel=prev href="?before=1"' in both
    assert 'rel=next href="?after=2"' in both
    assert "rel=prev" not in rendered("_paging", later="?after=2")
    assert "rel=next" not in rendered("_paging", earlier="?before=1")


def test_an_empty_list_says_why_and_what_to_do() -> None:
    page = rendered(
        "_empty", why="Nobody has signed yet.", then="It is open.", url="/x/", action="Go"
    )
    assert "<p>Nobody has signed yet.</p><p>It is open.</p>" in page
    assert '<a class=button href="/x/">Go</a>' in page
    bare = rendered("_empty", why="Nobody has signed yet.")
    assert bare == "<div class=empty><p>Nobody has signed yet.</p></div>"


def test_a_list_that_a_filter_emptied_says_so() -> None:
    page = rendered("_empty", why="Nobody has signed yet.", is_filtered=True)
    assert "Nothing fits this filter." in page
    assert "Nobody" not in page


def test_a_figure_is_written_as_in_the_language_of_the_page() -> None:
    page = rendered("_figure", value=88222, label="signatures", note="312 today", tone="good")
    assert page == "<li class=good><b>88,222</b> <span>signatures</span> <small>312 today</small>"
    linked = rendered("_figure", value="97 %", label="confirmed", url="/x/")
    assert linked == '<li><a href="/x/"><b>97 %</b> <span>confirmed</span></a>'


def test_facts_that_are_not_known_are_left_out() -> None:
    page = rendered("_facts", facts=[("Name", "Ana"), ("City", ""), ("Age", None), ("Held", 0)])
    assert re.findall(r"<dt>(\w+)<dd><bdi>(\w+)</bdi>", page) == [("Name", "Ana"), ("Held", "0")]


@dataclass
class Job:
    label: str = "Making the PDF"
    is_running: bool = True
    done: int = 4_000
    total: int | None = 10_000
    url: str = "/job/"
    outcome: str = ""
    outcome_tone: str = ""
    cancel_url: str = ""


def test_long_work_says_how_far_it_is_and_asks_again() -> None:
    page = rendered("_progress", job=Job(cancel_url="/stop/"))
    assert 'hx-get="/job/" hx-trigger="every 2s"' in page
    assert "<progress max=10000 value=4000 aria-labelledby=job-label>" in page
    assert "4,000 of 10,000" in page
    assert '<form method=post action="/stop/">' in page


def test_long_work_of_unknown_length_only_says_that_it_goes_on() -> None:
    page = rendered("_progress", job=Job(total=None))
    assert "<progress aria-labelledby=job-label>" in page
    assert "<form" not in page


def test_work_that_is_done_asks_no_more() -> None:
    job = Job(is_running=False, outcome="The PDF is ready.", outcome_tone="good")
    page = rendered("_progress", job=job)
    assert "hx-get" not in page
    assert '<span class="tag good">The PDF is ready.</span>' in page


@dataclass
class Tab:
    label: str
    url: str
    is_current: bool = False
    count: int | None = None


def test_tabs_are_links_and_say_which_is_open() -> None:
    page = rendered("_tabs", tabs=[Tab("All", "?", is_current=True, count=1200), Tab("Held", "?h")])
    assert '<a href="?" aria-current=page>All <b>1,200</b></a>' in page
    assert '<a href="?h">Held</a>' in page


@dataclass
class Piece:
    kind: str
    text: str


def test_a_difference_is_seen_and_heard() -> None:
    pieces = [Piece("same", "We ask for "), Piece("out", "an <end>"), Piece("in", "a ban")]
    assert rendered("_diff", pieces=pieces) == (
        "<div class=diff dir=auto>We ask for "
        "<del><span class=unseen>Taken out: </span>an &lt;end&gt;</del>"
        "<ins><span class=unseen>Put in: </span>a ban</ins></div>"
    )


class Reason(forms.Form):
    reason = forms.CharField(label="Reason")


def test_a_grave_act_is_counted_and_named_before_it_is_done() -> None:
    page = rendered(
        "confirm",
        heading="Void these signatures?",
        will=["This will void 42 signatures. 3 of them are organisations."],
        keeps="Who signed is not told.",
        is_grave=True,
        button="Void 42 signatures",
        back="/back/",
        carried=[("chosen", "7")],
        form=Reason({}),
    )
    assert "<title>Error: Void these signatures?</title>" in page
    assert "<p>This will void 42 signatures. 3 of them are organisations.</p>" in page
    assert "This cannot be taken back." in page
    assert "<p>Who signed is not told.</p>" in page
    assert "<button class=grave>Void 42 signatures</button>" in page
    assert '<input type=hidden name="chosen" value="7">' in page
    assert "Reason: Fill this in." in page


def test_an_act_that_can_be_taken_back_does_not_claim_otherwise() -> None:
    page = rendered("confirm", heading="Merge?", will=["Two become one."], button="Merge", back="/")
    assert "cannot be taken back" not in page
    assert "<title>Merge?</title>" in page
