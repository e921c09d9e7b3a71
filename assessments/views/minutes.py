from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import READ_OWN_ASSESSMENT
from assessments.together.minutes import minutes_of
from assessments.together.minutes_word import MEDIA_TYPE, word_of
from assessments.views.rating import get_assessment
from kit.limits import heavy
from kit.permissions import require
from kit.responses import download


@require_GET
def minutes(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, READ_OWN_ASSESSMENT, assessment)
    return render(
        request, "assessments/together/minutes.html", {"assessment": assessment, "minutes": minutes_of(assessment)}
    )


@require_GET
def minutes_word(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, READ_OWN_ASSESSMENT, assessment)
    record = minutes_of(assessment)
    with heavy(request.user):
        content = word_of(record)
    return download(content, record.file_name, MEDIA_TYPE)
