"""What was typed in a form that could not be saved: kept for days, and filled in again when its page is next drawn."""

import json
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from kit.enums import WhyKept
from kit.guard.filling import Typed
from kit.guard.key import FormKey, person_of
from kit.guard.reading import OWN
from kit.models import KeptForm

DAYS = 7
MOST = 5  # forms of a session that wait at the same time
LONGEST = 1_000_000  # characters in a form of ours, and
LONGEST_WITHOUT_KEY = 50_000  # in one that anybody may have made
SESSION = "kept_forms"


def typed_in(request: HttpRequest) -> Typed:
    # PostgreSQL refuses the sign NUL.
    return {
        name: [value.replace("\0", "") for value in request.POST.getlist(name)]
        for name in request.POST
        if name not in OWN
    }


def files_in(request: HttpRequest) -> list[tuple[str, int]]:
    """Return the name and the size of each file that was sent; a file is never kept."""
    files = [file for name in request.FILES for file in request.FILES.getlist(name)]
    return [(file.name or "", file.size or 0) for file in files]


def keep(request: HttpRequest, key: FormKey | None, why: WhyKept) -> bool:
    """Keep what was posted, and return True, if there is anything to keep, not too long, by one who may come back."""
    typed = json.dumps(typed_in(request), ensure_ascii=False)
    if typed == "{}" or len(typed) > (LONGEST if key else LONGEST_WITHOUT_KEY):
        return False
    if key and key.person and not get_user_model().objects.filter(pk=key.person, is_active=True).exists():
        return False
    row, _ = KeptForm.objects.update_or_create(
        # Sent twice it is kept once.
        person=person_of(request) or (key.person if key else None),
        address=request.path,
        typed=typed,
        defaults={
            "page": page_of(request, key),
            "why": why,
            "files": "\n".join(name for name, _ in files_in(request)),
            "kept_at": timezone.now(),
        },
    )
    earlier = [pk for pk in request.session.get(SESSION, []) if pk != row.pk]
    request.session[SESSION] = [row.pk, *earlier][:MOST]
    return True


def page_of(request: HttpRequest, key: FormKey | None) -> str:
    """Return the page to go on from; an address that is only posted to leads there by itself (`kit.responses`)."""
    return key.page if key else request.path


def typed_of(row: KeptForm) -> Typed:
    typed: Typed = json.loads(row.typed)
    return typed


def waits(request: HttpRequest) -> bool:
    """True if this session has kept something, which costs no query to know."""
    return bool(request.session.get(SESSION))


def waiting(request: HttpRequest) -> list[KeptForm]:
    """Return what waits for this person, from whichever browser, and what nobody in particular left in this session."""
    me, keys = person_of(request), request.session.get(SESSION, [])
    mine = Q(pk__in=keys, person=None) if me is None else Q(pk__in=keys, person=None) | Q(person=me)
    return list(KeptForm.objects.filter(mine, kept_at__gt=_oldest(timezone.now())).order_by("-pk"))


def let_go(request: HttpRequest, *, address: str = "", pk: int | None = None) -> None:
    """Forget what was kept of a form that is saved now, or that the person wants no more."""
    rows = [row.pk for row in waiting(request) if row.address == address or row.pk == pk]
    if rows:
        KeptForm.objects.filter(pk__in=rows).delete()
    if waits(request):
        request.session[SESSION] = [key for key in request.session[SESSION] if key not in rows]


def erase_old(now: datetime) -> None:
    KeptForm.objects.filter(kept_at__lte=_oldest(now)).delete()


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=DAYS)
