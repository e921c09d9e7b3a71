"""Organisations that come late, go, come back, change group, go on longer, or took part long ago."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.actions.alone import rate_alone
from assessments.figures.panels import expected_at
from cohorts.enums import Role, Status
from cohorts.models import GroupMove, Participation
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from mailings.models import Mail
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    ImprovementFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    RaterFactory,
    ReportFactory,
    UserFactory,
    frozen,
)

pytestmark = pytest.mark.django_db
SECRET = "Den nya ledningen tvekar"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader(client):
    leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Petra")
    client.force_login(leader)
    return leader


@pytest.fixture
def participation():
    group = GroupFactory()
    return ParticipationFactory(cohort=group.cohort, group=group)


def url(name, participation):
    return reverse(f"people:{name}", args=[participation.cohort.slug, participation.code])


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestLeaving:
    def leave(self, client, participation, on="2026-11-01", reason=SECRET):
        return client.post(url("participation_withdraw", participation), {"on": on, "reason": reason})

    def test_with_day_and_reason_once_and_it_can_be_undone(self, client, leader, participation):
        answers = [self.leave(client, participation).status_code for _ in range(2)]
        participation.refresh_from_db()
        assert (answers, participation.status, participation.withdrawn_on) == (
            [302, 302],
            "withdrawn",
            date(2026, 11, 1),
        )
        assert SECRET in client.get(url("participation", participation)).text
        for _ in range(2):
            client.post(url("participation_rejoin", participation))
        participation.refresh_from_db()
        assert (participation.status, participation.withdrawn_on, participation.withdrawal_reason) == (
            "active",
            None,
            "",
        )
        assert events() == ["participation_withdrawn", "participation_rejoined"]

    @pytest.mark.parametrize(
        ("on", "wrong"),
        [
            ("2026-11-23", "Välj i dag eller en tidigare dag."),
            ("2026-01-31", "Då var organisationen inte med än."),
            ("", "Ange den sista dagen."),
        ],
    )
    def test_a_day_that_cannot_be_is_refused_and_the_reason_kept(self, client, leader, participation, on, wrong):
        response = self.leave(client, participation, on=on)
        assert (response.status_code, errors(response)) == (422, {"on": [wrong]})
        assert response.context["form"]["reason"].value() == SECRET
        assert events() == []

    def test_the_reason_is_in_no_trail_no_mail_and_no_export(self, client, leader, participation, tmp_path):
        self.leave(client, participation)
        package = tmp_path / "package.json"
        call_command("export_cohort", participation.cohort.slug, "--output", str(package), stdout=StringIO())
        exported = package.read_text()
        assert participation.code in exported
        assert SECRET not in exported
        assert SECRET not in json.dumps(list(AuditEvent.objects.values("data", "target")))
        assert not Mail.objects.filter(text__contains=SECRET).exists()

    def test_outward_it_has_left(self, client, leader, participation):
        self.leave(client, participation)
        other = DelegateFactory(participation__cohort=participation.cohort).user
        client.force_login(other)
        page = client.get(participation.cohort.get_absolute_url()).text
        assert "lämnade 1 november 2026" in page

    def test_its_people_read_their_own_and_the_omgangs_and_write_nothing_new(self, client, participation):
        strategist = DelegateFactory(participation=participation).user
        meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 10, 1))
        own = AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)
        neighbour = ParticipationFactory(cohort=participation.cohort, group=participation.group)
        others = AssessmentFactory(participation=neighbour, meeting=meeting, submitted=True, values=[2] * 10)
        coming = MeetingFactory(cohort=participation.cohort, starts_on=date(2027, 1, 20))
        draft = AssessmentFactory(participation=participation, meeting=coming, values=[2] * 10)
        effort, improvement = (
            EffortFactory(participation=participation),
            ImprovementFactory(participation=participation),
        )
        ReportFactory(participation=participation)
        here = [participation.cohort.slug, participation.code]
        reads = [
            own.get_absolute_url(),
            *(reverse(name, args=here) for name in ("people:people", "improvements:work", "reports:report")),
            participation.cohort.get_absolute_url(),
            reverse("people:directory", args=here[:1]),
            reverse("reports:figures", args=here[:1]),
        ]
        writes = [
            (reverse("assessments:assessment", args=[draft.pk]), {}),
            (reverse("assessments:submit", args=[draft.pk]), None),
            (reverse("assessments:start_outside", args=here), {}),
            (reverse("assessments:parts", args=here), {}),
            (reverse("assessments:import_workbook", args=here), {}),
            (reverse("improvements:improvement_add", args=here), None),
            (reverse("improvements:effort_edit", args=[effort.pk]), None),
            (reverse("improvements:cycle_add", args=[improvement.pk]), None),
            (reverse("reports:section", args=[*here, "purpose"]), {}),
            (reverse("reports:submit", args=here), {}),
            (reverse("people:person_add", args=here), {}),
            (reverse("decisions:decision_add", args=here), {}),
        ]

        def answers():
            client.force_login(strategist)
            return (
                {client.get(address).status_code for address in reads},
                {(client.get(to) if data is None else client.post(to, data)).status_code for to, data in writes},
                client.get(others.get_absolute_url()).status_code,
            )

        read, written, neighbours = answers()
        assert (read, 403 in written, neighbours) == ({200}, False, 200)
        Participation.objects.filter(pk=participation.pk).update(status="withdrawn", withdrawn_on=date(2026, 11, 20))
        assert answers() == ({200}, {403}, 404)

    def test_a_mentor_that_has_left_reads_the_group_no_more(self, client):
        mentorship = GroupMentorFactory()
        member = ParticipationFactory(cohort=mentorship.group.cohort, group=mentorship.group)
        meeting = MeetingFactory(cohort=member.cohort)
        work = AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[2] * 10)
        mentor = DelegateFactory(participation=mentorship.participation).user
        client.force_login(mentor)
        assert client.get(work.get_absolute_url()).status_code == 200
        Participation.objects.filter(pk=mentorship.participation_id).update(
            status="withdrawn", withdrawn_on=date(2026, 11, 20)
        )
        client.force_login(mentor)
        assert client.get(work.get_absolute_url()).status_code == 404

    def test_nothing_waits_for_it(self, client, participation):
        MeetingFactory(cohort=participation.cohort, starts_on=date(2027, 1, 20))
        strategist = DelegateFactory(participation=participation).user
        client.force_login(strategist)
        assert "Självskattningen inför" in client.get(reverse("home")).text
        Participation.objects.filter(pk=participation.pk).update(status="withdrawn", withdrawn_on=date(2026, 11, 20))
        assert "Ni har lämnat omgången." in client.get(reverse("home")).text


class TestJoining:
    def add(self, client, cohort, code, **more):
        return client.post(
            reverse("people:participation_add", args=[cohort.slug]), {"code": code, "role": "participant", **more}
        )

    def test_what_is_needed_in_some_cases_is_not_called_optional(self, client, leader):
        form = client.get(reverse("people:participation_add", args=[CohortFactory().slug])).context["form"]
        drawn = {name: render_to_string("forms/field.html", {"field": form[name]}) for name in form.fields}
        assert [name for name in ("code", "other_name", "other_kind") if "(valfritt)" in drawn[name]] == []
        assert "(valfritt)" in drawn["through"]

    def test_late_through_a_kommunalforbund(self, client, leader):
        cohort, organisation = CohortFactory(), OrganisationFactory()
        facts = {"through": "Norrskogens förbund", "joined_on": "2026-09-01", "both_sides": "ja"}
        answers = [self.add(client, cohort, organisation.code, **facts).status_code for _ in range(2)]
        added = Participation.objects.get(cohort=cohort)
        assert answers == [302, 422]
        assert (added.organisation, added.through, added.joined_on, added.both_sides) == (
            organisation,
            "Norrskogens förbund",
            date(2026, 9, 1),
            True,
        )
        assert events() == ["participation_added"]
        assert "genom Norrskogens förbund" in client.get(cohort.get_absolute_url()).text

    def test_what_was_before_it_came_is_not_held_against_it(self):
        cohort = CohortFactory()
        early, late = (
            ParticipationFactory(cohort=cohort),
            ParticipationFactory(cohort=cohort, joined_on=date(2026, 9, 1)),
        )
        before, after = (MeetingFactory(cohort=cohort, starts_on=date(2026, month, 1)) for month in (5, 10))
        assert [expected_at(meeting) for meeting in (before, after)] == [[early], [early, late]]

    def test_gotland_counts_as_what_it_is_chosen_as(self, client, leader):
        gotland = OrganisationFactory(code="77", second_code="7780", kind="region", name="Region Ö")
        cohort = CohortFactory()
        self.add(client, cohort, "7780")
        added = Participation.objects.get(cohort=cohort)
        assert (added.organisation, added.code, added.kind) == (gotland, "7780", "kommun")
        assert errors(self.add(client, cohort, "77")) == {"code": ["Välj en organisation i listan."]}

    @pytest.mark.parametrize(
        ("more", "wrong"),
        [
            ({"code": ""}, {"code": ["Välj en organisation."]}),
            ({"role": ""}, {"role": ["Välj en roll."]}),
            ({"joined_on": "2028-01-01"}, {"joined_on": ["Välj en dag inom omgången, eller låt fältet vara tomt."]}),
            ({"capacity": "-1"}, {"capacity": ["Skriv 0 eller ett större tal."]}),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, client, leader, more, wrong):
        cohort = CohortFactory()
        response = self.add(client, cohort, **{"code": OrganisationFactory().code, **more})
        assert (response.status_code, errors(response)) == (422, wrong)
        assert not cohort.participations.exists()


class TestFacts:
    def change(self, client, participation, **facts):
        edit = url("participation_edit", participation)
        seen = client.get(edit).context["form"]["seen"].value()
        return client.post(edit, {"role": participation.role, "seen": seen, **facts})

    def test_the_role_changes_while_nothing_rests_on_it(self, client, leader):
        alone = ParticipationFactory()
        DelegateFactory(participation=alone)
        self.change(client, alone, role="mentor", capacity="2", both_sides="nej")
        alone.refresh_from_db()
        assert (alone.role, alone.capacity, alone.both_sides) == (Role.MENTOR, 2, False)
        assert (
            AuditEvent.objects.get().data["what"] == "roll, båda sidor företrädda, kan vara mentor för så många grupper"
        )

    @pytest.mark.parametrize("work", ["group", "assessment", "effort", "mentorship"])
    def test_and_not_afterwards(self, client, leader, work):
        participation = ParticipationFactory(role="mentor" if work == "mentorship" else "participant")
        if work == "group":
            Participation.objects.filter(pk=participation.pk).update(group=GroupFactory(cohort=participation.cohort))
        elif work == "assessment":
            AssessmentFactory(participation=participation)
        elif work == "effort":
            EffortFactory(participation=participation)
        else:
            GroupMentorFactory(participation=participation, group__cohort=participation.cohort)
        response = self.change(client, participation, role="supporting_mentor")
        assert errors(response)["role"][0].startswith("Rollen kan inte ändras: ")
        assert self.change(client, participation, through="Förbundet").status_code == 302

    def test_one_added_by_mistake_goes_and_one_with_anybody_or_anything_stays(self, client, leader):
        mistake, peopled, working = (
            ParticipationFactory(),
            DelegateFactory().participation,
            EffortFactory().participation,
        )
        for row in (mistake, peopled, working):
            client.post(url("participation_remove", row))
        assert set(Participation.objects.all()) == {peopled, working}
        assert "Ta bort organisationen ur omgången" not in client.get(url("participation", peopled)).text
        assert events() == ["participation_removed"]

    def test_two_who_change_the_same_lose_nothing(self, client, leader):
        participation = ParticipationFactory()
        edit = url("participation_edit", participation)
        seen = client.get(edit).context["form"]["seen"].value()
        client.post(edit, {"role": "participant", "through": "Förbundet", "seen": seen})
        late = client.post(edit, {"role": "participant", "both_sides": "ja", "seen": seen})
        assert (late.status_code, [row.text for row in late.context["form"].theirs]) == (
            422,
            ["Förbundet", "Inte angivet"],
        )
        participation.refresh_from_db()
        assert (participation.through, participation.both_sides) == ("Förbundet", None)

    def test_its_moves_between_groups_and_a_report_that_has_not_come(self, client, leader, participation):
        GroupMove.objects.create(
            participation=participation,
            from_name="Norr",
            to_name="Syd",
            moved_on=date(2026, 4, 1),
            reason="Närmare varandra.",
            by=leader,
        )
        page = client.get(url("participation", participation)).text
        for sentence in ("1 april 2026: från Norr till Syd, av Petra.", "Närmare varandra.", "Inte inlämnad än"):
            assert sentence in page


def test_reports_that_have_not_come_in_are_told_to_skr(client, leader):
    cohort = CohortFactory()
    rows = {
        name: ParticipationFactory(cohort=cohort, organisation__name=name) for name in ("Alby", "Berga", "Cinnered")
    }
    frozen(ReportFactory(participation=rows["Alby"]))
    ReportFactory(participation=rows["Berga"])
    ParticipationFactory(cohort=cohort, organisation__name="Borta", status="withdrawn", withdrawn_on=date(2026, 6, 1))
    response = client.get(reverse("reports:joint_release", args=[cohort.slug]))
    assert response.context["holds"]["waiting"] == ["Berga", "Cinnered"]
    assert "Resultatrapporter som inte är inlämnade än" in response.text


def test_one_that_has_left_rates_no_more_alone(client, participation):
    rater = RaterFactory(
        round__assessment__participation=participation, user=DelegateFactory(participation=participation).user
    )
    assessment = rater.round.assessment
    item = assessment.items[0]
    rate_alone(assessment=assessment, values={item: assessment.values[0]}, by=rater.user)
    Participation.objects.filter(pk=participation.pk).update(status="withdrawn", withdrawn_on=date(2026, 11, 20))
    with pytest.raises(ActionRefused):
        rate_alone(assessment=assessment, values={item: assessment.values[1]}, by=rater.user)
    client.force_login(rater.user)
    assert "Din enskilda skattning väntar" not in client.get(reverse("home")).text


class TestExtending:
    def extend(self, client, cohort, **posted):
        return client.post(reverse("people:extend", args=[cohort.slug]), posted)

    def test_seen_first_and_then_all_are_told_once(self, client, leader):
        cohort = CohortFactory(contact=leader)
        seat = DelegateFactory(participation__cohort=cohort)
        DelegateFactory(participation=ParticipationFactory(cohort=cohort, role=Role.MENTOR), user=seat.user)
        DelegateFactory(participation__cohort=cohort, ends_on=date(2026, 11, 1))
        gone = ParticipationFactory(cohort=cohort, status="withdrawn", withdrawn_on=date(2026, 6, 1))
        DelegateFactory(participation=gone)
        EvaluatorFactory(cohort=cohort, until=date(2027, 12, 31))

        seen = self.extend(client, cohort, ends_on="2028-08-31")
        assert "Den lärande utvärderarens tid slutar före" in seen.text
        cohort.refresh_from_db()
        assert (cohort.ends_on, Mail.objects.count()) == (date(2027, 8, 31), 0)

        for _ in range(2):
            self.extend(client, cohort, ends_on="2028-08-31", understood="2028-08-31")

        cohort.refresh_from_db()
        assert (cohort.ends_on, cohort.extended_from) == (date(2028, 8, 31), date(2027, 8, 31))
        mail = Mail.objects.get()
        assert (mail.address, mail.reply_to) == (seat.user.email, leader.email)
        assert "till och med den 31 augusti 2028" in " ".join(mail.text.split())
        assert events() == ["cohort_extended"]

    def test_the_first_last_day_is_kept_when_it_is_extended_again(self, client, leader):
        cohort = CohortFactory()
        for day in ("2028-08-31", "2029-08-31"):
            self.extend(client, cohort, ends_on=day, understood=day)
        cohort.refresh_from_db()
        assert (cohort.ends_on, cohort.extended_from) == (date(2029, 8, 31), date(2027, 8, 31))

    @pytest.mark.parametrize(("ends_on", "is_warned"), [("2029-08-31", False), ("2029-09-01", True)])
    def test_longer_than_three_years_is_asked_about(self, client, leader, ends_on, is_warned):
        cohort = CohortFactory(starts_on=date(2026, 9, 1))
        seen = self.extend(client, cohort, ends_on=ends_on)
        assert ("Omgången blir längre än tre år." in seen.text) is is_warned

    def test_it_is_not_shortened_here(self, client, leader):
        cohort = CohortFactory()
        response = self.extend(client, cohort, ends_on="2027-01-01")
        assert errors(response)["ends_on"][0].startswith("Välj en senare dag än 31 augusti 2027")
        assert events() == []


def test_after_the_end_former_participants_read_their_own_and_the_omgangs(client):
    participation = ParticipationFactory(cohort__ends_on=date(2026, 10, 31), status=Status.COMPLETED)
    strategist = DelegateFactory(participation=participation).user
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 9, 1))
    own = AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)
    effort = EffortFactory(participation=participation)
    ReportFactory(participation=participation)
    here = [participation.cohort.slug, participation.code]
    own_pages = ("people:people", "decisions:decisions", "assessments:own", "assessments:history", "improvements:work")
    the_omgangs = ("overview:cohort", "people:directory", "reports:figures", "reports:joint", "improvements:examples")
    client.force_login(strategist)
    pages = [
        own.get_absolute_url(),
        reverse("improvements:effort", args=[effort.pk]),
        *(reverse(name, args=here) for name in (*own_pages, "reports:report", "overview:brief")),
        *(reverse(name, args=here[:1]) for name in the_omgangs),
    ]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
