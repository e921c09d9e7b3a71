from django.urls import path

from cohorts.views import people
from modell.later import later

app_name = "cohorts"

urlpatterns = [
    path("omgangar/<slug:slug>/personer/", later, name="directory"),
    path("omgangar/<slug:slug>/<code:code>/mentor/", later, name="mentor"),
    path("omgangar/<slug:slug>/intresseanmalningar/", later, name="interests"),
    path("intresse/", later, name="interest_start"),
    path("intresse/<str:key>/", later, name="interest"),
    path("omgangar/<slug:slug>/<code:code>/personer/", people.people, name="people"),
    path("omgangar/<slug:slug>/<code:code>/personer/ny/", people.person_add, name="person_add"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/avsluta/", people.person_end, name="person_end"),
]
