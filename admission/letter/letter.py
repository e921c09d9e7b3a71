"""Build the whole letter, and say what is missing in it."""

from admission.letter.content import LetterContent
from admission.letter.material import LetterMaterial, board_decision, material_of
from admission.letter.parts import sections
from admission.models import LetterIssue
from cohorts.models import Cohort
from kit.pdf import Cover
from kit.templatetags.swedish import enumerated

SENDER = "Sveriges Kommuner och Regioner"


def letter_content(material: LetterMaterial) -> LetterContent:
    cohort = material.cohort
    return LetterContent(
        cover=Cover(
            title=f"Välkommen till {cohort.name}",
            subtitle="Antagningsbrev",
            sender=(SENDER,),
            demonstration=cohort.constructed,
            draft=True,
        ),
        sections=sections(material) if material.members else (),
    )


def content_of(cohort: Cohort) -> LetterContent:
    """Build the letter from the stored cohort, since the one fetched with a page may be older."""
    related = ("contact", "plan__checklist", "letter")
    return letter_content(material_of(Cohort.objects.select_related(*related).get(pk=cohort.pk)))


def issues_of(cohort: Cohort) -> list[LetterIssue]:
    return list(LetterIssue.objects.filter(cohort=cohort).select_related("issued_by"))


def lacking(material: LetterMaterial) -> list[str]:
    """Return what SKR may want to settle first; it never stops the sending."""
    cohort = material.cohort
    led = {delegate.participation_id for delegate in material.strategists}
    sentences = [
        f"{row.organisation.name} har ingen strateg."
        for row in (*material.members, *material.mentors)
        if row.pk not in led
    ]
    undecided = [row.organisation.name for row in material.members if board_decision(row) is None]
    if undecided:
        sentences.append(
            f"Inget beslut av styrgruppen är antecknat för {enumerated(undecided)}. Brevet nämner inget där."
        )
    if cohort.contact is None:
        sentences.append("Omgången har ingen kontaktperson på SKR.")
    if not material.meetings:
        sentences.append("Inga träffar är planerade.")
    if cohort.has_mentors and not material.mentors:
        sentences.append("Inga mentorer är utsedda. Brevet säger att de kommer senare.")
    if not material.wanted:
        sentences.append("Omgången har inga förväntade resultat.")
    return sentences
