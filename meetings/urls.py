from django.urls import path

from modell.later import later

app_name = "meetings"

urlpatterns = [
    path("omgangar/<slug:slug>/traffar/", later, name="meetings"),
    path("omgangar/<slug:slug>/traffar/<slug:key>/", later, name="meeting"),
    path("kalender/", later, name="calendar"),
]
