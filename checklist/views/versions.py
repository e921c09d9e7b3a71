from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from checklist.guidance import ItemGuidance, OfficialWordings, guidance_for, official_wordings
from checklist.models import Checklist, Item, WordingChange
from checklist.perms import EDIT_CHECKLIST
from checklist.who_does_what import Parts, who_does_what
from kit.permissions import may


@dataclass(frozen=True)
class VersionItem:
    """An item on its version's page; `is_official` is True if the wording is SKR's own in a working version."""

    item: Item
    guidance: ItemGuidance | None
    history: list[WordingChange]
    is_official: bool
    parts: Parts | None


# Both pages are public knowledge to everyone in the programme, so no permission is asked for.
@require_GET
def versions(request: PageRequest) -> HttpResponse:
    return render(
        request,
        "checklist/versions.html",
        {"checklists": Checklist.objects.prefetch_related("items", "steps")},
    )


@require_GET
def version(request: PageRequest, key: str) -> HttpResponse:
    checklist = get_object_or_404(Checklist.objects.prefetch_related("steps").with_history(), key=key)
    changes = list(checklist.changes.select_related("changed_by", "step"))
    history = defaultdict(list)
    for change in changes:
        history[change.item_id].append(change)
    context = {
        "checklist": checklist,
        "items": _version_items(checklist, history, official_wordings(checklist, changes)),
        # A change of a step has no item.
        "steps_history": history[None],
        "may_edit": may(request.user, EDIT_CHECKLIST),
        "used": checklist.is_used(),
    }
    return render(request, "checklist/version.html", context)


def _version_items(
    checklist: Checklist, history: dict[int | None, list[WordingChange]], official: OfficialWordings
) -> list[VersionItem]:
    guidance = guidance_for(checklist)
    return [
        VersionItem(
            item,
            guidance.get(item.pk),
            history[item.pk],
            checklist.is_working_wording and official.has_item(item),
            who_does_what(item.key),
        )
        for item in checklist.items.all()
    ]
