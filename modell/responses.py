from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from modell.refusals import ActionRefused


def refuse(request: HttpRequest, refusal: ActionRefused, to: Any, *args: Any) -> HttpResponse:
    """Say an action's sentence on the page one is sent back to, where there is no form to show it at."""
    messages.error(request, refusal.sentence)
    return redirect(to, *args)
