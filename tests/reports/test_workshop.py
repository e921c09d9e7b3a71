"""The report workshop: sections with parts, sources that are put in, who writes what, who writes now, and history."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cohorts.holders import holders_of
from improvements.models import Placement
from kit.refusals import ActionRefused
from kit.rich import from_plain
from kit.staleness import Stale, digest
from reports import actions, duties
from reports.actions.assigning import as_content, assigned_in
from reports.actions.history import GOES_ON, MOST_VERSIONS
from reports.content import organisation_content
from reports.content.chapters import chapters_of
from reports.content.frozen import freeze, thaw
from reports.content.organisation import OrganisationContent
from reports.models import Report, ReportSection, Section
from reports.presence import SECONDS
from reports.sections import DEFAULT, places_of, sections_of
from reports.sources import MOST, SourceRequest, holds, sources_of
from reports.workshop import index_of
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    ImprovementFactory,
    MeetingFactory,
    ParticipationFactory,
    frozen,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def own():
    cohort = CohortFactory()
    for at, heading in enumerate(DEFAULT):
        kind = "moments" if heading.key == "results" else "text"
        Section.objects.create(
            cohort=cohort, key=heading.key, heading=heading.text, position=at, kind=kind, asks=f"Fråga {at}?"
        )
    return ParticipationFactory(cohort=cohort)


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, function="strategist")


@pytest.fixture
def colleague(own):
    return DelegateFactory(participation=own, function="contributor")


def url(own, name="section", *more):
    return reverse(f"reports:{name}", args=[own.cohort.slug, own.code, *more])


def save(own, key, text, by, revision=0):
    return actions.save_section(
        participation=own, key=key, text=from_plain(text), shared=False, revision=revision, by=by.user
    )


def part_of(own, number=1):
    item = next(item for item in own.cohort.plan.items if item.number == number)
    return f"results--{item.key}"


class TestParts:
    def test_a_section_has_a_place_of_its_own_and_one_for_each_moment(self, own):
        keys = [place.key for place in places_of(own.cohort) if place.section.key == "results"]
        assert keys == ["results", *(f"results--{item.key}" for item in own.cohort.plan.items)]

    def test_and_for_each_stage(self, own):
        own.cohort.sections.filter(key="results").update(kind="stages")
        assert next(place.key for place in places_of(own.cohort) if place.part) == "results--activity"

    def test_an_omgang_without_sections_has_one_text_under_each(self):
        sections = sections_of(CohortFactory())
        assert (sections, [section.parts for section in sections]) == (DEFAULT, [()] * 11)
        assert all(section.asks and section.example and section.wanted_words for section in DEFAULT)

    def test_the_parts_are_one_chapter_with_a_heading_each(self, own, strategist):
        save(own, "results", "Inledning.", strategist)
        save(own, part_of(own, 2), "Om det andra.", strategist)
        content = organisation_content(own.report)
        (chapter,) = chapters_of(content)[:1]
        assert (chapter.anchor, chapter.title) == ("avsnitt-results", "Resultat")
        assert [type(block).__name__ for block in chapter.blocks] == ["ProseBlock", "HeadingBlock", "ProseBlock"]
        assert thaw(OrganisationContent, freeze(content)).sections == content.sections

    def test_what_is_entered_elsewhere_is_printed_also_without_a_text(self, own, strategist):
        Placement.objects.create(
            participation=own, occasion="start", stage="product", reason="Mallen.", placed_on=TODAY
        )
        own.cohort.sections.filter(key="next_steps").update(kind="placement")
        save(own, "results", "Inledning.", strategist)
        by_key = {text.key: text for text in organisation_content(own.report).sections}
        assert by_key["next_steps"].entered[0].text == "Ny eller ändrad produkt. Mallen."
        assert by_key["results"].entered == ()


class TestPage:
    def test_it_says_what_is_asked_and_how_far_one_has_come(self, client, own, strategist):
        save(own, "purpose", "Vi ville se.", strategist)
        save(own, part_of(own), "Om det första.", strategist)
        client.force_login(strategist.user)
        page = client.get(url(own, "section", part_of(own, 2)))
        assert "Fråga 2?" in page.text
        assert page.context["index"].headline == "Ett av elva avsnitt är skrivet."
        line = next(line for line in page.context["index"].lines if line.section.key == "results")
        assert (line.state, line.n_parts, line.first.key) == ("part", 1, part_of(own, 2))
        assert (page.context["before"].key, page.context["after"].key) == (part_of(own, 1), part_of(own, 3))

    @pytest.mark.parametrize(
        ("texts", "words"),
        [
            ((), "Inget avsnitt är skrivet än."),
            (("purpose", "next_steps"), "Två av elva avsnitt är skrivna."),
        ],
    )
    def test_the_headline(self, own, strategist, texts, words):
        Report.objects.create(participation=own)
        for key in texts:
            save(own, key, "Text.", strategist)
        own.refresh_from_db()
        assert index_of(own.report, strategist.user).headline == words

    def test_when_it_is_handed_in_the_page_leads_to_the_report(self, client, own, strategist):
        save(own, "purpose", "Vi ville se.", strategist)
        frozen(own.report)
        client.force_login(strategist.user)
        for name, more in (("section", ["purpose"]), ("preview", [])):
            assert client.get(url(own, name, *more))["Location"] == url(own, "report")

    def test_the_preview_is_the_draft_as_it_is_read(self, client, own, strategist):
        client.force_login(strategist.user)
        assert "Inget är skrivet än." in client.get(url(own, "preview")).text
        save(own, "purpose", "Vi ville se.", strategist)
        assert "Vi ville se." in client.get(url(own, "preview")).text


class TestSources:
    @pytest.fixture
    def work(self, own):
        return ImprovementFactory(participation=own, title="Tre mått", aim="Alla ser båda.", learnt="Börja smått.")

    def test_what_is_entered_stands_beside_the_text(self, own, strategist, work):
        place = next(place for place in places_of(own.cohort) if place.key == "work_lessons")
        (source,) = sources_of(SourceRequest(own, strategist.user, place))
        assert (source.label, source.words) == ("Förbättringsarbete", "Tre mått. Alla ser båda. Börja smått.")

    def test_it_is_put_last_in_the_text_that_comes_with_it(self, client, own, strategist, work):
        client.force_login(strategist.user)
        sent = {
            "s-work_lessons-text": "Först. *Sedan*",
            "s-work_lessons-revision": "0",
            "put_in": f"improvement.{work.pk}",
        }
        for _ in range(2):  # a second click
            answer = client.post(url(own, "section", "work_lessons"), sent)
            assert answer["Location"] == f"{url(own, 'section', 'work_lessons')}#avsnitt-work_lessons"
        section = ReportSection.objects.get()
        assert section.text == "Först. Sedan\n\nTre mått. Alla ser båda. Börja smått."
        assert "✓ Inlagd" in client.get(url(own, "section", "work_lessons")).text

    def test_signs_of_markdown_stay_signs(self, client, own, strategist, work):
        work.title, work.aim, work.learnt = "# Ett *stort* mått", "", ""
        work.save()
        client.force_login(strategist.user)
        client.post(url(own, "section", "work_lessons"), {"put_in": f"improvement.{work.pk}"})
        assert ReportSection.objects.get().text == "# Ett *stort* mått."

    def test_what_is_no_source_of_the_section_is_not_put_in(self, client, own, strategist):
        theirs = ImprovementFactory(title="En annans")
        client.force_login(strategist.user)
        client.post(url(own, "section", "work_lessons"), {"put_in": f"improvement.{theirs.pk}"})
        assert not ReportSection.objects.exists()

    def test_too_long_a_text_with_the_source_is_shown_and_not_stored(self, client, own, strategist, work):
        client.force_login(strategist.user)
        sent = {"s-work_lessons-text": "x" * 19_990, "put_in": f"improvement.{work.pk}"}
        answer = client.post(url(own, "section", "work_lessons"), sent)
        assert (answer.status_code, "Tre mått. Alla ser båda." in answer.text) == (422, True)
        assert not ReportSection.objects.exists()

    def test_the_value_of_a_moment_then_and_now_with_who_rated(self, own, strategist):
        for at, value in ((1, 2), (2, 3)):
            meeting = MeetingFactory(cohort=own.cohort, starts_on=TODAY - timedelta(days=100 - at))
            AssessmentFactory(participation=own, meeting=meeting, values=[value], submitted=True)
        place = next(place for place in places_of(own.cohort) if place.key == part_of(own))
        value = next(source for source in sources_of(SourceRequest(own, strategist.user, place)) if source.figure)
        assert value.words.startswith("Värdet är 3, första gången 2.")
        assert (value.figure.printed, value.figure.ref.split(".")[:2]) == ("3", ["sjalvskattning", "moment-1"])

    def test_at_most_a_dozen_before_all_are_asked_for(self, client, own, strategist):
        for at in range(MOST + 1):
            ImprovementFactory(participation=own, title=f"Arbete {at}")
        client.force_login(strategist.user)
        few, every = (client.get(url(own, "section", "work_lessons") + more) for more in ("", "?alla"))
        assert (len(few.context["sources"]), len(every.context["sources"])) == (MOST, MOST + 1)
        assert f"Visa alla {MOST + 1}" in few.text
        assert "Visa alla" not in every.text

    def test_every_kind_and_part_has_few_questions(self, client, own, strategist, work, django_assert_max_num_queries):
        client.force_login(strategist.user)
        for key in ("purpose", "results", part_of(own), "process_lessons", "next_steps"):
            with django_assert_max_num_queries(35):
                client.get(url(own, "section", key))

    def test_line_ends_do_not_hide_that_it_is_in(self, own, strategist, work):
        place = next(place for place in places_of(own.cohort) if place.key == "work_lessons")
        (source,) = sources_of(SourceRequest(own, strategist.user, place))
        assert holds("Före.\n\nTre mått.\nAlla ser båda. Börja smått.", source)
        assert not holds("Tre mått. Alla ser båda.", source)


class TestWriters:
    def choose(self, own, by, seen=None, **chosen):
        stored = as_content(assigned_in(own))
        seen = digest(stored) if seen is None else seen
        return actions.choose_writers(participation=own, seen=seen, by=by.user, **{**stored, **chosen})

    def test_the_writer_sees_it_among_the_tasks_until_it_is_written(self, own, strategist, colleague):
        day = timezone.localdate() + timedelta(days=9)
        assert self.choose(own, strategist, writer_purpose=colleague, due_purpose=day)
        assert not self.choose(own, strategist)
        tasks = self.tasks(own, colleague)
        assert [(task.title, task.due_on) for task in tasks] == [("Skriv ”Syfte och mål” i resultatrapporten", day)]
        assert tasks[0].url == url(own, "section", "purpose")
        assert self.tasks(own, strategist) == []
        save(own, "purpose", "Vi ville se.", colleague)
        assert self.tasks(own, colleague) == []

    def test_parts_are_done_when_all_are(self, own, strategist, colleague):
        self.choose(own, strategist, writer_results=colleague)
        places = [place for place in places_of(own.cohort) if place.part]
        for place in places[:-1]:
            save(own, place.key, "Text.", colleague)
        assert len(self.tasks(own, colleague)) == 1
        save(own, places[-1].key, "Text.", colleague)
        assert self.tasks(own, colleague) == []

    def tasks(self, own, delegate):
        records = duties.read_reports([own])
        holder = next(each for each in holders_of(own, timezone.localdate()) if each.delegate == delegate)
        return [task for task in duties.duties(holder, records) if task.matter == "section"]

    def test_the_page_saves_it_and_the_index_shows_it(self, client, own, strategist, colleague):
        client.force_login(strategist.user)
        form = client.get(url(own, "writers")).context["form"]
        sent = {"seen": form["seen"].value(), "writer_purpose": colleague.pk, "due_purpose": "2030-01-02"}
        assert client.post(url(own, "writers"), sent).status_code == 302
        assert f"{colleague.user.name}, senast onsdag 2 januari 2030" in client.get(url(own, "report")).text

    def test_a_stale_choice_is_refused(self, own, strategist, colleague):
        seen = digest(as_content(assigned_in(own)))
        self.choose(own, strategist, writer_purpose=colleague)
        with pytest.raises(Stale):
            self.choose(own, strategist, seen=seen, writer_purpose=strategist)

    def test_only_those_who_write_in_the_report_are_chosen(self, own, strategist):
        politician = DelegateFactory(participation=own, function="politician")
        for other in (politician, DelegateFactory(function="strategist")):
            with pytest.raises(ActionRefused, match=r"Välj någon hos er som får skriva i rapporten\."):
                self.choose(own, strategist, writer_purpose=other)

    def test_not_in_a_report_that_is_handed_in(self, own, strategist, colleague):
        save(own, "purpose", "Vi ville se.", strategist)
        frozen(own.report)
        with pytest.raises(ActionRefused, match=r"Rapporten är inlämnad och ändras inte\."):
            self.choose(own, strategist, writer_purpose=colleague)


class TestWritingNow:
    @pytest.fixture(autouse=True)
    def cache_of_ours(self, settings):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "now"}}

    def write(self, client, own, by):
        client.force_login(by.user)
        client.post(url(own, "section", "purpose"), {"s-purpose-text": "Nu."}, headers={"HX-Request": "true"})

    def test_a_colleague_sees_it_for_a_minute(self, client, own, strategist, colleague):
        cache.clear()
        with time_machine.travel(timezone.now(), tick=False) as clock:
            self.write(client, own, colleague)
            client.force_login(strategist.user)
            words = f"{colleague.user.name} skriver här nu"
            clock.shift(SECONDS - 1)
            assert words in client.get(url(own, "section", "purpose")).text
            assert f"{colleague.user.name} skriver nu" in client.get(url(own, "report")).text
            clock.shift(2)
            assert words not in client.get(url(own, "section", "purpose")).text

    def test_nothing_fails_while_the_cache_is_away(self, client, own, strategist, colleague, settings):
        away = {"BACKEND": "kit.cache.RedisOrMemory", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": away}
        self.write(client, own, colleague)
        assert ReportSection.objects.get().text == "Nu."
        client.force_login(strategist.user)
        assert f"{colleague.user.name} skriver här nu" in client.get(url(own, "section", "purpose")).text

    def test_nobody_is_told_of_oneself_or_of_another_organisation(self, client, own, strategist, colleague):
        cache.clear()
        self.write(client, own, colleague)
        assert "skriver här nu" not in client.get(url(own, "section", "purpose")).text
        other = ParticipationFactory(cohort=own.cohort)
        client.force_login(DelegateFactory(participation=other, function="strategist").user)
        assert "skriver här nu" not in client.get(url(other, "section", "purpose")).text


class TestHistory:
    def texts(self):
        return list(ReportSection.objects.get().versions.values_list("text", flat=True))

    @pytest.mark.parametrize(("later", "kept"), [(-1, ["Två."]), (0, ["Ett.", "Två."])])
    def test_one_goes_on_with_the_same_version_for_a_while(self, own, strategist, later, kept):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            save(own, "purpose", "Ett.", strategist)
            clock.shift(GOES_ON + timedelta(seconds=later))
            save(own, "purpose", "Två.", strategist, revision=1)
        assert self.texts() == kept

    def test_another_person_begins_a_new_one(self, own, strategist, colleague):
        save(own, "purpose", "Ett.", strategist)
        save(own, "purpose", "Två.", colleague, revision=1)
        assert self.texts() == ["Ett.", "Två."]

    def test_so_does_whoever_takes_half_away(self, own, strategist):
        save(own, "purpose", "En lång text om allt.", strategist)
        save(own, "purpose", "", strategist, revision=1)
        assert self.texts() == ["En lång text om allt.", ""]

    def test_a_text_from_before_the_history_is_kept_too(self, own, strategist):
        report = Report.objects.create(participation=own)
        report.texts.create(key="purpose", text="Från förr.", revision=1)
        save(own, "purpose", "Nytt.", strategist, revision=1)
        assert self.texts() == ["Från förr.", "Nytt."]

    def test_a_choice_alone_is_no_version(self, own, strategist):
        save(own, "purpose", "Ett.", strategist)
        text = from_plain("Ett.")
        actions.save_section(participation=own, key="purpose", text=text, shared=True, revision=1, by=strategist.user)
        assert self.texts() == ["Ett."]

    def test_the_oldest_go(self, own, strategist, colleague):
        for at in range(MOST_VERSIONS + 1):
            save(own, "purpose", f"Text {at}.", (strategist, colleague)[at % 2], revision=at)
        assert (len(self.texts()), self.texts()[0]) == (MOST_VERSIONS, "Text 1.")

    def test_an_earlier_text_comes_back_as_a_save(self, client, own, strategist, colleague):
        save(own, "purpose", "Ett.", strategist)
        section = save(own, "purpose", "Två.", colleague, revision=1)
        client.force_login(strategist.user)
        page = client.get(url(own, "section_history", "purpose"))
        assert ("Ett." in page.text, "Två." in page.text) == (True, True)
        sent = {"version": section.versions.first().pk, "revision": "2"}
        assert client.post(url(own, "section_history", "purpose"), sent)["Location"] == url(own, "section", "purpose")
        assert self.texts() == ["Ett.", "Två.", "Ett."]
        section.refresh_from_db()
        assert (section.text, section.revision) == ("Ett.", 3)

    def test_and_not_over_what_one_has_not_seen(self, client, own, strategist, colleague):
        save(own, "purpose", "Ett.", strategist)
        section = save(own, "purpose", "Två.", colleague, revision=1)
        client.force_login(strategist.user)
        sent = {"version": section.versions.first().pk, "revision": "1"}
        answer = client.post(url(own, "section_history", "purpose"), sent, follow=True)
        assert "Någon har ändrat texten sedan du öppnade sidan." in answer.text
        section.refresh_from_db()
        assert section.text == "Två."

    def test_another_sections_text_is_not_put_here(self, client, own, strategist):
        save(own, "purpose", "Ett.", strategist)
        other = save(own, "next_steps", "Två.", strategist)
        client.force_login(strategist.user)
        sent = {"version": other.versions.get().pk, "revision": "1"}
        assert client.post(url(own, "section_history", "purpose"), sent).status_code == 404


class TestRequired:
    def test_what_must_be_there_is_named_and_stops_the_handing_in(self, client, own, strategist):
        own.cohort.sections.filter(key__in=("results", "next_steps")).update(required=True)
        save(own, "purpose", "Vi ville se.", strategist)
        words = "Skriv ”Resultat” och ”Fortsatt arbete” innan ni lämnar in rapporten. De avsnitten ska vara med."
        client.force_login(strategist.user)
        assert words in client.get(url(own, "submit")).text
        with pytest.raises(ActionRefused, match=words):
            actions.submit_report(report=own.report, by=strategist.user)
        save(own, part_of(own, 3), "En del räcker.", strategist)
        with pytest.raises(ActionRefused, match=r"Skriv ”Fortsatt arbete” innan .* Avsnittet ska vara med"):
            actions.submit_report(report=own.report, by=strategist.user)
        save(own, "next_steps", "Vi fortsätter.", strategist)
        page = client.get(url(own, "submit")).text
        assert "Nio av tio delar av ”Resultat” är tomma." in page
        assert actions.submit_report(report=own.report, by=strategist.user).is_submitted


def test_from_ten_moment_and_three_efforts_to_handed_in_in_sixty_actions(client, own, strategist):
    """Each press of a link or a button counts; what is typed does not. Whatever can be put in, the first is."""
    AssessmentFactory(participation=own, values=[2] * 10, submitted=True)
    for at in range(3):
        effort = EffortFactory(participation=own, title=f"Insats {at}")
        effort.steps.create(stage="activity", state="reached", year=2026, text="Mätte.")
    own.cohort.sections.filter(key__in=("purpose", "results", "next_steps")).update(required=True)
    client.force_login(strategist.user)
    client.get(url(own, "report"))
    n, place = 2, places_of(own.cohort)[0]  # the menu, and the first section
    while place:
        page = client.get(url(own, "section", place.key))
        sent = {f"s-{place.key}-text": "Vi skriver.", f"s-{place.key}-revision": "0"}
        if page.context["sources"]:
            n += 1
            sent["put_in"] = page.context["sources"][0][0].key
            assert client.post(url(own, "section", place.key), sent).status_code == 302
            page = client.get(url(own, "section", place.key))
            form = page.context["draft"].form
            sent = {f"s-{place.key}-text": form["text"].value(), f"s-{place.key}-revision": "1"}
        n, place = n + 1, page.context["after"]
        assert client.post(url(own, "section", page.context["place"].key), sent).status_code == 302
    confirm = client.get(url(own, "submit"))
    n += 3  # the whole report, on to the handing in, and yes
    client.post(url(own, "submit"), {"seen": confirm.context["form"]["seen"].value()})
    own.report.refresh_from_db()
    assert own.report.is_submitted
    assert own.report.texts.exclude(text="").count() == 21
    assert n <= 60
