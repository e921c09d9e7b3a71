from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from modell.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path("tom/", empty, name="empty"), *site]
