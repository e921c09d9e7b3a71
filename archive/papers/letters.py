from collections.abc import Iterator

from admission.interest.sections import sections_as_read
from admission.models import Interest, LetterIssue
from archive.files import stored
from archive.packing import PackedFile
from archive.papers.papers_of import PapersOf, on_day
from archive.sheets import Cell, Sheet, pdf_entry
from cohorts.models import Participation
from mentoring.models import MentorQuestion
from mentoring.thanks import thanks_content

FOLDER = "6 Brev och överenskommelser"
PEOPLE = "7 Personer"


def letters(of: PapersOf) -> Iterator[PackedFile]:
    participation = of.participation
    interest = Interest.objects.filter(participation=participation).prefetch_related("people", "partners").first()
    if interest:
        day = on_day(interest.submitted_at)
        yield of.binder.paper(FOLDER, _interest(interest), of=day, diary_number=interest.diary_number)
    for issue in LetterIssue.objects.filter(cohort=participation.cohort_id).order_by("number"):
        if participation.is_active_on(issue.issued_on):
            yield stored(FOLDER, "Antagningsbrev", issue.file, day=issue.issued_on, version=str(issue.number))
    yield from of.binder.both(FOLDER, _mentoring(participation))
    yield from thanks(FOLDER, "Tackbrev för mentorskapet", participation)


def thanks(folder: str, title: str, participation: Participation) -> Iterator[PackedFile]:
    if participation.thanked_on:
        letter = thanks_content(participation, participation.thanked_on)
        if not letter.is_empty:
            yield pdf_entry(folder, title, letter.html, day=participation.thanked_on)


def _interest(interest: Interest) -> Sheet:
    """Return the form as it was sent in. The people named in it stand among the organisation's people instead."""
    sections = sections_as_read(interest)
    facts: list[tuple[str, Cell]] = [(fact.label, fact.text) for section in sections for fact in section.facts]
    facts += [("Läge", interest.get_state_display()), ("Beslut om antagning", interest.answered_on)]
    facts += [("Beslutat av", interest.answered_by), ("Svar med skäl", interest.answer)]
    labels, texts = zip(*facts, strict=True)
    return Sheet("Intresseanmälan", ("Anmälan", *labels), (("Intresseanmälan", *texts),))


def _mentoring(participation: Participation) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        ("Fråga från SKR om mentorskap", row.asked_on, row.message)
        for row in MentorQuestion.objects.filter(participation=participation).order_by("asked_on", "pk")
    ]
    if offer := getattr(participation, "mentor_offer", None):
        rows.append((f"Svar om mentorskap: {offer.get_answer_display()}", offer.said_on, offer.tells_about))
    if agreement := getattr(participation, "mentor_agreement", None):
        rows.append(("Överenskommelse om mentorskap", agreement.agreed_on, agreement.note))
    return Sheet("Mentorskap", ("Vad", "Dag", "Text"), tuple(rows))


def people(of: PapersOf) -> Iterator[PackedFile]:
    seats = of.participation.delegates.select_related("user").order_by("starts_on", "pk")
    sheet = Sheet(
        "Personer",
        ("Namn", "E-postadress", "Funktion", "Ersättare", "Från", "Till och med"),
        tuple(
            (row.user.name, row.user.email, row.get_function_display(), row.deputy, row.starts_on, row.ends_on)
            for row in seats
        ),
    )
    yield from of.binder.both(PEOPLE, sheet)
