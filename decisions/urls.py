from django.urls import path

from decisions import views

app_name = "decisions"

urlpatterns = [
    path("omgangar/<slug:slug>/<code:code>/beslut/", views.decisions, name="decisions"),
    path("omgangar/<slug:slug>/<code:code>/beslut/nytt/", views.decision_add, name="decision_add"),
    path("omgangar/<slug:slug>/<code:code>/beslut/<int:pk>/", views.decision_edit, name="decision_edit"),
    path("omgangar/<slug:slug>/<code:code>/beslut/<int:pk>/bort/", views.decision_remove, name="decision_remove"),
]
