"""The headings of the result report: the omgång's own, or else the programme's usual ones (data/FORMAT.md)."""

from dataclasses import dataclass

from cohorts.models import Cohort


@dataclass(frozen=True)
class Heading:
    key: str
    text: str


DEFAULT = (
    Heading("purpose", "Syfte och mål"),
    Heading("organisation_of_work", "Så organiserades arbetet"),
    Heading("results", "Resultat"),
    Heading("process_lessons", "Lärdomar av erfarenhetsutbytet"),
    Heading("work_lessons", "Lärdomar av förbättringsarbetet"),
    Heading("what_helped", "Det som hjälpte"),
    Heading("what_hindered", "Det som hindrade"),
    Heading("advice_to_others", "Råd till andra"),
    Heading("advice_to_skr", "Råd till SKR"),
    Heading("next_steps", "Fortsatt arbete"),
    Heading("mentorship", "Mentorskap"),
)


def sections_of(cohort: Cohort) -> tuple[Heading, ...]:
    return tuple(Heading(section.key, section.heading) for section in cohort.sections.all()) or DEFAULT
