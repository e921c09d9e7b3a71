"""What an organisation's papers are called, who decides and who sends them: its own words, or the usual ones."""

from typing import Any

from cohorts.enums import OrganisationKind
from cohorts.models import Organisation
from kit.staleness import content_of
from papers.models import PaperStyle

USUAL = "Tjänsteskrivelse"
STYLE = ("called", "body", "sender")
# In brackets where the kind alone does not tell.
BOARDS = {
    OrganisationKind.KOMMUN: "Kommunstyrelsen",
    OrganisationKind.REGION: "Regionstyrelsen",
    OrganisationKind.ASSOCIATION: "[Förbundsdirektionen eller förbundsstyrelsen]",
    OrganisationKind.DISTRICT: "Stadsdelsnämnden",
    OrganisationKind.ADMINISTRATION: "[Nämnden]",
}
DIRECTORS = {OrganisationKind.KOMMUN: "kommundirektören", OrganisationKind.REGION: "regiondirektören"}
ANOTHER_DIRECTOR = "[högsta chefen]"


def style_of(organisation: Organisation) -> PaperStyle:
    """Return the organisation's own words, or unsaved the usual ones of its kind."""
    own = PaperStyle.objects.filter(organisation=organisation).first()
    return own or PaperStyle(organisation=organisation, **usual(organisation))


def usual(organisation: Organisation) -> dict[str, Any]:
    return {"called": USUAL, "body": BOARDS[OrganisationKind(organisation.kind)], "sender": ""}


def style_content(style: PaperStyle) -> dict[str, Any]:
    return content_of(style, *STYLE)


def director_of(organisation: Organisation) -> str:
    return DIRECTORS.get(OrganisationKind(organisation.kind), ANOTHER_DIRECTOR)
