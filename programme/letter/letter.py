"""The whole letter, and what is still lacking in it."""

from cohorts.models import Cohort
from programme.letter.content import LetterContent
from programme.letter.parts import sections
from programme.letter.reading import Read, read
from programme.models import LetterIssue
from reports.pdf import Cover

SENDER = "Sveriges Kommuner och Regioner"


def letter_content(found: Read) -> LetterContent:
    """A draft: day and version come when it is sent."""
    cohort = found.cohort
    return LetterContent(
        cover=Cover(
            title=f"Välkommen till {cohort.name}",
            subtitle="Antagningsbrev",
            sender=(SENDER,),
            demonstration=cohort.constructed,
            draft=True,
        ),
        sections=sections(found) if found.members else (),
    )


def content_of(cohort: Cohort) -> LetterContent:
    """From the omgång's row as it stands now: what was fetched with a page may be older."""
    related = ("contact", "plan__checklist", "letter")
    return letter_content(read(Cohort.objects.select_related(*related).get(pk=cohort.pk)))


def issues_of(cohort: Cohort) -> list[LetterIssue]:
    """The versions that have been sent, the last first."""
    return list(LetterIssue.objects.filter(cohort=cohort).select_related("issued_by"))


def lacking(found: Read) -> list[str]:
    """What SKR may want to settle before the letter goes: said, never in the way."""
    cohort = found.cohort
    led = {delegate.participation_id for delegate in found.strategists}
    told = [
        f"{row.organisation.name} har ingen strateg." for row in (*found.members, *found.mentors) if row.pk not in led
    ]
    if cohort.contact is None:
        told.append("Omgången har ingen kontaktperson på SKR.")
    if not found.meetings:
        told.append("Inga träffar är planerade.")
    if cohort.has_mentors and not found.mentors:
        told.append("Inga mentorer är utsedda. Brevet säger att de kommer senare.")
    if not found.wanted:
        told.append("Omgången har inga förväntade resultat.")
    return told
