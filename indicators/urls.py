from django.urls import path

from indicators.views import analyses, statistics

app_name = "indicators"
OWN = "omgangar/<slug:slug>/<code:code>"

urlpatterns = [
    path(f"{OWN}/statistik/", statistics.statistics, name="statistics"),
    path(f"{OWN}/statistik/fil/", statistics.statistics_file, name="statistics_file"),
    path(f"{OWN}/statistik/ny/", statistics.statistics_add, name="statistics_add"),
    path(f"{OWN}/statistik/hamta/", statistics.statistics_copy, name="statistics_copy"),
    path(f"{OWN}/statistik/<int:pk>/", statistics.statistics_edit, name="statistics_edit"),
    path(f"{OWN}/statistik/<int:pk>/bort/", statistics.statistics_remove, name="statistics_remove"),
    path(f"{OWN}/analyser/", analyses.analyses, name="analyses"),
    path(f"{OWN}/analyser/ny/", analyses.analysis_add, name="analysis_add"),
    path(f"{OWN}/analyser/<int:pk>/", analyses.analysis, name="analysis"),
    path(f"{OWN}/analyser/<int:pk>/andra/", analyses.analysis_edit, name="analysis_edit"),
    path(f"{OWN}/analyser/<int:pk>/steg/<slug:step>/", analyses.analysis_step, name="analysis_step"),
    path(f"{OWN}/analyser/<int:pk>/underteckna/", analyses.analysis_sign, name="analysis_sign"),
    path(f"{OWN}/analyser/<int:pk>/ta-tillbaka/", analyses.analysis_unsign, name="analysis_unsign"),
    path(f"{OWN}/analyser/<int:pk>/ta-bort/", analyses.analysis_remove, name="analysis_remove"),
    path(f"{OWN}/analyser/<int:pk>/pdf/", analyses.analysis_pdf, name="analysis_pdf"),
    path(f"{OWN}/analyser/<int:pk>/word/", analyses.analysis_word, name="analysis_word"),
]
