from django.urls import path

from cohorts import views

app_name = "cohorts"

urlpatterns = [
    path("omgangar/<slug:slug>/<code:code>/personer/", views.people, name="people"),
    path("omgangar/<slug:slug>/<code:code>/personer/ny/", views.person_add, name="person_add"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/avsluta/", views.person_end, name="person_end"),
]
