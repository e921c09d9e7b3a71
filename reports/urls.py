from django.urls import path

from reports.views import brief, figures

app_name = "reports"

urlpatterns = [
    path("omgangar/<slug:slug>/siffror/", figures.figures, name="figures"),
    path("omgangar/<slug:slug>/<code:code>/laget/", brief.brief, name="brief"),
]
