from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from checklist.together.minutes import minutes_of
from checklist.together.minutes_word import MEDIA_TYPE, word_of
from checklist.views.rating import get_assessment
from modell.http import PageRequest
from modell.permissions import Perm, require


@require_GET
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    """What the working meeting came to, for the organisation's own file."""
    assessment = get_assessment(request, pk)
    require(request.user, Perm.READ_OWN_ASSESSMENT, assessment)
    return render(
        request, "checklist/together/minutes.html", {"assessment": assessment, "minutes": minutes_of(assessment)}
    )


@require_GET
def minutes_word(request: PageRequest, pk: int) -> HttpResponse:
    """The same as a Word document."""
    assessment = get_assessment(request, pk)
    require(request.user, Perm.READ_OWN_ASSESSMENT, assessment)
    found = minutes_of(assessment)
    response = HttpResponse(word_of(found), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response
