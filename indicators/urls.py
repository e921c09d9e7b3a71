from django.urls import path

from indicators.views import analyses, indicators, own_fetch, statistics, values

app_name = "indicators"
OWN = "omgangar/<slug:slug>/<code:code>"
ONE = "nyckeltal/<int:pk>"

urlpatterns = [
    path(f"{OWN}/nyckeltal/", indicators.indicators, name="indicators"),
    path(f"{OWN}/nyckeltal/nytt/", indicators.add, name="indicator_add"),
    path(f"{OWN}/nyckeltal/laget/", indicators.choose, name="choose"),
    path(f"{OWN}/nyckeltal/hamta/", indicators.copy, name="copy"),
    path(f"{OWN}/nyckeltal/kolada/", own_fetch.own_fetch, name="own_fetch"),
    path(f"{OWN}/nyckeltal/<int:pk>/flytta/", indicators.move, name="indicator_move"),
    path(f"{OWN}/nyckeltal/<int:pk>/ta-bort/", indicators.remove, name="indicator_remove"),
    path(f"{ONE}/andra/", indicators.edit, name="indicator_edit"),
    path(f"{ONE}/varden/", values.values, name="values"),
    path(f"{ONE}/varden/nytt/", values.add, name="value_add"),
    path(f"{ONE}/varden/<int:value>/", values.edit, name="value_edit"),
    path(f"{ONE}/varden/<int:value>/bort/", values.remove, name="value_remove"),
    path(f"{ONE}/varden/las-in/", values.read_in, name="values_import"),
    path(f"{ONE}/varden/mall/", values.workbook, name="values_workbook"),
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
