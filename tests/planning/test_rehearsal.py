"""A rehearsal (provomgång): it works like any omgång, sends nothing, counts nowhere else, and goes without a trace."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from admission.interest.lookups import open_cohorts, organisations_for
from admission.models import LetterIssue
from cohorts.enums import CohortKind, Function, OrganisationKind
from cohorts.models import Cohort, Delegate, Evaluator, Organisation, Participation
from cohorts.roles import NOBODY, roles_of
from exchange.importing import PackageRefused, import_files
from follow_up.tasks import remind
from improvements.actions import remove_effort
from improvements.models import Effort, WithdrawnExample
from kit.models import AuditEvent, KeptForm
from kit.orphans import file_fields, files_in
from mailings import delivery, digest
from mailings.actions import resend_mail
from mailings.attachments import attach
from mailings.enums import MailState
from mailings.erasing import erase_old_mail
from mailings.models import Mail
from meetings.whom import meetings_of
from people.actions.organisations import register_rehearsed
from people.actions.participation import add_participation, take_in
from people.actions.seats import add_delegate
from planning.actions.cohorts import set_up_cohort
from planning.actions.rehearsals import delete_rehearsal
from planning.models import Edition
from planning.setup.blueprint import of_edition
from planning.setup.dating import dated
from reports.models import ReportEdition
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.process_factories import MailFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 15)


@pytest.fixture
def leader():
    return UserFactory(name="Cia", skr_role=SkrRole.PROCESS_LEADER)


def set_up(by, kind=CohortKind.KOMMUNER, name="Repetition", *, rehearsal=True):
    blueprint = of_edition(Edition.objects.get(key="koncept-2021"))
    return set_up_cohort(
        name=name, kind=kind, blueprint=blueprint, plan=dated(blueprint, DAY), by=by, rehearsal=rehearsal
    )


def invite(participation, by):
    person = {"name": "Kim", "email": "kim@prov.invalid", "function": Function.STRATEGIST, "deputy": False}
    return add_delegate(participation=participation, by=by, **person)


@pytest.fixture
def rehearsal(leader):
    return set_up(leader)


@pytest.fixture
def member(rehearsal, leader):
    code = rehearsal.own_organisations.first().code
    return add_participation(cohort=rehearsal, code=code, role="participant", by=leader)


class TestSettingUp:
    def test_it_is_chosen_when_the_omgang_is_set_up(self, client, leader):
        client.force_login(leader)
        asked = {"name": "Övning", "kind": "kommuner", "source": "koncept:koncept-2021", "begins_on": "2027-01-15"}
        address = reverse("planning:cohort_preview")
        page = client.get(address, asked | {"rehearsal": "on"})
        assert "Det blir en provomgång." in page.text
        days = {name: page.context["form"][name].value() for name in page.context["form"].fields}
        query = "&".join(f"{name}={value}" for name, value in (asked | {"rehearsal": "on"}).items())
        client.post(f"{address}?{query}", days | {"create": ""})
        cohort = Cohort.objects.get(name="Övning")
        assert (cohort.rehearsal, cohort.constructed) == (True, True)

    def test_and_never_after(self, client, leader):
        cohort = set_up(leader, rehearsal=False)
        client.force_login(leader)
        assert "rehearsal" not in client.get(reverse("planning:setup_facts", args=[cohort.slug])).context["form"].fields

    @pytest.mark.parametrize(
        ("kind", "names"),
        [
            ("kommuner", {OrganisationKind.KOMMUN: 8}),
            ("regioner", {OrganisationKind.REGION: 6}),
            ("blandad", {OrganisationKind.KOMMUN: 5, OrganisationKind.REGION: 3}),
        ],
    )
    def test_it_has_organisations_of_its_own_that_can_all_take_part(self, leader, kind, names):
        cohort = set_up(leader, kind)
        own = list(cohort.own_organisations.all())
        assert {organisation.kind for organisation in own} == set(names)
        assert all(organisation.invented for organisation in own)
        for organisation in own:
            taken = add_participation(cohort=cohort, code=organisation.code, role="participant", by=leader)
            assert taken.kind == organisation.kind
        assert len(own) == sum(names.values())

    def test_several_at_once_have_other_codes_until_there_are_no_more(self, leader):
        for number in range(9):
            set_up(leader, CohortKind.REGIONER, f"Övning {number}")
        assert Organisation.objects.exclude(rehearsal=None).count() == 54
        with refused("Det finns för många provomgångar. Ta bort en som ni är klara med först."):
            set_up(leader, CohortKind.REGIONER, "En till")
        assert not Cohort.objects.filter(name="En till").exists()

    def test_a_second_click_makes_no_second_one_and_an_ordinary_one_is_another(self, leader):
        assert set_up(leader) == set_up(leader)
        assert set_up(leader, rehearsal=False) != set_up(leader)


class TestItsOrganisations:
    def test_a_real_organisation_can_not_be_in_it(self, rehearsal, leader):
        real = Organisation.objects.get(code="1281")
        with refused("Organisationen finns inte i registret."):
            add_participation(cohort=rehearsal, code="1281", role="participant", by=leader)
        with refused("En provomgång har bara sina egna organisationer."):
            take_in(rehearsal, real, code="1281", role="participant")
        assert real not in organisations_for(rehearsal)

    @pytest.mark.parametrize("constructed", [True, False])
    def test_one_of_its_own_can_be_in_no_other(self, rehearsal, leader, constructed):
        other = CohortFactory(constructed=constructed)
        own = rehearsal.own_organisations.first()
        with refused("Organisationen finns inte i registret."):
            add_participation(cohort=other, code=own.code, role="participant", by=leader)
        with refused("En provomgång har bara sina egna organisationer."):
            take_in(other, own, code=own.code, role="participant")
        assert own not in organisations_for(other)

    def test_the_page_offers_its_own_alone_and_other_pages_none_of_them(self, client, rehearsal, leader):
        OrganisationFactory(name="Påhittade kommunen")
        client.force_login(leader)
        page = client.get(reverse("people:participation_add", args=[rehearsal.slug])).text
        assert "Provkommun A" in page
        assert "Påhittade kommunen" not in page
        for other in (CohortFactory(), CohortFactory(constructed=True)):
            assert "Provkommun A" not in client.get(reverse("people:participation_add", args=[other.slug])).text

    def test_a_body_by_its_own_name_is_its_own_too(self, rehearsal, leader):
        other = CohortFactory(constructed=True)
        made = [
            add_participation(
                cohort=cohort, code="", role="participant", other_kind="association", other_name="Förbundet", by=leader
            ).organisation
            for cohort in (other, rehearsal)
        ]
        assert [organisation.rehearsal for organisation in made] == [None, rehearsal]


class TestNothingIsSent:
    def test_a_mail_is_written_and_never_sent(self, client, rehearsal, member, leader, mailoutbox):
        invite(member, leader)
        mail = Mail.objects.get(about=rehearsal.slug)
        assert (mail.state, mail.get_state_display()) == (MailState.NOT_SENT, "Skickas inte: provomgång")
        assert "Hej Kim!" in mail.text
        assert not delivery.take(mail.pk)
        assert delivery.deliver(mail.pk)
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            assert delivery.sweep() == []
            digest.send_digests()
        with refused("Mejlet är inte osäkert längre, så det skickas inte igen."):
            resend_mail(mail=mail, by=leader)
        assert mailoutbox == []
        client.force_login(leader)
        page = client.get(reverse("follow_up:mail", args=[rehearsal.slug])).text
        assert "Ett mejl är skrivet. Inget skickas." in page
        assert "Skickas inte: provomgång" in page

    def test_reminders_are_written_too(self, rehearsal, member):
        seat = DelegateFactory(participation=member, starts_on=date(2026, 1, 1))
        first = rehearsal.meetings.order_by("starts_on").first()
        with time_machine.travel(first.starts_on - timedelta(days=5)):
            remind()
        assert Mail.objects.filter(about=rehearsal.slug, recipient=seat.user).exists()
        assert not Mail.objects.filter(about=rehearsal.slug).exclude(state=MailState.NOT_SENT).exists()

    def test_of_another_omgang_they_are_sent_as_ever(self, leader, mailoutbox):
        member = ParticipationFactory(cohort=set_up(leader, rehearsal=False))
        invite(member, leader)
        assert Mail.objects.get().state == MailState.QUEUED

    def test_a_code_for_signing_in_is_of_no_omgang(self, client, member, mailoutbox):
        seat = DelegateFactory(participation=member, starts_on=date(2026, 1, 1))
        client.post(reverse("account_login"), {"email": seat.user.email})
        assert [mail.state for mail in Mail.objects.filter(kind="sign_in_code")] != [MailState.NOT_SENT]

    def test_skr_reads_the_personal_links_which_nobody_has_got(self, client, rehearsal, leader):
        mails = [
            MailFactory(kind="interest_link", about=about, state=state, text="Länken", html="<p>Länken</p>")
            for about, state in ((rehearsal.slug, MailState.NOT_SENT), ("", MailState.SENT))
        ]
        client.force_login(leader)
        pages = [client.get(reverse("follow_up:mail_one", args=[mail.pk])).text for mail in mails]
        assert ["Mejlet har en personlig länk" in page for page in pages] == [False, True]

    @pytest.mark.parametrize(("days", "erased"), [(-1, False), (1, True)])
    def test_its_mail_is_erased_as_other_mail_is(self, rehearsal, settings, days, erased):
        mail = MailFactory(about=rehearsal.slug, state=MailState.NOT_SENT)
        with time_machine.travel(mail.made_at + timedelta(days=settings.MAIL_KEEP_DAYS + days)):
            erase_old_mail()
        mail.refresh_from_db()
        assert mail.is_erased is erased


class TestItCountsNowhereElse:
    @pytest.fixture
    def stranger(self):
        return DelegateFactory(starts_on=date(2026, 1, 1)).user

    def test_an_example_is_in_no_library_and_readable_in_the_rehearsal_alone(self, client, member, leader, stranger):
        effort = EffortFactory(participation=member, shared=True, example=True, title="Provexemplet")
        own = DelegateFactory(participation=member, starts_on=date(2026, 1, 1)).user
        another = member.cohort.own_organisations.exclude(pk=member.organisation_id).first()
        beside = ParticipationFactory(cohort=member.cohort, organisation=another)
        near = DelegateFactory(participation=beside, starts_on=date(2026, 1, 1)).user
        for user, status in ((leader, 200), (own, 200), (near, 200), (stranger, 404)):
            client.force_login(user)
            assert client.get(reverse("improvements:effort", args=[effort.pk])).status_code == status
            assert "Provexemplet" not in client.get(reverse("improvements:library")).text
        client.force_login(near)
        assert "Provexemplet" in client.get(reverse("improvements:examples", args=[member.cohort.slug])).text

    def test_a_published_report_is_published_in_the_rehearsal_alone(self, client, member, leader, stranger):
        edition = frozen(ReportFactory(participation=member), "published", date(2027, 2, 1))
        own = DelegateFactory(participation=member, starts_on=date(2026, 1, 1)).user
        page = reverse("reports:published_report", args=[member.cohort.slug, member.code])
        for user, status in ((None, 404), (stranger, 404), (own, 200), (leader, 200)):
            client.logout() if user is None else client.force_login(user)
            assert client.get(page).status_code == status, user
            assert page not in client.get(reverse("reports:published")).text
        roles = [roles_of(user) for user in (stranger, own, leader)]
        assert [edition in ReportEdition.objects.visible_to(reader) for reader in roles] == [False, True, True]
        assert not ReportEdition.objects.open_to(NOBODY).exists()

    def test_the_interest_form_is_shown_to_skr_alone(self, client, rehearsal, leader):
        Cohort.objects.filter(pk=rehearsal.pk).update(interest_opens_on=date(2026, 1, 1))
        today = date(2026, 11, 1)
        assert open_cohorts(today, NOBODY) == []
        assert open_cohorts(today, roles_of(leader)) == [rehearsal]
        with time_machine.travel(today):
            page = reverse("admission:interest_new", args=[rehearsal.slug])
            assert client.get(page).status_code == 302
            client.force_login(leader)
            assert "Repetition (provomgång)" in client.get(reverse("admission:interest_start")).text
            assert "Provkommun A" in client.get(page).text

    def test_it_is_on_no_map_of_all_and_in_no_calendar_of_skr(self, client, rehearsal, member, leader):
        real = MeetingFactory(cohort=CohortFactory(contact=leader))
        assert meetings_of(roles_of(leader)) == [real]
        client.force_login(leader)
        assert "Provkommun" not in client.get(reverse("overview:map"), {"omgang": "alla"}).text

    def test_nothing_is_copied_between_a_meeting_of_it_and_others(self, client, rehearsal, leader):
        other = MeetingFactory(cohort=CohortFactory(name="En annan"), name="Den andra träffen")
        client.force_login(leader)
        own = rehearsal.meetings.first()
        from_own = client.get(reverse("meetings:copy", args=[rehearsal.slug, own.key]))
        assert other not in from_own.context["form"].fields["source"].queryset
        assert set(from_own.context["form"].fields["source"].queryset) == set(rehearsal.meetings.exclude(pk=own.pk))
        from_other = client.get(reverse("meetings:copy", args=[other.cohort.slug, other.key]))
        assert not from_other.context["form"].fields["source"].queryset.filter(cohort=rehearsal).exists()

    def test_it_does_not_stand_in_how_many_are_running(self, client, rehearsal, leader):
        client.force_login(leader)
        with time_machine.travel(rehearsal.starts_on):
            client.force_login(leader)
            page = client.get(reverse("overview:cohorts"))
        assert page.context["headline"] == "Ingen omgång pågår just nu."
        assert "Provomgång" in page.text

    def test_it_is_not_exported_and_nothing_is_imported_into_it(self, rehearsal, leader, tmp_path):
        with pytest.raises(CommandError, match="expected an omgång that counts, found a rehearsal"):
            call_command("export_cohort", rehearsal.slug, output="-")
        other = set_up(leader, name="Annan", rehearsal=False)
        file = tmp_path / "package.json"
        call_command("export_cohort", other.slug, output=str(file))
        document = json.loads(file.read_text())
        document["cohort"]["slug"] = rehearsal.slug
        file.write_text(json.dumps(document))
        with pytest.raises(PackageRefused, match=r"\$\.cohort\.slug: expected an omgång that counts, or a new one"):
            import_files([file])


# An organisation's copy is one of the rehearsal's own; mail knows an omgång by its address alone.
NOT_COPIED = (Cohort, Organisation, User, Mail)


def every_row():
    """Every row of every table but the sessions, as it is stored."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        for row in serializers.serialize("python", model._base_manager.all()):
            rows[row["model"], row["pk"]] = row["fields"]
    return rows


def files_there():
    return {
        name
        for folder in {str(field.upload_to) for field in file_fields()}
        for name in files_in(default_storage, folder)
    }


def clone(cohort):
    """Make a rehearsal with a copy of every row of an omgång, in every table that has one; return all copies."""
    copies = {}
    copies[Cohort, cohort.pk] = rehearsal = _copied(cohort, copies, rehearsal=True)
    register_rehearsed(rehearsal)
    rows = _all_of(cohort)
    waiting = [row for row in rows.values() if row != cohort]
    while waiting:
        ready = [row for row in waiting if all(parent in copies for parent in _parents(row) if parent in rows)]
        copies |= {(type(row), row.pk): _copied(row, copies) for row in ready}
        waiting = [row for row in waiting if (type(row), row.pk) not in copies]
    return rehearsal, {model for model, _ in copies}


def _all_of(cohort):
    """Return the omgång and every row that refers to it, directly or by others."""
    rows = {(Cohort, cohort.pk): cohort}
    others = [row for model in apps.get_models() if model not in NOT_COPIED for row in model._base_manager.all()]
    more_rows = True
    while more_rows:
        more_rows = {(type(row), row.pk): row for row in others if any(parent in rows for parent in _parents(row))}
        others = [row for row in others if (type(row), row.pk) not in more_rows]
        rows |= more_rows
    return rows


def _parents(row):
    fields = [field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [(field.related_model, getattr(row, field.attname)) for field in fields]


def _copied(row, copies, **new):
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in new:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            there = copies.get((field.related_model, value))
            if field.related_model is Organisation:
                there = _own(value, copies)
            value = there.pk if there else value
        elif isinstance(field, models.FileField) and value:
            value = default_storage.save(value.name, ContentFile(b"kopia"))
        elif field.unique and value:
            value = f"{value}-kopia"[: field.max_length]
        values[field.attname] = value
    made = type(row)(**values, **new)
    if isinstance(made, Participation):
        made.code = made.organisation.code
    made.save(force_insert=True)
    return made


def _own(pk, copies):
    """Return the rehearsal's own organisation that stands for this one."""
    cohort = next(copy for (model, _), copy in copies.items() if model is Cohort)
    if (Organisation, pk) not in copies:
        used = {copy.pk for (model, _), copy in copies.items() if model is Organisation}
        copies[Organisation, pk] = cohort.own_organisations.exclude(pk__in=used).order_by("pk").first()
    return copies[Organisation, pk]


class TestDeleting:
    def delete(self, cohort, leader):
        delete_rehearsal(cohort=cohort, slug=cohort.slug, by=leader)

    @pytest.mark.in_turn(3)
    def test_everything_goes_and_nothing_of_the_others_does(self, leader, django_capture_on_commit_callbacks):
        call_command("load_demo", verbosity=0)
        leader = User.objects.filter(skr_role=SkrRole.PROCESS_LEADER).first()
        demo = Cohort.objects.get(slug="demo-pagaende")
        file = ContentFile(b"%PDF", "brev.pdf")
        LetterIssue.objects.create(cohort=demo, number=1, checksum="x", issued_on=DAY, file=file)
        before, files = every_row(), files_there()
        rehearsal, tables = clone(demo)
        assert len(tables) > 30, "the demonstration fills most tables"
        person = UserFactory()
        DelegateFactory(participation=rehearsal.participations.first(), user=person)
        mail = MailFactory(about=rehearsal.slug, recipient=leader, state=MailState.NOT_SENT)
        mail.files.add(attach("brev.pdf", b"%PDF"))
        KeptForm.objects.create(
            address=f"/omgangar/{rehearsal.slug}/upplagg/",
            page="/",
            why="signed_out",
            typed="{}",
            kept_at=timezone.now(),
        )
        code = rehearsal.own_organisations.first().code
        AuditEvent.objects.create(kind="x", target="x", actor="x", organisation=code)
        assert len(files_there()) == 2 * len(files) + 1, "a copy of each, and the mail's"
        added = every_row().keys() - before.keys()
        with django_capture_on_commit_callbacks(execute=True):
            self.delete(rehearsal, leader)
        after = every_row()
        event = AuditEvent.objects.get(kind="rehearsal_deleted")
        assert after.keys() - before.keys() == {("kit.auditevent", event.pk)}
        assert not after.keys() & added
        changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
        assert (changed, before.keys() - after.keys()) == (set(), set())
        assert files_there() == files

    def test_it_is_one_button_and_a_typed_address(self, client, rehearsal, member, leader):
        client.force_login(leader)
        address = reverse("planning:rehearsal_delete", args=[rehearsal.slug])
        assert address in client.get(reverse("planning:setup", args=[rehearsal.slug])).text
        page = client.get(address)
        assert f"Adressen är {rehearsal.slug}." in page.text
        wrong = client.post(address, {"slug": "repetitionen"})
        assert wrong.status_code == 422
        assert f"Det är inte den här provomgångens adress. Skriv {rehearsal.slug}." in wrong.text
        assert Cohort.objects.filter(pk=rehearsal.pk).exists()
        said = client.post(address, {"slug": rehearsal.slug}, follow=True)
        assert "Repetition är borttagen." in said.text
        assert not Cohort.objects.filter(pk=rehearsal.pk).exists()
        assert not Organisation.objects.exclude(rehearsal=None).exists()

    def test_only_a_rehearsal_goes_so(self, client, leader):
        cohort = set_up(leader, rehearsal=False)
        ParticipationFactory(cohort=cohort)
        with refused("Bara en provomgång kan tas bort med allt som är skrivet i den."):
            self.delete(cohort, leader)
        client.force_login(leader)
        address = reverse("planning:rehearsal_delete", args=[cohort.slug])
        assert address not in client.get(reverse("planning:setup", args=[cohort.slug])).text
        assert client.post(address, {"slug": cohort.slug}).status_code == 422
        assert Cohort.objects.filter(pk=cohort.pk).exists()

    def test_a_second_click_does_nothing(self, rehearsal, leader):
        for _ in range(2):
            self.delete(rehearsal, leader)
        assert AuditEvent.objects.filter(kind="rehearsal_deleted").count() == 1

    def test_an_assessment_and_its_meeting_protect_nothing(self, rehearsal, member, leader):
        AssessmentFactory(participation=member, meeting=rehearsal.meetings.first())
        member.organisation.parts.create(name="Nämnden")
        self.delete(rehearsal, leader)
        assert not Participation.objects.exists()

    def test_accounts_that_it_made_go_and_those_of_others_stay(self, rehearsal, member, leader):
        def seated(**fields):
            return DelegateFactory(participation=member, user=UserFactory(**fields)).user

        signed_in, closed = seated(last_login=timezone.now()), seated(is_active=False)
        elsewhere = seated()
        DelegateFactory(user=elsewhere, ends_on=date(2026, 3, 1), starts_on=date(2026, 2, 1))
        evaluating = seated()
        Evaluator.objects.create(cohort=CohortFactory(), user=evaluating, until=date(2027, 1, 1))
        only_here = seated()
        evaluator_here = Evaluator.objects.create(cohort=rehearsal, user=UserFactory(), until=date(2027, 1, 1)).user
        MailFactory(recipient=only_here, about="", state=MailState.SENT)
        bystander = UserFactory()
        self.delete(rehearsal, leader)
        left = set(User.objects.all())
        assert left >= {leader, signed_in, closed, elsewhere, evaluating, bystander}
        assert not left & {only_here, evaluator_here}
        assert not Mail.objects.filter(about="").exists()
        assert not Delegate.objects.filter(participation__cohort=rehearsal.pk).exists()

    def test_what_was_withdrawn_as_an_example_leaves_no_mark(self, member, leader):
        effort = EffortFactory(participation=member, shared=True, example=True)
        remove_effort(effort=effort, by=leader)
        assert not Effort.objects.exists()
        assert not WithdrawnExample.objects.exists()
