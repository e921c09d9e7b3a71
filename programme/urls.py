from django.urls import path

from programme.views import cohorts, start, trail

app_name = "programme"

urlpatterns = [
    path("omgangar/", cohorts.cohorts, name="cohorts"),
    path("omgangar/<slug:slug>/", cohorts.cohort, name="cohort"),
    path("omgangar/<slug:slug>/<code:code>/handelser/", trail.trail, name="trail"),
    path("handelser/", trail.skr_trail, name="skr_trail"),
    path("om/", start.about, name="about"),
    path("tillganglighet/", start.accessibility, name="accessibility"),
    path("halsa/", start.health, name="health"),
    path("demo/logga-in/<slug:key>/", start.demo_sign_in, name="demo_sign_in"),
]
