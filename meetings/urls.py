from django.urls import path

from meetings.views import calendar
from modell.later import later

app_name = "meetings"

urlpatterns = [
    path("omgangar/<slug:slug>/traffar/", later, name="meetings"),
    path("omgangar/<slug:slug>/traffar/<slug:key>/", later, name="meeting"),
    path("omgangar/<slug:slug>/traffar/<slug:key>/kalender.ics", calendar.ics, name="ics"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/skapa/", calendar.make, name="calendar_make"),
    path("kalender/ny-adress/", calendar.replace, name="calendar_replace"),
    path("kalender/ta-bort/", calendar.remove, name="calendar_remove"),
    path("kalender/<slug:key>.ics", calendar.feed, name="feed"),
]
