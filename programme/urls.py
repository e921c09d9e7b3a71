from django.urls import path

from modell.later import later
from programme.views import cohorts, start, trail

app_name = "programme"

urlpatterns = [
    path("omgangar/", cohorts.cohorts, name="cohorts"),
    path("omgangar/ny/", later, name="cohort_new"),
    path("omgangar/<slug:slug>/upplagg/", later, name="setup"),
    path("omgangar/<slug:slug>/tidplan/", later, name="timetable"),
    path("omgangar/<slug:slug>/lage/", later, name="readiness"),
    path("omgangar/<slug:slug>/grupper/", later, name="grouping"),
    path("omgangar/<slug:slug>/mentorer/", later, name="mentors"),
    path("omgangar/<slug:slug>/antagningsbrev/", later, name="letter"),
    path("omgangar/<slug:slug>/mejl/", later, name="mail"),
    path("koncept/", later, name="editions"),
    path("koncept/<slug:key>/", later, name="edition"),
    path("karta/", later, name="map"),
    path("mina-uppgifter/", later, name="tasks"),
    path("mejltexter/", later, name="mail_wordings"),
    path("mina-mejl/", later, name="mail_choice"),
    path("omgangar/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("omgangar/<slug:slug>/<code:code>/handelser/", trail.trail, name="trail"),
    path("handelser/", trail.skr_trail, name="skr_trail"),
    path("om/", start.about, name="about"),
    path("tillganglighet/", start.accessibility, name="accessibility"),
    path("halsa/", start.health, name="health"),
    path("demo/logga-in/<slug:key>/", start.demo_sign_in, name="demo_sign_in"),
]
