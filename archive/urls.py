from django.urls import path

from archive import views

app_name = "archive"

urlpatterns = [
    path("omgangar/<slug:slug>/handlingar/", views.skr, name="skr"),
    path("omgangar/<slug:slug>/<code:code>/handlingar/", views.organisation, name="organisation"),
    path("handlingar/<int:pk>/fil/", views.file, name="file"),
]
