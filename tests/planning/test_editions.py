"""Concepts edited in the browser: each change whole, none lost, no omgång touched."""

from itertools import pairwise

import pytest
from django.urls import reverse

from accounts.enums import SkrRole
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from planning.actions import editions as actions
from planning.actions.editions import FACTS, STEP
from planning.enums import step_kinds
from planning.models import Edition, EditionStep, Setup
from planning.setup.outline import outline
from planning.trail import PlanningEvent
from tests.factories import CohortFactory, UserFactory
from tests.process_factories import EditionFactory, EditionStepFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def edition():
    return Edition.objects.get(key="koncept-2021")


def test_a_copy_has_everything_and_is_its_own(leader, edition):
    made = [actions.copy_edition(edition=edition, name="Konceptet 2027", by=leader) for _ in range(2)]
    copy = made[0]
    assert made[1] == copy
    assert copy.key == "konceptet-2027"
    for name in ("steps", "host_tasks", "results", "sections"):
        assert getattr(copy, name).count() == getattr(edition, name).count() > 0
    pairs = list(zip(edition.steps.all(), copy.steps.all(), strict=True))
    for old, new in pairs:
        assert (old.name, old.start_day, old.theme) == (new.name, new.start_day, new.theme)
        assert [row.text for row in old.preparations.all()] == [row.text for row in new.preparations.all()]
        assert [row.title for row in old.agenda.all()] == [row.title for row in new.agenda.all()]
        assert (old.prepares and old.prepares.name) == (new.prepares and new.prepares.name)
        assert new.prepares is None or new.prepares.edition == copy
    copy.steps.all().delete()
    assert edition.steps.count() == len(pairs)


@pytest.mark.parametrize("name", ["Koncept 2018", "koncept 2018!"])
def test_a_name_that_is_taken(leader, edition, name):
    with refused("Det finns redan ett koncept med det namnet."):
        actions.copy_edition(edition=edition, name=name, by=leader)


def test_a_name_without_letters_or_figures(leader, edition):
    with pytest.raises(ActionRefused, match="bokstäver eller siffror"):
        actions.copy_edition(edition=edition, name="!!", by=leader)


def test_two_who_edit_it_lose_nothing(leader, edition):
    stored = content_of(edition, *FACTS)
    actions.edit_edition(edition=edition, seen=digest(stored), by=leader, **{**stored, "fee": 80_000})
    with pytest.raises(Stale):
        actions.edit_edition(edition=edition, seen=digest(stored), by=leader, **{**stored, "fee": 50_000})
    assert Edition.objects.get(pk=edition.pk).fee == 80_000


def test_steps_change_places_and_stop_at_the_ends(leader, edition):
    first, second, *_, last = edition.steps.all()
    actions.move_step(step=second, up=True, by=leader)
    assert list(edition.steps.all())[:2] == [second, first]
    events = AuditEvent.objects.count()
    actions.move_step(step=second, up=True, by=leader)
    actions.move_step(step=last, up=False, by=leader)
    assert next(iter(edition.steps.all())) == second
    assert AuditEvent.objects.count() == events


def test_a_step_is_added_changed_and_removed(leader, edition):
    step = edition.steps.get(name="Lärandeträff 1")
    stored = content_of(step, *STEP)
    with pytest.raises(ActionRefused, match="har ett tema"):
        actions.save_step(edition=edition, step=step, seen=digest(stored), by=leader, **{**stored, "theme": ""})
    actions.save_step(edition=edition, step=step, seen=digest(stored), by=leader, **{**stored, "theme": "Budget"})
    with pytest.raises(Stale):
        actions.save_step(edition=edition, step=step, seen=digest(stored), by=leader, **{**stored, "theme": "Annat"})
    new = {**stored, "name": "Lärandeträff 4", "prepares": None}
    made = [actions.save_step(edition=edition, step=None, seen="", by=leader, **new) for _ in range(2)]
    assert made[0] == made[1] == edition.steps.last()
    for _ in range(2):
        actions.remove_step(step=made[0], by=leader)
    assert AuditEvent.objects.filter(kind=PlanningEvent.EDITION_SAVED).count() == 3


@pytest.mark.parametrize("n", [1, 2, 3])
def test_steps_do_not_prepare_each_other_in_a_circle(leader, n):
    edition = EditionFactory()
    steps = [EditionStepFactory(edition=edition, name=f"Steg {at}") for at in range(1, n + 1)]
    for step, target in pairwise(steps):
        step.prepares = target
        step.save()
    stored = content_of(steps[-1], *STEP)
    with pytest.raises(ActionRefused) as refusal:
        actions.save_step(
            edition=edition, step=steps[-1], seen=digest(stored), by=leader, **{**stored, "prepares": steps[0]}
        )
    assert (refusal.value.field, refusal.value.sentence) == (
        "prepares",
        {
            1: "Ett steg kan inte förbereda sig självt.",
            2: "De kan inte förbereda varandra: Steg 2 förbereder Steg 1 och Steg 1 förbereder Steg 2.",
            3: "De kan inte förbereda varandra: Steg 3 förbereder Steg 1, Steg 1 förbereder Steg 2 och Steg 2 "
            "förbereder Steg 3.",
        }[n],
    )


def test_a_step_of_no_known_kind_is_refused(leader, edition):
    fields = {**content_of(edition.steps.first(), *STEP), "kind": "seminar"}
    with pytest.raises(ActionRefused, match="Välj ett av alternativen") as refusal:
        actions.save_step(edition=edition, step=None, seen="", by=leader, **fields)
    assert refusal.value.field == "kind"


def test_every_step_of_the_concepts_is_of_a_known_kind():
    assert set(EditionStep.objects.values_list("kind", flat=True)) <= {key for key, _ in step_kinds()}


def test_one_step_for_the_report(leader, edition):
    fields = {**content_of(edition.steps.get(kind="reporting"), *STEP), "name": "En rapport till"}
    with pytest.raises(ActionRefused, match="redan ett steg"):
        actions.save_step(edition=edition, step=None, seen="", by=leader, **fields)


def test_only_an_own_one_that_nothing_is_made_from_is_deleted(leader, edition):
    with pytest.raises(ActionRefused, match="följer med systemet"):
        actions.delete_edition(edition=edition, by=leader)
    own = EditionStepFactory().edition
    Setup.objects.create(cohort=CohortFactory(), edition=own)
    with pytest.raises(ActionRefused, match="omgång är upplagd"):
        actions.delete_edition(edition=own, by=leader)
    actions.delete_edition(edition=EditionFactory(), by=leader)
    assert AuditEvent.objects.filter(kind=PlanningEvent.EDITION_DELETED).count() == 1


def test_the_administrator_reads_and_has_no_way_to_change(client, edition):
    client.force_login(UserFactory(skr_role=SkrRole.ADMINISTRATOR))
    text = client.get(edition.get_absolute_url()).text
    assert "Lärandeträff 2" in text
    assert "Ändra" not in text.split("<main")[1]


def test_an_agenda_is_saved_as_a_list(client, leader, edition):
    client.force_login(leader)
    step = edition.steps.get(name="Lärandeträff 1")
    url = reverse("planning:step_rows", args=[edition.key, step.pk, "dagordning"])
    form = client.get(url).context["form"]
    posted = {name: form.initial.get(name, field.initial or "") for name, field in form.fields.items()}
    posted = {name: value for name, value in posted.items() if not name.startswith("gone_")}
    items = list(step.agenda.all())
    posted |= {
        "title_n1": "Fika",
        "minutes_n1": "15",
        "whose_n1": "pause",
        "place_n1": "5",
        f"gone_{items[0].pk}": "on",
    }
    assert client.post(url, posted).status_code == 302
    saved = list(step.agenda.all())
    assert [item.title for item in saved] == ["Fika", *[item.title for item in items[1:]]]
    assert saved[0].whose == "pause"
    at = {item.part: item.position for item in saved}
    assert at["politician"] == at["manager"] == at["strategist"]
    assert len({item.position for item in saved}) == len(saved) - 2


def test_parts_for_each_function_run_side_by_side(edition):
    """So a meeting is as long as its longest way through, and 60 minutes are not counted three times."""
    line = next(line for line in outline(edition) if line.step.name == "Lärandeträff 1")
    assert sum(item.minutes for item in line.agenda) - line.minutes == 2 * 60
    together = next(line for line in outline(edition) if line.step.name == "Mentorträff")
    assert together.minutes == 90


@pytest.mark.parametrize("part", ["finns-inte", "agenda"])
def test_an_unknown_list_is_not_found(client, leader, edition, part):
    client.force_login(leader)
    assert client.get(reverse("planning:edition_rows", args=[edition.key, part])).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Skriv vad konceptet heter."),
        ("duration_months", "0", "Talet är minst 1."),
        ("group_max", "1", "Gruppens största antal kan inte vara mindre än det minsta."),
        ("half_steps", "on", "Checklistan tillåter inte halva steg."),
        ("checklist", "", "Välj en checklista."),
    ],
)
def test_each_error_of_the_facts(client, leader, edition, field, value, sentence):
    client.force_login(leader)
    url = reverse("planning:edition_edit", args=[edition.key])
    initial = client.get(url).context["form"].initial
    posted = {name: getattr(kept, "pk", kept) for name, kept in initial.items() if kept not in (None, False)}
    page = client.post(url, {**posted, field: value})
    assert page.status_code == 422
    assert sentence in page.text
