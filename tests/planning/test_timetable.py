"""Tidplanen: months across, activities down; on a phone the list itself."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from kit.pictures import Activity, Event, Span, Timetable
from kit.pictures.base import text_width
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.timetable import headline, timetable_of
from tests.factories import CohortFactory, DelegateFactory, GroupFactory, MeetingFactory, ParticipationFactory
from tests.pdf_checks import assert_accessible_pdf, page_texts, type_sizes
from tests.planning.tallest import tallest_timetable
from tests.process_factories import PeriodFactory

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2021, 12, 1)


def picture(today=TODAY):
    """The tidplan of the round 2021–2023 as its letter had it."""

    def event(on, name, about="", last=None):
        return Event(on, last or on, name, about)

    return Timetable(
        key="tidplan",
        title="Tidplan för Modellkommuner och Modellregioner 2021–2023",
        start=date(2021, 8, 19),
        end=date(2023, 2, 28),
        today=today,
        activities=(
            Activity("Mentorträff", (event(date(2021, 8, 19), "Mentorträff"),)),
            Activity("Uppstartskonferens", (event(date(2021, 9, 13), "Uppstart", last=date(2021, 9, 14)),)),
            Activity(
                "Lärandeträff",
                (
                    event(date(2021, 11, 17), "Lärandeträff 1", "Ledning och styrning"),
                    event(date(2022, 4, 6), "Lärandeträff 2", "Förbättringsarbete"),
                    event(date(2022, 4, 12), "Lärandeträff 2", "Grupp 2, Förbättringsarbete"),
                ),
            ),
            Activity("Resultatkonferens", (event(date(2023, 2, 27), "Resultatkonferens", "Spridning och hållbarhet"),)),
            Activity(
                "Arbete på hemmaplan", spans=(Span(date(2021, 9, 15), date(2021, 11, 16), "Arbete på hemmaplan"),)
            ),
        ),
    )


def parts(timetable):
    return [pill for activity in timetable.drawing(narrow=False).activities for pill in activity.pills]


class TestPicture:
    def test_day_numbers_stand_in_their_months(self):
        drawing = picture().drawing(narrow=False)
        months = {month.text + str(place): month for place, month in enumerate(drawing.months)}
        first = parts(picture())[0]
        august, september = months["aug.0"], months["sept.1"]
        assert first.text == "19"
        assert august.x < first.middle <= september.x
        assert parts(picture())[1].text == "13–14"
        assert len(drawing.months) == 19
        assert [year.text for year in drawing.years] == ["2021", "2022", "2023"]

    def test_a_period_is_a_bar_across_its_months(self):
        drawing = picture().drawing(narrow=False)
        [bar] = drawing.activities[-1].bars
        assert drawing.months[1].x < bar.x < drawing.months[2].x
        assert drawing.months[3].x < bar.x + bar.width < drawing.months[4].x
        assert bar.is_over

    def test_what_has_been_what_is_next_and_what_is_to_come(self):
        assert [pill.state for pill in parts(picture())] == ["past", "past", "past", "next", "coming", "coming"]
        assert {pill.state for pill in parts(picture(today=None))} == {"coming"}
        assert picture().drawing(narrow=False).today_x
        assert picture(today=None).drawing(narrow=False).today_x is None
        assert picture(today=date(2030, 1, 1)).drawing(narrow=False).today_x is None

    def test_two_close_in_time_stand_under_each_other(self):
        _, second, third = picture().drawing(narrow=False).activities[2].pills
        assert third.y >= second.labels[-1].y
        assert picture().drawing(narrow=False).activities[3].y > third.labels[-1].y

    def test_nothing_leaves_the_paper(self):
        drawing = picture().drawing(narrow=False)
        for pill in parts(picture()):
            assert drawing.left <= pill.x
            assert pill.right <= drawing.right
            assert max([pill.y + 22, *(line.y for line in pill.labels)]) <= drawing.height
        for activity in drawing.activities:
            assert all(text_width(line.text, 13) < drawing.left for line in activity.labels)

    def test_many_months_get_one_letter(self):
        two_years, long = (replace(picture(), end=date(2023, month, 28)) for month in (7, 12))
        assert two_years.drawing(narrow=False).months[1].text == "sept."
        assert {len(month.text) for month in long.drawing(narrow=False).months} == {1}

    def test_screen_gets_picture_and_list_and_print_the_picture(self):
        root = ElementTree.fromstring(str(picture()).replace("<br>", "<br/>"))
        assert [svg.get("class") for svg in root.findall(f"{SVG}svg")] == ["picture-wide"]
        [as_list] = root.findall("ol")
        assert as_list.get("class") == "picture-narrow timetable-list"
        lines = [" ".join("".join(line.itertext()).split()) for line in as_list]
        assert lines[0] == "19 augusti 2021 ✓Har varit Mentorträff"
        assert lines[2] == "15 sept. – 16 nov. 2021 Arbete på hemmaplan"
        assert lines[4].startswith("6 april 2022 ○Nästa Lärandeträff 2, Förbättringsarbete")
        [printed] = ElementTree.fromstring(picture().for_print).findall(f"{SVG}svg")
        assert printed.get("class") == "picture-print"
        assert printed.find(f"{SVG}title").text == f"{picture().title}. {picture().description}"

    def test_colours_are_attributes_for_print_and_classes_for_the_screen(self):
        for element in ElementTree.fromstring(picture().for_print).iter():
            if element.tag in {f"{SVG}{name}" for name in ("rect", "line")}:
                assert re.fullmatch(r"#[0-9a-f]{6}", element.get("fill") or element.get("stroke") or "")
                assert (element.get("class") or "").startswith("picture-")

    def test_the_words_and_the_table(self):
        assert picture().description.startswith("Från augusti 2021 till februari 2023: Mentorträff 19 augusti 2021; ")
        assert picture().description.endswith("Härnäst kommer Lärandeträff 2.")
        assert picture().table.headers == ("Aktivitet", "Vad", "När", "Tema eller grupp")
        assert picture().table.rows[1] == ("Uppstartskonferens", "Uppstart", "13–14 september 2021", "–")
        assert picture().table.rows[-1][2] == "15 sept. – 16 nov. 2021"


@pytest.mark.django_db
class TestOfACohort:
    @pytest.fixture
    def world(self):
        cohort = CohortFactory(name="Modellregioner", starts_on=date(2021, 9, 13), ends_on=date(2023, 2, 28))
        learning = MeetingFactory(cohort=cohort, name="Lärandeträff 1", number=1, starts_on=date(2021, 11, 17))
        results = MeetingFactory(
            cohort=cohort,
            key="resultat",
            name="Resultatkonferens",
            kind=MeetingKind.RESULTS_CONFERENCE,
            theme="",
            starts_on=date(2023, 2, 8),
        )
        return SimpleNamespace(cohort=cohort, learning=learning, results=results)

    def test_a_line_for_each_kind_there_is_in_the_programmes_order(self, world):
        MeetingFactory(cohort=world.cohort, key="m", kind=MeetingKind.MENTOR_MEETING, starts_on=date(2021, 8, 19))
        PeriodFactory(
            cohort=world.cohort, name="Rapporten skrivs", is_reporting=True, before=world.results, due_before=14
        )
        PeriodFactory(cohort=world.cohort, after=world.learning, before=world.results)
        timetable = timetable_of(world.cohort)
        assert [line.name for line in timetable.activities] == [
            "Mentorträff",
            "Lärandeträff",
            "Resultatkonferens",
            "Arbete på hemmaplan",
            "Resultatrapport",
        ]
        assert timetable.start == date(2021, 8, 19)
        assert timetable.activities[3].spans[0].when == "18 nov. 2021 – 7 feb. 2023"
        assert timetable.activities[4].events[0].when == "25 januari 2023"

    def test_a_groups_own_is_told_with_its_group(self, world):
        Meeting.objects.filter(pk=world.learning.pk).update(group=GroupFactory(cohort=world.cohort, name="Grupp Norr"))
        assert timetable_of(world.cohort).activities[0].events[0].about == "Grupp Norr, Ledning och styrning"

    def test_what_is_called_off_is_not_drawn_and_nothing_at_all_is_none(self, world):
        Meeting.objects.update(cancelled_on=TODAY)
        assert timetable_of(world.cohort) is None

    def test_two_queries_however_many(self, world, django_assert_num_queries):
        PeriodFactory.create_batch(3, cohort=world.cohort, after=world.learning, before=world.results)
        with django_assert_num_queries(2):
            timetable_of(world.cohort)

    def test_the_heading_says_what_comes_or_is_going_on(self, world):
        days = {
            date(2023, 2, 7): "Härnäst kommer Resultatkonferens, 8 februari 2023.",
            date(2023, 2, 8): "Nu pågår Resultatkonferens, 8 februari 2023.",
            date(2023, 2, 9): "Alla träffar är genomförda.",
        }
        assert {day: headline(timetable_of(world.cohort, day)) for day in days} == days
        Meeting.objects.all().delete()
        assert headline(timetable_of(world.cohort, TODAY)) == "Inga träffar är planerade än."

    def test_the_page_for_everyone_in_the_omgang(self, client, world):
        client.force_login(
            DelegateFactory(participation=ParticipationFactory(cohort=world.cohort), starts_on=date(2021, 1, 1)).user
        )
        with time_machine.travel(TODAY, tick=False):
            page = client.get(reverse("planning:timetable", args=[world.cohort.slug])).content.decode()
        assert "Härnäst kommer Resultatkonferens, 8 februari 2023." in page
        assert (
            reverse("planning:timetable", args=[world.cohort.slug])
            in client.get(reverse("overview:cohort", args=[world.cohort.slug])).content.decode()
        )

    @pytest.mark.parametrize("tall", [False, True])
    def test_on_paper_it_is_one_sheet_across(self, client, world, tall):
        if tall:
            world.cohort = tallest_timetable()
        client.force_login(
            DelegateFactory(participation=ParticipationFactory(cohort=world.cohort), starts_on=date(2021, 1, 1)).user
        )
        with time_machine.travel(TODAY, tick=False):
            answer = client.get(reverse("planning:timetable_pdf", args=[world.cohort.slug]))
        data = b"".join(answer.streaming_content)
        [text] = page_texts(data)
        assert text.startswith(f"Tidplan för {world.cohort.name}")
        assert "Resultatkonferens" in text
        assert min(type_sizes(data)) > 6
        assert_accessible_pdf(data)

    def test_nothing_to_draw_is_no_file(self, client, world):
        Meeting.objects.all().delete()
        client.force_login(
            DelegateFactory(participation=ParticipationFactory(cohort=world.cohort), starts_on=date(2021, 1, 1)).user
        )
        with time_machine.travel(TODAY, tick=False):
            assert client.get(reverse("planning:timetable_pdf", args=[world.cohort.slug])).status_code == 404
            page = client.get(reverse("planning:timetable", args=[world.cohort.slug])).text
        assert reverse("planning:timetable_pdf", args=[world.cohort.slug]) not in page
