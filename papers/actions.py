"""Actions that keep an organisation's own words on its papers, and that remember what a paper was made from."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from kit import audit
from kit.editing import save
from papers.enums import PaperKind
from papers.facts import Fact, remembered
from papers.models import MadePaper, PaperStyle
from papers.style import usual
from papers.trail import PaperEvent


@transaction.atomic
def save_style(
    *, participation: Participation, called: str, body: str, sender: str, seen: str | None = None, by: User
) -> PaperStyle:
    organisation = locked(participation).organisation
    PaperStyle.objects.get_or_create(organisation=organisation, defaults=usual(organisation))
    # Its strategists may write at the same time in two omgångar, so the row itself is held too.
    style = PaperStyle.objects.select_for_update(no_key=True).get(organisation=organisation)
    if save(style, {"called": called, "body": body, "sender": sender}, seen=seen):
        audit.record(PaperEvent.STYLE_SAVED, target=style, by=by, organisation=organisation.code)
    return style


@transaction.atomic
def remember_paper(*, participation: Participation, kind: PaperKind, facts: Iterable[Fact], by: User) -> MadePaper:
    """Remember today's state of what the paper is made from; the same again on the same day is no event."""
    participation = locked(participation)
    now = {"made_on": timezone.localdate(), "facts": remembered(facts)}
    paper = MadePaper.objects.filter(participation=participation, kind=kind).first()
    paper = paper or MadePaper(participation=participation, kind=kind)
    if save(paper, now, seen=None):
        organisation = participation.organisation.code
        audit.record(PaperEvent.PAPER_MADE, target=paper, by=by, organisation=organisation)
    return paper
