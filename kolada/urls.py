from django.urls import path

from kolada import views

app_name = "kolada"

urlpatterns = [
    path("statistik/", views.search, name="search"),
    path("statistik/hamta/", views.fetch, name="fetch"),
    path("statistik/arbetsurval/", views.starters, name="starters"),
    path("statistik/arbetsurval/nytt/", views.starter_add, name="starter_add"),
    path("statistik/arbetsurval/<int:pk>/flytta/", views.starter_move, name="starter_move"),
    path("statistik/arbetsurval/<int:pk>/ta-bort/", views.starter_remove, name="starter_remove"),
    path("statistik/nyckeltal/<slug:kpi>/", views.key_figure, name="key_figure"),
]
