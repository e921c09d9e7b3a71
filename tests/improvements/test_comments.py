"""Comments to an improvement: who writes and reads them, that one is a comment once, and what becomes of them."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Delegate, Participation
from cohorts.roles import roles_of
from improvements.commenting import NOT_SHARED, add_comment, remove_comment
from improvements.models import Comment
from improvements.trail import ImprovementEvent
from kit.models import AuditEvent
from mailings.models import Mail
from privacy.actions.erasing import erase_person
from tests.factories import DelegateFactory, EvaluatorFactory, ImprovementFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(cast):
    return ImprovementFactory(participation=cast.own, title="Turlistan", shared=True)


def page(client, user, work):
    client.force_login(user)
    return client.get(reverse("improvements:improvement", args=[work.pk]))


def written(client, user, work, text, **more):
    client.force_login(user)
    return client.post(reverse("improvements:comment_add", args=[work.pk]), {"text": text, **more})


def seen(user, work):
    fresh = type(user).objects.get(pk=user.pk)
    return [row.text for row in Comment.objects.visible_to(roles_of(fresh)).filter(improvement=work)]


class TestWriting:
    @pytest.mark.parametrize(
        ("who", "writer"),
        [
            ("anna", "strateg i {own}"),
            ("eva", "medverkande i {own}"),
            ("gun", "strateg i {theirs}"),
            ("bo", "politiker i {mentoring}"),
            ("cia", "processledare på SKR"),
        ],
    )
    def test_it_stands_with_function_and_organisation_and_never_with_the_name(self, client, cast, work, who, writer):
        user = getattr(cast, who)
        type(user).objects.filter(pk=user.pk).update(name="Kim Kanariefågel")
        assert written(client, user, work, "Vilka har ni frågat?").status_code == 302
        names = {name: getattr(cast, name).organisation.name for name in ("own", "theirs", "mentoring")}
        comment = Comment.objects.get()
        assert comment.writer == writer.format(**names)
        shown = page(client, cast.gun, work).text
        assert comment.writer[1:] in shown
        assert "Vilka har ni frågat?" in shown
        reader = cast.bo if who == "gun" else cast.gun
        assert "Kanariefågel" not in page(client, reader, work).text

    def test_one_with_several_seats_speaks_for_the_owner_first_and_then_for_the_group(self, cast, work):
        DelegateFactory(participation=cast.theirs, user=cast.bo, function="manager")
        comment = add_comment(improvement=work, text="Ett", by=fresh(cast.bo))
        assert comment.writer == f"chef i {cast.theirs.organisation}"
        DelegateFactory(participation=cast.own, user=cast.bo, function="contributor")
        comment = add_comment(improvement=work, text="Två", by=fresh(cast.bo))
        assert comment.writer == f"medverkande i {cast.own.organisation}"

    def test_the_newest_is_last(self, client, cast, work):
        for text in ("Det första", "Det andra"):
            add_comment(improvement=work, text=text, by=cast.gun)
        text = page(client, cast.anna, work).text
        assert text.index("Det första") < text.index("Det andra")

    def test_the_same_words_again_are_no_new_comment(self, cast, work):
        first = add_comment(improvement=work, text="Bra!", by=cast.gun)
        assert add_comment(improvement=work, text="Bra!", by=cast.gun) == first
        add_comment(improvement=work, text="Bra!", by=cast.anna)
        add_comment(improvement=work, text="Hur gick det?", by=cast.gun)
        add_comment(improvement=work, text="Bra!", by=cast.gun)
        assert Comment.objects.count() == 4

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("", "Skriv din kommentar."), ("x" * 2001, "Kommentaren får ha högst 2\N{NO-BREAK SPACE}000 tecken.")],
    )
    def test_words_are_needed_and_not_too_many(self, client, cast, work, text, sentence):
        answer = written(client, cast.gun, work, text)
        assert answer.status_code == 422
        assert sentence.replace("\N{NO-BREAK SPACE}", " ") in answer.text.replace("\N{NO-BREAK SPACE}", " ")
        assert not Comment.objects.exists()

    def test_the_page_says_who_reads_it_and_that_it_may_become_public(self, client, cast, work):
        client.force_login(cast.bo)
        text = " ".join(client.get(reverse("improvements:comment_add", args=[work.pk])).text.split())
        for words in (
            "Det du skriver visas med din funktion och organisation, aldrig med ditt namn.",
            "Gruppen, dess mentorer, SKR:s processledare och utvärderaren läser det.",
            "Det du skriver kan bli allmän handling. Nämn ingen enskild person.",
        ):
            assert words in text
        client.force_login(cast.cia)
        assert "din roll på SKR" in client.get(reverse("improvements:comment_add", args=[work.pk])).text

    def test_the_evaluator_reads_and_does_not_write(self, client, cast, work):
        add_comment(improvement=work, text="Hur gick det?", by=cast.gun)
        evaluator = EvaluatorFactory(cohort=cast.cohort).user
        text = page(client, evaluator, work).text
        assert "Hur gick det?" in text
        assert "Skriv en kommentar" not in text
        assert written(client, evaluator, work, "Jag ser").status_code == 403

    def test_an_organisation_that_has_left_gets_no_more(self, client, cast, work):
        Participation.objects.filter(pk=cast.own.pk).update(status="withdrawn", withdrawn_on=date(2020, 1, 1))
        assert written(client, cast.gun, work, "Hur gick det?").status_code == 403

    def test_function_and_organisation_stand_together(self, cast, work):
        for wrong in ({"function": "strategist"}, {"organisation": cast.own.organisation}):
            with pytest.raises(IntegrityError), transaction.atomic():
                work.comments.create(text="Ett", **wrong)


def fresh(user):
    """The person as a later request meets them."""
    return type(user).objects.get(pk=user.pk)


class TestSharing:
    def test_what_is_not_shared_is_commented_by_those_who_work_on_it(self, client, cast):
        own = ImprovementFactory(participation=cast.own)
        chief = DelegateFactory(participation=cast.own, function="manager").user
        assert written(client, cast.eva, own, "Vi börjar på fredag.").status_code == 302
        assert written(client, chief, own, "Bra.").status_code == 403
        assert [written(client, user, own, "Bra.").status_code for user in (cast.gun, cast.bo, cast.cia)] == [404] * 3
        assert seen(chief, own) == ["Vi börjar på fredag."]

    def test_what_was_said_at_home_stays_there_when_it_is_shared(self, client, cast):
        own = ImprovementFactory(participation=cast.own)
        add_comment(improvement=own, text="Nämnden vill inte.", by=cast.eva)
        type(own).objects.update(shared=True)
        add_comment(improvement=own, text="Nu delar vi.", by=cast.eva)
        assert seen(cast.anna, own) == ["Nämnden vill inte.", "Nu delar vi."]
        assert [seen(user, own) for user in (cast.gun, cast.bo, cast.cia)] == [["Nu delar vi."]] * 3
        assert page(client, cast.anna, own).text.count("Bara ni läser den") == 1
        assert "Bara ni läser den" not in page(client, cast.gun, own).text

    def test_when_sharing_ends_its_own_people_still_read_what_others_said(self, client, cast, work):
        add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        type(work).objects.update(shared=False)
        assert "Vilka har ni frågat?" in page(client, cast.anna, work).text
        assert seen(cast.gun, work) == []
        assert page(client, cast.gun, work).status_code == 404

    @pytest.mark.parametrize("who", ["gun", "bo", "cia"])
    def test_one_that_is_no_longer_shared_when_it_is_sent_is_refused(self, cast, work, who):
        type(work).objects.update(shared=False)
        with refused("Förbättringsarbetet delas inte längre, så din kommentar är inte sparad."):
            add_comment(improvement=work, text="Hur gick det?", by=getattr(cast, who))
        assert NOT_SHARED.endswith(".")
        assert not Comment.objects.exists()


class TestRemoving:
    def remove(self, client, user, comment):
        client.force_login(user)
        return client.post(reverse("improvements:comment_remove", args=[comment.improvement_id, comment.pk]))

    @pytest.mark.parametrize(("who", "status"), [("gun", 302), ("anna", 302), ("eva", 302), ("bo", 403), ("cia", 403)])
    def test_by_its_writer_and_by_those_who_own_the_work(self, client, cast, work, who, status):
        comment = add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        assert self.remove(client, getattr(cast, who), comment).status_code == status
        assert Comment.objects.exists() is (status == 403)

    def test_the_page_asks_first_with_the_words(self, client, cast, work):
        comment = add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        client.force_login(cast.gun)
        text = client.get(reverse("improvements:comment_remove", args=[work.pk, comment.pk])).text
        assert "”Vilka har ni frågat?”" in text
        assert "Det går inte att ångra." in text
        assert Comment.objects.exists()

    def test_a_second_click_leads_to_the_improvement(self, client, cast, work):
        comment = add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        self.remove(client, cast.gun, comment)
        answer = self.remove(client, cast.gun, comment)
        assert answer.url == f"{reverse('improvements:improvement', args=[work.pk])}#kommentarer"
        remove_comment(comment=comment, by=cast.gun)
        assert AuditEvent.objects.filter(kind=ImprovementEvent.COMMENT_REMOVED).count() == 1

    def test_with_the_improvement_and_the_page_says_so(self, client, cast, work):
        comment = add_comment(improvement=work, text="Ett", by=cast.gun)
        address = reverse("improvements:improvement_remove", args=[cast.cohort.slug, cast.own.code, work.pk])
        client.force_login(cast.anna)
        assert "Kommentaren tas också bort." in client.get(address).text
        add_comment(improvement=work, text="Två", by=cast.gun)
        assert "Två kommentarer tas också bort." in client.get(address).text
        client.post(address)
        assert not Comment.objects.filter(pk=comment.pk).exists()


class TestTheTrail:
    """It names who did it, so that it is told to the person's own organisation and to nobody else."""

    @pytest.mark.parametrize(("who", "whose"), [("anna", "own"), ("gun", "theirs"), ("bo", "mentoring"), ("cia", None)])
    def test_a_comment_stands_in_the_writers(self, cast, work, who, whose):
        by = getattr(cast, who)
        comment = add_comment(improvement=work, text="Hemligt?", by=by)
        remove_comment(comment=comment, by=by)
        code = getattr(cast, whose).organisation.code if whose else ""
        events = AuditEvent.objects.filter(kind__in=(ImprovementEvent.COMMENTED, ImprovementEvent.COMMENT_REMOVED))
        assert {event.organisation for event in events} == {code}
        assert not any("Hemligt" in json.dumps(event.data) for event in events)

    def test_what_the_owner_removes_stands_in_the_owners(self, cast, work):
        comment = add_comment(improvement=work, text="Hemligt?", by=cast.gun)
        remove_comment(comment=comment, by=cast.anna)
        event = AuditEvent.objects.get(kind=ImprovementEvent.COMMENT_REMOVED)
        assert (event.organisation, event.actor) == (cast.own.organisation.code, "Anna")


class TestMail:
    def mailed(self):
        return [(mail.recipient.name, mail.subject) for mail in Mail.objects.filter(kind="improvement_commented")]

    def test_the_owners_strategist_is_mailed_once_for_each_comment(self, cast, work):
        for _ in range(2):
            add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        assert self.mailed() == [("Anna", "Ny kommentar till ”Turlistan”")]
        add_comment(improvement=work, text="Och vem svarade?", by=cast.bo)
        assert len(self.mailed()) == 2

    def test_it_says_for_whom_the_writer_spoke_and_leads_to_the_comments(self, cast, work):
        add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        mail = Mail.objects.get(kind="improvement_commented")
        text = " ".join(mail.text.split())
        assert f"En strateg i {cast.theirs.organisation} har kommenterat ert förbättringsarbete ”Turlistan”." in text
        assert "Gun" not in text
        assert mail.path == f"{reverse('improvements:improvement', args=[work.pk])}#kommentarer"

    def test_nobody_is_mailed_about_the_organisations_own_words(self, cast, work):
        for user in (cast.anna, cast.eva):
            add_comment(improvement=work, text="Vi svarar här.", by=user)
        assert self.mailed() == []


class TestPerson:
    def test_the_export_names_her_comments(self, client, cast, work):
        add_comment(improvement=work, text="Vilka har ni frågat?", by=cast.gun)
        client.force_login(cast.gun)
        assert "Kommentarer som du har skrivit om förbättringsarbeten" in client.get(reverse("privacy:mine")).text

    def test_after_an_erasure_the_words_stay_with_the_function(self, client, cast, work):
        cast.gun.name = "Gunvor Kanariefågel"
        cast.gun.save()
        add_comment(improvement=work, text="Fråga Gunvor Kanariefågel på kassan.", by=cast.gun)
        Delegate.objects.filter(user=cast.gun).update(ends_on=date(2026, 1, 1), starts_on=date(2025, 1, 1))
        erase_person(email=cast.gun.email, by=cast.cia)
        comment = Comment.objects.get()
        assert comment.text == "Fråga en strateg på kassan."
        assert comment.writer == f"strateg i {cast.theirs.organisation}"
        assert "Kanariefågel" not in page(client, cast.anna, work).text


class TestCount:
    def test_many_cost_no_more_queries_than_one(self, client, cast, work):
        counts = []
        for writers in ((cast.gun,), (cast.bo, cast.cia, cast.eva, cast.anna)):
            for by in writers:
                add_comment(improvement=work, text="Ett", by=by)
            page(client, cast.anna, work)  # the session is there already
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("improvements:improvement", args=[work.pk]))
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 25

    def test_board_and_table_say_how_many_the_reader_sees(self, client, cast, work):
        address = reverse("improvements:work", args=[cast.cohort.slug, cast.own.code])
        client.force_login(cast.gun)
        assert "ommentar" not in client.get(address).text
        add_comment(improvement=work, text="Ett", by=cast.gun)
        work.comments.create(text="Hemma")
        for view in ("", "?visa=tabell"):
            assert "En kommentar" in client.get(address + view).text
        client.force_login(cast.anna)
        for view in ("", "?visa=tabell"):
            assert "Två kommentarer" in client.get(address + view).text

    def test_the_day_stands_at_it(self, client, cast, work):
        with time_machine.travel(date(2026, 12, 3)):
            add_comment(improvement=work, text="Ett", by=cast.gun)
        with time_machine.travel(date(2026, 12, 3) + timedelta(days=1)):
            assert "3 december 2026" in page(client, cast.anna, work).text
