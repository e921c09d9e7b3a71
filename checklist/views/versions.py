from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from checklist.guidance import MomentGuidance, OfficialWordings, guidance_for, official_wordings
from checklist.models import Checklist, Item, WordingChange
from modell.http import PageRequest
from modell.permissions import Perm, may


@dataclass(frozen=True)
class Moment:
    """A moment as its version's page shows it; `is_official` if SKR's own formulation stands in a working version."""

    item: Item
    guidance: MomentGuidance | None
    history: list[WordingChange]
    is_official: bool


def versions(request: PageRequest) -> HttpResponse:
    """All versions: they are public knowledge to everyone in the programme."""
    return render(
        request,
        "checklist/versions/versions.html",
        {"checklists": Checklist.objects.prefetch_related("items", "steps")},
    )


def version(request: PageRequest, key: str) -> HttpResponse:
    """One version with its steps and moment: their guidance, where each came from, what became of it, and changes."""
    checklist = get_object_or_404(Checklist.objects.prefetch_related("steps").with_history(), key=key)
    changes = list(checklist.changes.select_related("changed_by", "step"))
    history = defaultdict(list)
    for change in changes:
        history[change.item_id].append(change)
    context = {
        "checklist": checklist,
        "moments": _moments(checklist, history, official_wordings(checklist, changes)),
        "steps_history": history[None],  # a step's changes are of no moment
        "may_edit": may(request.user, Perm.EDIT_CHECKLIST),
        "used": checklist.is_used(),
    }
    return render(request, "checklist/versions/version.html", context)


def _moments(
    checklist: Checklist, history: dict[int | None, list[WordingChange]], official: OfficialWordings
) -> list[Moment]:
    guidance = guidance_for(checklist)
    return [
        Moment(
            item,
            guidance.get(item.pk),
            history[item.pk],
            checklist.is_working_wording and official.has_item(item),
        )
        for item in checklist.items.all()
    ]
