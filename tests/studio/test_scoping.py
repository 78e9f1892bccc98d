"""What belongs to one team is not there for another: every address, and every id in a form.

The pages are found as in `test_roles_walk`: a new page is tried by itself. Where its address names
a new kind of thing, add a line to THEIRS.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from tests.builders import confirmed, listed, published_letter
from tests.partners import joined
from tests.studio.people import Colleague, somebody, team_called
from tests.studio.signing_in_again import JustProved
from tests.studio.test_roles_walk import GIVEN, PAGES, a_decision, a_wording
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Handover, Letter, Mailing, Translator
from undersigned.letters.translating.working import begin
from undersigned.letters.updates import Words, begin_update
from undersigned.signatures import correcting, deciding, looking_up, sweeping
from undersigned.signatures.authority.proving import ask_for_proof
from undersigned.signatures.deciding import By
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.holding_rules import Condition, RuleKind, read_conditions
from undersigned.signatures.importing import bringing
from undersigned.signatures.models import HoldingRule, Kind, PartnerFile, Signature, Vouching
from undersigned.signatures.paper import Entry, Sheet, enter_sheet
from undersigned.signatures.setting_rules import add_rules
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import studio_sealer
from undersigned.teams.models import Invitation, Membership, Person, Role, Team

# Words and numbers that are no ids: they mean something only below the letter or the list.
NO_IDS = frozenset({"act", "code", "form", "language", "row", "token", "version"})
WORDS: dict[str, object] = {"version": 1, "language": "es"}
# The registry is shared by all letters of the installation, on purpose.
SHARED = frozenset({"organisation"})
# Things that come and go while a page is only looked at.
NOTED = frozenset({"django_session", "usersessions_usersession", "account_emailaddress"})
SECRET = "Bea of the other team"
MADE_UP: dict[type, object] = {int: 987_654, str: "none", UUID: uuid4()}


def an_invitation(letter: Letter) -> UUID:
    return Invitation.objects.create(
        token_hash=uuid4().bytes,
        team=letter.team,
        letter=letter.pk,
        role=Role.VIEWER,
        email="bea.guest@example.org",
        invited_by=SECRET,
        expires_at=timezone.now() + timedelta(days=1),
    ).pk


def an_export(letter: Letter) -> UUID:
    boss = Person.objects.get(name=SECRET)
    return asking.ask(letter, boss, form="csv", preset=PRESETS["mailchimp"], language="en").pk


def a_handover(letter: Letter) -> int:
    return Handover.objects.create(
        letter=letter, recipient=SECRET, handed_over_on=timezone.localdate()
    ).pk


def an_update(letter: Letter) -> int:
    """On its way to readers."""
    update = begin_update(letter, {"en": Words(SECRET, SECRET)}, actor=SECRET)
    Mailing.objects.create(update=update, starts_at=timezone.now(), actor=SECRET)
    return update.number


def a_batch(letter: Letter) -> UUID:
    return bringing.begin(
        letter,
        f"Individuals\n\n{SECRET}, Writer\n".encode(),
        studio_sealer(),
        file_name="",
        origin=SECRET,
        kind="",
        actor=SECRET,
    ).pk


def a_rule(letter: Letter) -> int:
    add_rules(By(letter, SECRET), read_conditions(RuleKind.WORD, "secret"))
    return HoldingRule.objects.get(letter=letter).pk


def a_sweep(letter: Letter) -> UUID:
    return sweeping.order_sweep(By(letter, SECRET), [Condition(RuleKind.WORD, "secret")]).pk


def a_look_up(letter: Letter) -> UUID:
    assert letter.team_id is not None
    return looking_up.ask_for_address(letter.team_id, "bea@example.org", actor=SECRET).pk


def a_translator(letter: Letter) -> UUID:
    return Translator.objects.create(letter=letter, language="es", credit=SECRET).pk


def things_of(letter: Letter, keys: WorkerKeys) -> dict[str, object]:
    """One of everything that an address of the studio can name, of the other team."""
    by = By(letter, SECRET)
    signature = listed(letter, keys, name="Bea Sealed")
    organisation = listed(letter, keys, name="Bea Society", kind=Kind.ORGANISATION)
    decision = deciding.hold(by, [listed(letter, keys).pk]).decision
    assert decision is not None
    partner = joined(letter, "beas", name=SECRET, words={letter.source_language: SECRET})
    return {
        "member": Membership.objects.get(person__name=SECRET).pk,
        "invitation": an_invitation(letter),
        "export": an_export(letter),
        "handover": a_handover(letter),
        "paper": enter_sheet(letter, Sheet(1, (Entry(SECRET),), SECRET), actor=SECRET).pk,
        "number": an_update(letter),
        "partner": partner.slug,
        "file": PartnerFile.objects.create(partner=partner, number=1, actor=SECRET).number,
        "signature": signature.pk,
        "batch": a_batch(letter),
        "rule": a_rule(letter),
        "sweep": a_sweep(letter),
        "decision": decision.pk,
        "correction": correcting.correct(by, signature.pk, {"name": "Bea Right"}).pk,
        "check": ask_for_proof(by, organisation.pk, "dns", "example.org").pk,
        "look_up": a_look_up(letter),
        "wording": a_wording(letter, keys),
        "translator": a_translator(letter),
        "taken": Vouching.objects.create(
            signature=organisation, names=SECRET, sealed=b"", actor=SECRET, at=timezone.now()
        ).pk,
    }


def stored() -> dict[str, list[Any]]:
    """Every row that is not about sessions."""
    rows: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - NOTED:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


@pytest.fixture
def owner(team: Team) -> Colleague:
    """Ana, who owns the team of `letter` and has just shown who she is."""
    return JustProved(somebody("Ana", Role.OWNER, team))


@pytest.fixture
def theirs(keys: WorkerKeys) -> Letter:
    """A letter of another team, which Ana has nothing to do with."""
    other = team_called("Elsewhere")
    Person.objects.filter(pk=somebody("Bea", Role.OWNER, other).pk).update(name=SECRET)
    return published_letter(keys, slug="theirs", team=other)


def sent(owner: Colleague, page: URLPattern, letter: Letter, named: dict[str, object]) -> list[Any]:
    """The answers to a GET and to a POST of a page below our own letter or team."""
    given = {"slug": letter.slug, "team": letter.team_id}
    kwargs = {key: given[key] for key in GIVEN if key in page.pattern.converters}
    words = {key: WORDS.get(key, "none") for key in NO_IDS & page.pattern.converters.keys()}
    path = reverse(str(page.name), kwargs={**kwargs, **words, **named})
    return [owner.get(path), owner.post(path, {"reason": "other", "words": "x", "role": "viewer"})]


def told(answer: HttpResponse, named: dict[str, object]) -> tuple[int, str]:
    """Status and destination, without the id that was asked for."""
    place = answer.headers.get("Location", "")
    for one in named.values():
        place = place.replace(str(one), "·")
    return answer.status_code, place


def test_what_another_team_has_is_not_there(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    """Exactly as for an id that nobody has: the same answer, and nothing has changed."""
    begin(letter, "es")
    there = things_of(theirs, keys)
    waiting = {**there, "decision": a_decision(theirs, keys)}
    before = stored()
    wrong: dict[str, object] = {}
    pages = [(name, page, of) for of in (there, waiting) for name, page in PAGES.items()]
    for name, page, there in pages:
        ids = page.pattern.converters.keys() - {*GIVEN, *NO_IDS, *SHARED}
        if not ids or (there is waiting and "decision" not in ids):
            continue
        named = {key: there[key] for key in ids}
        made_up = {key: MADE_UP[type(there[key])] for key in ids}
        answers = sent(owner, page, letter, named)
        expected = sent(owner, page, letter, made_up)
        for answer, same in zip(answers, expected, strict=True):
            if told(answer, named) != told(same, made_up) or answer.status_code == 200:
                wrong[name] = told(answer, named)
            if SECRET in answer.text or "Bea S" in answer.text:
                wrong[name] = "shows it"
        if stored() != before:
            wrong[name] = "changed something"
            before = stored()
    assert wrong == {}


def test_no_page_of_another_team_opens_with_its_own_address(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    there = things_of(theirs, keys)
    before = stored()
    for page in PAGES.values():
        if not set(GIVEN) & page.pattern.converters.keys():
            continue
        named = {key: there[key] for key in page.pattern.converters.keys() & there.keys()}
        if SHARED & page.pattern.converters.keys():
            named["organisation"] = uuid4()
        assert {answer.status_code for answer in sent(owner, page, theirs, named)} <= {404, 405}
    assert stored() == before


CHOSEN = (
    *("studio-void", "studio-decline", "studio-accept", "studio-hold"),
    *("studio-feature", "studio-unfeature"),
)


@pytest.mark.parametrize("name", CHOSEN)
def test_signatures_of_another_letter_are_not_decided_on(
    name: str, owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    chosen = [
        listed(theirs, keys).pk,
        confirmed(theirs, keys, name="Held Society", kind=Kind.ORGANISATION).pk,
        listed(theirs, keys).pk,
    ]
    Signature.objects.filter(pk=chosen[2]).update(is_featured=True, position=1)
    before = stored()
    form = {"chosen": chosen, "reason": "other", "words": "No."}
    owner.post(reverse(name, args=[letter.slug]), form)
    assert stored() == before


def test_signatures_of_two_letters_are_not_merged(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    ours, foreign = listed(letter, keys), listed(theirs, keys)
    before = stored()
    path = reverse("studio-merge", args=[letter.slug])
    owner.post(path, {"keep": foreign.pk, "chosen": ours.pk})
    owner.post(path, {"keep": ours.pk, "chosen": foreign.pk})
    assert stored() == before


def test_the_order_of_featured_ones_is_each_letters_own(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    for one in (listed(theirs, keys), listed(theirs, keys)):
        Signature.objects.filter(pk=one.pk).update(is_featured=True, position=1)
    before = stored()
    places = {f"place-{one.pk}": 9 - n for n, one in enumerate(Signature.objects.all())}
    owner.post(reverse("studio-featured", args=[letter.slug]), places)
    assert stored() == before


def test_a_draft_of_another_letter_is_not_restored(
    owner: Colleague, letter: Letter, theirs: Letter
) -> None:
    save(draft_of(theirs, "en"), {}, {"title": SECRET}, actor=SECRET)
    before = stored()
    assert owner.post(reverse("studio-text-restore", args=[letter.slug, 1])).status_code == 404
    assert stored() == before


def lists_of(letter: Letter) -> dict[str, str]:
    team = str(letter.team_id)
    return {
        name: reverse(name, kwargs={"slug": letter.slug} if "slug" in keys else {"team": team})
        for name, page in PAGES.items()
        if (keys := page.pattern.converters.keys()) and len(keys) == 1 and keys <= set(GIVEN)
    }


def test_lists_hold_nothing_of_another_team(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    there = things_of(theirs, keys)
    seen: dict[str, list[str]] = {}
    for name, path in lists_of(letter).items():
        answer = owner.get(path)
        found = [
            str(one) for key, one in there.items() if str(one) in answer.text and len(str(one)) > 9
        ]
        if SECRET in answer.text or "Bea S" in answer.text or found:
            seen[name] = found
    assert seen == {}


def test_a_batch_of_another_letter_narrows_to_nothing(
    owner: Colleague, letter: Letter, theirs: Letter, keys: WorkerKeys
) -> None:
    listed(theirs, keys, name="Bea Sealed")
    batch = a_batch(theirs)
    shown = owner.get(reverse("studio-signatures", args=[letter.slug]), {"batch": batch})
    assert "Bea Sealed" not in shown.text
