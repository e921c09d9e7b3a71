"""Build the whole letter, and say what is missing in it."""

from collections.abc import Mapping
from dataclasses import replace

from admission.letter.content import LetterContent
from admission.letter.material import LetterMaterial, board_decision, material_of
from admission.letter.parts import sections
from admission.models import Letter, LetterIssue
from cohorts.models import Cohort
from kit.pdf import Cover
from kit.templatetags.swedish import enumerated
from reports.content.frozen import thaw

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


def with_words(material: LetterMaterial, texts: Mapping[str, str]) -> LetterContent:
    """Return the letter as it would be with these texts, which are not saved."""
    draft = Letter(cohort=material.cohort)
    draft.take(texts)
    return letter_content(replace(material, letter=draft))


def content_of(cohort: Cohort) -> LetterContent:
    """Build the letter from the stored cohort, since the one fetched with a page may be older."""
    related = ("contact", "plan__checklist", "letter")
    return letter_content(material_of(Cohort.objects.select_related(*related).get(pk=cohort.pk)))


def issues_of(cohort: Cohort) -> list[LetterIssue]:
    return list(cohort.letter_issues.select_related("issued_by").defer("content"))


def as_sent(issue: LetterIssue) -> LetterContent | None:
    """Return the letter as it was sent; None if the version has only its file."""
    return thaw(LetterContent, issue.content) if issue.content else None


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
