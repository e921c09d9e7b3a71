"""The omgång as a process, with several people and workers at the same second: one result, nothing lost, nothing twice.

PostgreSQL only: SQLite lets one writer in at a time. How a race is made is in tests/same_second.py.
"""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import User
from admission.actions.admission import BoardAnswer, answer_interests
from admission.enums import InterestState
from admission.models import Interest
from assessments.actions.assessments import start_assessment
from assessments.models import Assessment
from checklist.models import Checklist
from cohorts.enums import Function, Role
from cohorts.models import Cohort, Delegate, GroupMove, Participation
from grouping.actions.groups import move_to_group, take_proposal
from grouping.membership import GroupWanted, seen_of
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of
from kit.staleness import digest as digest_of
from mailings import delivery, digest
from mailings.actions import Envelope, choose_rhythm, queue_mail
from mailings.enums import MailState, Rhythm
from mailings.kinds import MailKind
from mailings.models import Mail, MailChoice
from meetings.actions.answering import answer_meeting, record_attendance
from meetings.actions.material import add_link
from meetings.actions.preparing import tick_preparation
from meetings.enums import MaterialKind, Rsvp
from meetings.invitees import Invitee
from meetings.models import Attendance, Material, Meeting, PreparationTick
from people.actions.extending import extend_cohort
from people.actions.inviting import invite_silent
from people.actions.leaving import hand_over
from people.actions.participation import add_participation
from people.actions.seats import add_delegate, add_delegates, add_to_several, change_delegate, stored_content
from people.models import SeatOffer
from people.newcomers import Newcomer
from planning.actions.cohorts import set_up_cohort
from planning.actions.dates import DAYS, Moved, move_meeting
from planning.models import Setup
from planning.setup.blueprint import of_cohort, of_edition
from planning.setup.dating import dated
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import (
    AttendanceFactory,
    EditionFactory,
    EditionStepFactory,
    InterestFactory,
    InterestPersonFactory,
    InterestWriterFactory,
    MailFactory,
    PreparationFactory,
)
from tests.same_second import at_once, events, of_kind, row

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
SEVERAL = 5
NEWS = MailKind("news", "Nytt", "När något är nytt.", "Nytt", "Det gäller {sak}.", ("sak",))


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def leaders():
    return [UserFactory(skr_role="process_leader") for _ in range(2)]


@pytest.fixture
def participation():
    return ParticipationFactory()


@pytest.fixture
def cohort(participation):
    return participation.cohort


def handed_in(cohort, *addresses, organisation=None):
    interest = InterestFactory(
        cohort=cohort,
        organisation=organisation or OrganisationFactory(),
        state=InterestState.SUBMITTED,
        submitted_at=timezone.now(),
    )
    InterestWriterFactory(interest=interest)
    for address in addresses:
        InterestPersonFactory(interest=interest, email=address)
    return interest


def answering(interest, state, by, reason=""):
    answer = BoardAnswer(state, timezone.localdate(), "Styrgruppen", "Så blev det.")
    return partial(answer_interests, interests=[interest], answer=answer, reason=reason, by=by)


def seated_or_asked():
    """Whoever is seated by one organisation is known, so the other asks."""
    return Delegate.objects.count() + SeatOffer.objects.count()


class TestAdmission:
    @pytest.mark.parametrize("reason", ["", "Styrgruppen ändrade sig."])
    def test_one_says_yes_and_another_no(self, leaders, reason):
        """Without a reason the second is told of the first; with one, a yes may follow a no but never be undone."""
        interest = handed_in(CohortFactory(), "ny@exempel.invalid")
        states = (InterestState.ADMITTED, InterestState.DECLINED)
        results = at_once(
            *(answering(interest, state, by, reason) for state, by in zip(states, leaders, strict=True)),
            behind=row(interest),
        )
        interest.refresh_from_db()
        refused = of_kind(results, ActionRefused)
        assert len(refused) + events("interest_answered") == 2
        assert len(refused) == 1 if interest.state == InterestState.DECLINED or not reason else len(refused) <= 1
        admitted = interest.state == InterestState.ADMITTED
        assert Participation.objects.count() == Delegate.objects.count() == admitted
        assert (interest.participation_id is not None) == admitted
        assert Mail.objects.filter(kind__in=("interest_admitted", "interest_declined")).count() == 2 - len(refused)

    def test_two_say_the_same_yes(self, leaders):
        interest = handed_in(CohortFactory(), "ny@exempel.invalid")
        doings = [answering(interest, InterestState.ADMITTED, by) for by in leaders]
        assert not of_kind(at_once(*doings, behind=row(interest)), ActionRefused)
        assert Participation.objects.count() == Delegate.objects.count() == events("interest_answered") == 1
        assert Mail.objects.filter(kind="interest_admitted").count() == 1

    def test_admitted_while_another_adds_the_organisation_by_hand(self, leaders):
        interest = handed_in(CohortFactory())
        code = interest.organisation.code
        results = at_once(
            answering(interest, InterestState.ADMITTED, leaders[0]),
            partial(add_participation, cohort=interest.cohort, code=code, role=Role.PARTICIPANT, by=leaders[1]),
            behind=row(interest.cohort),
        )
        assert len(of_kind(results, ActionRefused)) == Participation.objects.count() == 1
        assert Interest.objects.get().state in (InterestState.SUBMITTED, InterestState.ADMITTED)

    def test_two_forms_of_one_omgang_name_the_same_people(self, leaders):
        cohort = CohortFactory()
        people = ("a@exempel.invalid", "b@exempel.invalid")
        forms = handed_in(cohort, *people), handed_in(cohort, *reversed(people))
        at_once(
            *(answering(form, InterestState.ADMITTED, by) for form, by in zip(forms, leaders, strict=True)),
            behind=row(cohort),
        )
        assert sorted(cohort.participations.values_list("position", flat=True)) == [0, 1]
        assert (User.objects.filter(email__in=people).count(), seated_or_asked()) == (2, 4)

    def test_and_two_forms_of_two_omgangar_in_opposite_order(self, leaders):
        """Each new person is a row that the other waits for, so both take them in the same order."""
        people = ("a@exempel.invalid", "mitt@exempel.invalid", "z@exempel.invalid")
        forms = handed_in(CohortFactory(), *people), handed_in(CohortFactory(), *reversed(people))
        at_once(
            *(answering(form, InterestState.ADMITTED, by) for form, by in zip(forms, leaders, strict=True)),
            behind=partial(UserFactory, email=people[1]),
        )
        assert (User.objects.filter(email__in=people).count(), seated_or_asked()) == (3, 6)


class TestPeople:
    def test_the_same_person_is_added_to_one_organisation_twice(self, participation, leaders):
        adding = partial(
            add_delegate,
            participation=participation,
            name="Nils Ny",
            email="nils@exempel.invalid",
            function=Function.POLITICIAN,
            deputy=False,
        )
        results = at_once(*(partial(adding, by=by) for by in leaders), behind=row(participation))
        assert len(of_kind(results, Delegate)) == len(of_kind(results, ActionRefused)) == 1
        assert Delegate.objects.count() == Mail.objects.count() == events("delegate_added") == 1

    def test_one_list_is_sent_twice(self, participation, leaders):
        people = [Newcomer(name, f"{name}@exempel.invalid", Function.MANAGER, False) for name in ("ada", "bo")]
        doings = [partial(add_delegates, participation=participation, newcomers=people, by=by) for by in leaders]
        results = at_once(*doings, behind=row(participation))
        assert sorted(len(added) for added in results) == [0, 2]
        assert Mail.objects.count() == 2

    def test_the_same_people_stand_on_the_lists_of_two_organisations(self, leaders):
        names = ("a", "mitt", "z")
        people = [Newcomer(name, f"{name}@exempel.invalid", Function.MANAGER, False) for name in names]
        doings = [
            partial(add_delegates, participation=ParticipationFactory(), newcomers=list(newcomers), by=by)
            for newcomers, by in zip((people, reversed(people)), leaders, strict=True)
        ]
        at_once(*doings, behind=partial(UserFactory, email=people[1].email))
        emails = [newcomer.email for newcomer in people]
        assert (User.objects.filter(email__in=emails).count(), seated_or_asked()) == (3, 6)

    def test_two_lists_of_an_omgang_name_its_organisations_in_different_orders(self, participation, leaders):
        there = [participation, ParticipationFactory(cohort=participation.cohort)]
        people = [Newcomer(name, f"{name}@exempel.invalid", Function.MANAGER, False) for name in ("ada", "bo")]
        lists = [dict.fromkeys(there, people), dict.fromkeys(reversed(there), people)]
        doings = [partial(add_to_several, lists=newcomers, by=by) for newcomers, by in zip(lists, leaders, strict=True)]
        results = at_once(*doings, behind=row(participation))
        assert sorted(len(added) for added in results) == [0, 4]
        assert (Delegate.objects.count(), SeatOffer.objects.count()) == (2, 2)
        assert events("delegate_added") == events("seat_offered") == 2
        assert Mail.objects.count() == 4

    def test_all_who_are_silent_are_invited_twice(self, participation, cohort, leaders):
        silent = [DelegateFactory(participation=participation) for _ in range(2)]
        inviting = partial(invite_silent, cohort=cohort, seats={seat.pk for seat in silent})
        results = at_once(*(partial(inviting, by=by) for by in leaders), behind=row(participation))
        assert sorted(len(invited) for invited in results) == [0, 2]
        assert Mail.objects.count() == events("delegate_invited") == 2

    @pytest.mark.parametrize("begun", [True, False])
    def test_a_seat_is_handed_over_while_another_edits_it(self, participation, leaders, today, begun):
        """One whose seat had not begun leaves no row behind; else both are done, or the edit is told of the other."""
        starts_on = today - timedelta(days=90) if begun else today
        seat = DelegateFactory(participation=participation, function=Function.POLITICIAN, starts_on=starts_on)
        successor = Newcomer("Nils Ny", "nils@exempel.invalid", Function.POLITICIAN, False)
        stored = stored_content(seat)
        changed, handed = at_once(
            partial(
                change_delegate, delegate=seat, seen=digest_of(stored), by=leaders[0], **{**stored, "name": "Pia Prov"}
            ),
            partial(hand_over, delegate=seat, to=successor, from_day=today, by=leaders[1]),
            behind=row(participation),
        )
        assert isinstance(handed, Delegate)
        assert handed.user.email == successor.email
        left = Delegate.objects.filter(pk=seat.pk).first()
        assert (left is not None) == begun
        assert left is None or left.ends_on == today - timedelta(days=1)
        assert isinstance(changed, Delegate | ActionRefused)
        assert events("delegate_handed_over") == 1

    def test_two_persons_are_given_one_address(self, leaders):
        seats = [DelegateFactory() for _ in leaders]
        doings = [
            partial(change_delegate, delegate=seat, by=by, **{**stored_content(seat), "email": "en@exempel.invalid"})
            for seat, by in zip(seats, leaders, strict=True)
        ]
        results = at_once(*doings)
        assert len(of_kind(results, Delegate)) == len(of_kind(results, ActionRefused)) == 1
        assert User.objects.filter(email="en@exempel.invalid").count() == 1
        assert Mail.objects.count() == 2  # one to each of the two addresses, the old and the new

    def test_a_seat_is_handed_over_twice(self, participation, leaders, today):
        seat = DelegateFactory(participation=participation, function=Function.POLITICIAN)
        newcomers = [Newcomer(name, f"{name}@exempel.invalid", Function.POLITICIAN, False) for name in ("ada", "bo")]
        doings = [
            partial(hand_over, delegate=seat, to=to, from_day=today, by=by)
            for to, by in zip(newcomers, leaders, strict=True)
        ]
        first, second = at_once(*doings, behind=row(participation))
        assert first == second
        assert participation.delegates.current(today).count() == events("delegate_handed_over") == 1


class TestSettingUp:
    def test_two_clicks_make_one_omgang(self, leaders):
        edition = EditionFactory(checklist=Checklist.objects.first())
        EditionStepFactory(edition=edition)
        blueprint = of_edition(edition)
        doing = partial(
            set_up_cohort,
            name="Omgången",
            kind="blandad",
            blueprint=blueprint,
            plan=dated(blueprint, date(2027, 2, 1)),
            by=leaders[0],
        )
        made = at_once(*[doing] * SEVERAL, behind=row(leaders[0]))
        assert len({cohort.pk for cohort in made}) == Cohort.objects.count() == events("cohort_set_up") == 1
        assert Meeting.objects.count() == Setup.objects.count() == 1

    def test_two_make_omgangar_of_the_same_name(self, leaders):
        """Each is its own leader's; they differ by address."""
        edition = EditionFactory(checklist=Checklist.objects.first())
        EditionStepFactory(edition=edition)
        blueprint = of_edition(edition)
        plan = dated(blueprint, date(2027, 2, 1))
        doings = [
            partial(set_up_cohort, name="Omgången", kind="blandad", blueprint=blueprint, plan=plan, by=by)
            for by in leaders
        ]
        at_once(*doings, behind=partial(CohortFactory, slug="omgangen"))
        assert Cohort.objects.filter(contact__in=leaders).count() == 2

    def test_a_copy_is_made_of_an_omgang_that_is_extended_by_the_same_person(self, cohort, leaders):
        """The extension mails the leader, and the copy points to the omgång: neither waits for the other for good."""
        leader = leaders[0]
        DelegateFactory(participation__cohort=cohort, user=leader)
        MeetingFactory(cohort=cohort)
        blueprint = of_cohort(cohort)
        plan = dated(blueprint, cohort.ends_on + timedelta(days=10))
        copied, extended = at_once(
            partial(set_up_cohort, name="Nästa", kind="blandad", blueprint=blueprint, plan=plan, by=leader),
            partial(extend_cohort, cohort=cohort, ends_on=cohort.ends_on + timedelta(days=30), by=leader),
            behind=row(cohort),
        )
        assert copied.setup.copied_from == extended == cohort
        assert Mail.objects.filter(kind="cohort_extended", recipient=leader).count() == 1

    def test_extended_while_a_meeting_is_moved_beyond_its_end(self, cohort, leaders, today):
        meeting = MeetingFactory(cohort=cohort, starts_on=today + timedelta(days=14))
        was, further = cohort.ends_on, cohort.ends_on + timedelta(days=40)
        for later in (further + timedelta(days=20), further - timedelta(days=20)):
            Cohort.objects.update(ends_on=was, extended_from=None)
            meeting.refresh_from_db()
            extended, moved = at_once(
                partial(extend_cohort, cohort=cohort, ends_on=further, by=leaders[0]),
                partial(
                    move_meeting,
                    meeting=meeting,
                    starts_on=later,
                    days=1,
                    seen=digest_of(content_of(meeting, *DAYS)),
                    why="Lokalen.",
                    by=leaders[1],
                ),
                behind=row(cohort),
            )
            cohort.refresh_from_db()
            assert isinstance(moved, Moved)
            assert later <= cohort.ends_on
            if isinstance(extended, ActionRefused):  # the move had already made it last longer than that
                assert cohort.ends_on == later > further
            else:
                assert cohort.ends_on == max(later, further)


class TestMeetings:
    @pytest.fixture
    def meeting(self, cohort, today):
        return MeetingFactory(cohort=cohort, starts_on=today + timedelta(days=14))

    @pytest.fixture
    def seats(self, participation):
        functions = (Function.STRATEGIST, Function.POLITICIAN)
        return [DelegateFactory(participation=participation, function=function) for function in functions]

    def moving(self, meeting, by, days=7):
        return partial(
            move_meeting,
            meeting=meeting,
            starts_on=meeting.starts_on + timedelta(days=days),
            days=1,
            seen=digest_of(content_of(meeting, *DAYS)),
            by=by,
        )

    def coming(self, meeting, seat, answer=Rsvp.YES):
        return partial(
            answer_meeting, meeting=meeting, delegates=[seat], answer=answer, to=meeting.sequence, by=seat.user
        )

    def test_two_answer_while_it_is_moved(self, meeting, seats, leaders):
        """Nobody is held to a day they have not seen: the answer came before, or it is asked for anew."""
        *answered, moved = at_once(
            *(self.coming(meeting, seat) for seat in seats), self.moving(meeting, leaders[0]), behind=row(meeting)
        )
        assert isinstance(moved, Moved)
        meeting.refresh_from_db()
        assert meeting.sequence == 1
        assert set(Attendance.objects.values_list("answered_to", flat=True)) <= {0}
        assert Attendance.objects.count() == events("meeting_answered") == len(of_kind(answered, type(None)))

    def test_the_same_answer_is_sent_twice(self, meeting, seats):
        at_once(*[self.coming(meeting, seats[0])] * SEVERAL, behind=row(meeting))
        assert Attendance.objects.count() == events("meeting_answered") == 1

    def test_two_move_it(self, meeting, leaders):
        doings = [self.moving(meeting, by, days) for by, days in zip(leaders, (7, 8), strict=True)]
        results = at_once(*doings, behind=row(meeting.cohort))
        assert len(of_kind(results, Moved)) == len(of_kind(results, Stale)) == events("meeting_moved") == 1
        meeting.refresh_from_db()
        assert meeting.sequence == 1

    @pytest.mark.parametrize("earlier", [True, False], ids=["answered before", "first answer"])
    @pytest.mark.parametrize("begun", [True, False], ids=["seat ends", "seat goes"])
    @pytest.mark.parametrize("behind", ["meeting", "participation"])
    def test_one_answers_and_ticks_while_the_seat_is_handed_over(
        self, meeting, participation, leaders, today, begun, earlier, behind
    ):
        starts_on = today - timedelta(days=90) if begun else today
        seat = DelegateFactory(participation=participation, function=Function.POLITICIAN, starts_on=starts_on)
        preparation = PreparationFactory(meeting=meeting)
        if earlier:
            AttendanceFactory(meeting=meeting, delegate=seat, answer=Rsvp.NO)
        successor = Newcomer("Nils Ny", "nils@exempel.invalid", Function.POLITICIAN, False)
        *_, handed = at_once(
            self.coming(meeting, seat),
            partial(tick_preparation, preparation=preparation, delegates=[seat], done=True, by=seat.user),
            partial(hand_over, delegate=seat, to=successor, from_day=today, by=leaders[0]),
            behind={"meeting": row(meeting), "participation": row(participation)}[behind],
        )
        assert isinstance(handed, Delegate)
        assert not Attendance.objects.filter(delegate=handed).exists(), "the new one answers anew"
        if not begun:
            assert not Attendance.objects.exists()
            assert not PreparationTick.objects.exists()

    @pytest.mark.parametrize("behind", ["meeting", "participation"])
    def test_who_came_is_recorded_while_a_seat_goes(self, participation, leaders, today, behind):
        meeting = MeetingFactory(cohort=participation.cohort, starts_on=today)
        seats = [DelegateFactory(participation=participation, starts_on=today) for _ in range(2)]
        people = [
            Invitee(seat.pk, seat.user_id, "", "", seat.function, False, participation, True, "", 0, None)
            for seat in seats
        ]
        at_once(
            partial(
                record_attendance,
                meeting=meeting,
                people=people,
                present=[str(seats[0].pk)],
                seen=digest_of({"present": []}),
                by=leaders[0],
            ),
            partial(hand_over, delegate=seats[0], to=None, from_day=today, by=leaders[0]),
            behind={"meeting": row(meeting), "participation": row(participation)}[behind],
        )
        assert Attendance.objects.get(delegate=seats[1]).attended is False
        assert events("attendance_recorded") == 1

    @pytest.mark.parametrize("behind", ["meeting", "participation"])
    def test_a_presentation_is_put_up_while_the_self_assessment_is_begun(self, meeting, seats, behind):
        participation, by = seats[0].participation, seats[0].user
        link = partial(
            add_link,
            meeting=meeting,
            participation=participation,
            kind=MaterialKind.PRESENTATION,
            title="Vi",
            url="https://exempel.invalid/vi",
            by=by,
        )
        begin = partial(start_assessment, participation=participation, meeting=meeting, by=seats[1].user)
        at_once(link, begin, behind={"meeting": row(meeting), "participation": row(participation)}[behind])
        assert Material.objects.count() == Assessment.objects.count() == 1


class TestGroups:
    @pytest.fixture
    def members(self, cohort, participation):
        return [participation, *(ParticipationFactory(cohort=cohort) for _ in range(3))]

    def taking(self, cohort, seen, by, *members):
        wanted = [GroupWanted(None, f"Grupp av {by.pk} {at}", tuple(pks)) for at, pks in enumerate(members)]
        return partial(take_proposal, cohort=cohort, wanted=wanted, seen=seen, by=by)

    def test_of_two_proposals_one_is_taken(self, cohort, members, leaders):
        seen, (a, b, c, d) = seen_of(cohort), [member.pk for member in members]
        results = at_once(
            self.taking(cohort, seen, leaders[0], (a, b), (c, d)),
            self.taking(cohort, seen, leaders[1], (a, c), (b, d)),
            behind=row(cohort),
        )
        assert sorted(map(str, of_kind(results, int))) == ["4"]
        assert len(of_kind(results, ActionRefused)) == 1
        assert cohort.groups.count() == 2
        assert GroupMove.objects.count() == 4

    def test_a_proposal_is_taken_while_one_is_moved(self, cohort, members, leaders):
        group = GroupFactory(cohort=cohort)
        seen, (a, b, c, d) = seen_of(cohort), [member.pk for member in members]
        taken, moved = at_once(
            self.taking(cohort, seen, leaders[0], (a, b), (c, d)),
            partial(move_to_group, participation=members[0], group=group, by=leaders[1]),
            behind=row(cohort),
        )
        assert moved is True
        members[0].refresh_from_db()
        assert members[0].group == group
        assert GroupMove.objects.count() == (1 if isinstance(taken, ActionRefused) else 5)


class TestMail:
    @pytest.fixture
    def anna(self):
        return UserFactory(name="Anna Prov")

    def making(self, user, sak="tiden"):
        to = Envelope.to(user, reason="Du får mejlet för att du är med.")
        return partial(queue_mail, kind=NEWS, key=f"news:{sak}:{user.pk}", to=to, values={"sak": sak})

    def test_of_the_same_key_one_is_made_and_sent(self, anna):
        for sak in map(str, range(SEVERAL)):
            made = at_once(*[self.making(anna, sak)] * SEVERAL)
            assert len(of_kind(made, Mail)) == 1
        assert Mail.objects.count() == len(outbox.outbox) == SEVERAL

    def test_behind_one_that_is_not_committed_yet(self, anna):
        making = self.making(anna)
        assert at_once(*[making] * SEVERAL, behind=making) == [None] * SEVERAL
        assert Mail.objects.count() == len(outbox.outbox) == 1

    def test_of_several_workers_one_sends_it(self, anna):
        mail = MailFactory(recipient=anna)
        at_once(*[partial(delivery.deliver, mail.pk)] * SEVERAL, behind=row(mail))
        mail.refresh_from_db()
        assert (mail.state, mail.tries, len(outbox.outbox)) == (MailState.SENT, 1, 1)

    @pytest.fixture
    def waiting_mails(self, anna):
        """Two that wait for this morning's digest."""
        choose_rhythm(user=anna, rhythm=Rhythm.DAILY)
        mails = [self.making(anna, sak)() for sak in ("ett", "två")]
        Mail.objects.update(made_at=timezone.now() - timedelta(days=2))
        return mails

    @pytest.mark.parametrize("behind", ["choice", "mails"])
    def test_a_digest_is_made_while_the_person_changes_the_choice(self, anna, waiting_mails, behind):
        at_once(
            partial(digest.gather, anna.pk, timezone.now()),
            partial(choose_rhythm, user=anna, rhythm=Rhythm.AT_ONCE),
            behind={"choice": row(MailChoice.objects.get()), "mails": Mail.objects.all()}[behind],
        )
        mails = Mail.objects.filter(kind=NEWS.key)
        states = set(mails.values_list("state", flat=True))
        assert states in ({MailState.DIGESTED}, {MailState.SENT})
        sent = 1 if states == {MailState.DIGESTED} else 2
        assert len(outbox.outbox) == Mail.objects.filter(state=MailState.SENT).count() == sent

    def test_two_workers_make_the_digest(self, anna, waiting_mails):
        at_once(*[partial(digest.gather, anna.pk, timezone.now())] * 2, behind=row(MailChoice.objects.get()))
        assert Mail.objects.filter(kind="digest").count() == len(outbox.outbox) == 1
        assert set(Mail.objects.filter(kind=NEWS.key).values_list("state", flat=True)) == {MailState.DIGESTED}

    def test_the_first_choice_is_sent_twice(self, anna):
        at_once(*[partial(choose_rhythm, user=anna, rhythm=Rhythm.DAILY)] * SEVERAL)
        assert MailChoice.objects.get().rhythm == Rhythm.DAILY
        assert events("mail_choice_changed") == 1
