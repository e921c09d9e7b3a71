"""How long things are kept: SKR's own numbers, and each kind one day before its time is out and one day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import SkrRole
from admission.interest.moves import INTEREST
from assessments.models import Evidence, Rating, Score
from cohorts.enums import Status
from kit.models import AuditEvent, Retention
from mailings.erasing import MAIL
from privacy import retention, tasks
from privacy.actions.retention import limits_in_words, save_retention, stored_days
from privacy.held import KEEPINGS
from reports.models import ReportEdition
from tests.factories import (
    AssessmentFactory,
    ImprovementFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.refusing import refused
from tests.world import evidence

pytestmark = pytest.mark.django_db
NOW = datetime(2029, 3, 1, 4, tzinfo=UTC)
TODAY = NOW.date()
# Younger by a day than what is erased, as old, and older by a day.
AROUND = [(-1, False), (0, False), (1, True)]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def ago(days, beyond):
    return NOW - timedelta(days=days + beyond)


@pytest.mark.parametrize(("beyond", "gone"), AROUND)
def test_the_trail_is_kept_for_five_years(beyond, gone):
    row = AuditEvent.objects.create(kind="account_closed", target="Kim", actor="Cia")
    AuditEvent.objects.filter(pk=row.pk).update(happened_at=ago(1825, beyond))
    tasks.erase_old_trail()
    assert AuditEvent.objects.exists() is not gone


def test_the_trail_goes_in_batches(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(retention, "BATCH", 2)
    AuditEvent.objects.bulk_create(AuditEvent(kind="account_closed", target="Kim", actor="Cia") for _ in range(5))
    AuditEvent.objects.update(happened_at=ago(1825, 1))
    retention.erase_old_trail(NOW)
    assert not AuditEvent.objects.exists()


def test_what_an_erased_persons_last_request_wrote_loses_the_name():
    user = UserFactory(name="en politiker", erased_on=TODAY)
    AuditEvent.objects.create(kind="account_closed", target="Kim", actor="Kim Ek", actor_id=user.pk)
    tasks.erase_old_trail()
    assert AuditEvent.objects.get().actor == "en politiker"


@pytest.mark.parametrize(("beyond", "gone"), AROUND)
def test_a_sign_in_ends_after_sixty_days(beyond, gone):
    store = SessionStore()
    store.create()
    row = UserSession.objects.create(user=UserFactory(), ip="0.0.0.0", session_key=store.session_key, user_agent="x")
    UserSession.objects.filter(pk=row.pk).update(created_at=ago(60, beyond))
    tasks.end_old_sessions()
    assert UserSession.objects.exists() is not gone
    assert Session.objects.exists() is not gone


def test_the_device_of_a_session_that_is_over_is_forgotten():
    UserSession.objects.create(user=UserFactory(), ip="0.0.0.0", session_key="borta", user_agent="x")
    tasks.end_old_sessions()
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(("beyond", "gone"), AROUND)
def test_individual_ratings_are_kept_for_a_year_and_then_reduced(beyond, gone):
    assessment = AssessmentFactory(values=[2] * 10)
    rater = RaterFactory(round__assessment=assessment)
    Rating.objects.create(rater=rater, item=assessment.items[0], value=3)
    type(rater.round).objects.update(opened_at=ago(365, beyond))
    tasks.erase_old_ratings()
    assert Rating.objects.exists() is not gone
    assert Score.objects.get(assessment=assessment, item=assessment.items[0]).raters == (
        {rater.function: 1} if gone else {}
    )


@pytest.mark.parametrize(("beyond", "gone"), AROUND)
def test_files_of_an_organisation_that_left_are_kept_for_a_year(beyond, gone, django_capture_on_commit_callbacks):
    participation = ParticipationFactory(status=Status.WITHDRAWN, withdrawn_on=TODAY - timedelta(days=365 + beyond))
    meeting = MeetingFactory(cohort=participation.cohort)
    assessment = AssessmentFactory(participation=participation, meeting=meeting)
    kept = evidence(assessment, shared=True)
    link = Evidence.objects.create(
        assessment=assessment, item=assessment.items[0], title="Länk", url="https://e.invalid"
    )
    material = meeting.material.create(
        participation=participation, title="Fil", kind="presentation", file=ContentFile(b"%PDF", "m.pdf")
    )
    work = ImprovementFactory(participation=participation)
    routine = work.evidence.create(title="Rutinen", file=ContentFile(b"%PDF", "rutin.pdf"))
    counted = work.evidence.create(title="Räkningen", url="https://e.invalid")
    other = evidence(AssessmentFactory(), shared=True)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.erase_left_uploads()
    assert Evidence.objects.filter(pk=kept.pk).exists() is not gone
    assert meeting.material.exists() is not gone
    assert default_storage.exists(kept.file.name) is not gone
    assert default_storage.exists(material.file.name) is not gone
    assert default_storage.exists(routine.file.name) is not gone
    assert set(work.evidence.all()) == ({counted} if gone else {routine, counted})
    assert Evidence.objects.filter(pk__in=(link.pk, other.pk)).count() == 2


@pytest.mark.parametrize(("beyond", "gone"), [(-1, False), (0, True), (1, True)])
def test_an_approvers_name_is_kept_for_two_years_after_publishing(beyond, gone):
    edition = frozen(ReportFactory())
    edition.published_on = edition.approved_on = TODAY - timedelta(days=730 + beyond)
    edition.approved_as, edition.approved_by = "politician", "Kim Ek, politiker"
    edition.save()
    tasks.erase_old_approvals()
    assert ReportEdition.objects.get().approved_by == ("" if gone else "Kim Ek, politiker")
    assert ReportEdition.objects.get().approved_as == "politician"


@pytest.mark.parametrize("keeping", KEEPINGS, ids=lambda keeping: keeping.key)
def test_each_number_has_limits_and_is_never_negative(keeping):
    leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER)
    for wrong in (keeping.least - 1, keeping.most + 1, -1):
        with refused(limits_in_words(keeping)):
            save_retention(days={keeping.key: wrong}, seen=None, by=leader)
    for right in (keeping.least, keeping.most):
        save_retention(days={keeping.key: right}, seen=None, by=leader)
        assert keeping.days == right


def test_the_database_refuses_no_days():
    with pytest.raises(IntegrityError), transaction.atomic():
        Retention.objects.create(key="mail", days=0)


def test_without_skrs_choice_the_operators_setting_holds(settings):
    settings.MAIL_KEEP_DAYS, settings.INTEREST_KEEP_DAYS = 40, 50
    assert (MAIL.days, INTEREST.days) == (40, 50)
    save_retention(days={"mail": 60}, seen=None, by=UserFactory(skr_role=SkrRole.PROCESS_LEADER))
    assert MAIL.days == 60


def numbers(**changed):
    return {**{key: str(days) for key, days in stored_days().items()}, **changed}


def test_skr_changes_a_number_on_the_page_and_it_stands_in_the_trail(client):
    client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
    page = reverse("privacy:retention")
    seen = client.get(page).context["form"].initial["seen"]
    assert client.post(page, numbers(mail="90", seen=seen)).status_code == 302
    assert MAIL.days == 90
    row = AuditEvent.objects.get()
    assert (row.kind, row.data) == ("retention_changed", {"before": "365 dagar", "after": "90 dagar"})
    answer = client.post(page, numbers(mail="100", seen=seen))
    assert (answer.status_code, MAIL.days) == (422, 90)
    assert "Någon annan har sparat" in answer.text
    assert client.post(page, numbers(mail="29", seen=seen)).status_code == 422
    assert "90 dagar från det att mejlet skickades" in client.get(reverse("privacy:how")).text


def test_the_date_of_the_tests_is_what_they_say():
    assert date(2029, 3, 1) == TODAY


def test_the_operators_days_are_read_in_one_place():
    """Elsewhere they would hold although SKR has chosen others."""
    reads = [
        path.name
        for path in sorted(settings.BASE_DIR.glob("[a-z]*/**/*.py"))
        if not {"tests", "migrations"} & set(path.parts) and "settings.MAIL_KEEP_DAYS" in path.read_text()
    ]
    assert reads == ["checks.py"], "modell/checks.py refuses a negative number; all others ask the Keeping"
