from django.urls import path

from overview.views import brief, cohorts, maps, operation, overview, start, trail

app_name = "overview"

urlpatterns = [
    path("omgangar/", cohorts.cohorts, name="cohorts"),
    path("karta/", maps.sweden, name="map"),
    path("omgangar/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("omgangar/<slug:slug>/oversikt/", overview.overview, name="overview"),
    path("omgangar/<slug:slug>/oversikt/varden.csv", overview.values, name="values"),
    path("omgangar/<slug:slug>/oversikt/kodbok.csv", overview.codebook, name="codebook"),
    path("omgangar/<slug:slug>/<code:code>/handelser/", trail.trail, name="trail"),
    path("handelser/", trail.skr_trail, name="skr_trail"),
    path("borja-har/", start.begin, name="begin"),
    path("om/", start.about, name="about"),
    path("ordlista/", start.words, name="words"),
    path("tillganglighet/", start.accessibility, name="accessibility"),
    path("halsa/", operation.health, name="health"),
    path("halsa/redo/", operation.readiness, name="readiness"),
    path("drift/", operation.operation, name="operation"),
    path("omgangar/<slug:slug>/<code:code>/laget/", brief.brief, name="brief"),
]
