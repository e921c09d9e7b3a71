from django.urls import path

from planning.views import changes, date_table, dates, editions, setup, timetable

app_name = "planning"

urlpatterns = [
    path("omgangar/ny/", setup.cohort_new, name="cohort_new"),
    path("omgangar/ny/datum/", setup.cohort_preview, name="cohort_preview"),
    path("omgangar/<slug:slug>/upplagg/", setup.setup, name="setup"),
    path("omgangar/<slug:slug>/upplagg/uppgifter/", setup.facts, name="setup_facts"),
    path("omgangar/<slug:slug>/upplagg/kontakter/", setup.contacts, name="setup_contacts"),
    path("omgangar/<slug:slug>/upplagg/intresse/", setup.interest, name="setup_interest"),
    path("omgangar/<slug:slug>/upplagg/ta-bort/", setup.delete, name="setup_delete"),
    path("omgangar/<slug:slug>/upplagg/ta-bort-provomgang/", setup.rehearsal_delete, name="rehearsal_delete"),
    path("omgangar/<slug:slug>/upplagg/listor/<slug:part>/", setup.rows, name="setup_rows"),
    path("omgangar/<slug:slug>/dagar/", dates.dates, name="dates"),
    path("omgangar/<slug:slug>/dagar/tabell/", date_table.date_table, name="date_table"),
    path("omgangar/<slug:slug>/dagar/ny-traff/", dates.add, name="date_add"),
    path("omgangar/<slug:slug>/dagar/ny-period/", dates.period_add, name="period_add"),
    path("omgangar/<slug:slug>/dagar/perioder/<int:pk>/", dates.period_edit, name="period_edit"),
    path("omgangar/<slug:slug>/dagar/perioder/<int:pk>/ta-bort/", dates.period_remove, name="period_remove"),
    path("omgangar/<slug:slug>/dagar/<slug:key>/andra/", dates.edit, name="date_edit"),
    path("omgangar/<slug:slug>/dagar/<slug:key>/flytta/", dates.move, name="date_move"),
    path("omgangar/<slug:slug>/dagar/<slug:key>/stall-in/", dates.cancel, name="date_cancel"),
    path("omgangar/<slug:slug>/dagar/<slug:key>/ta-bort/", dates.remove, name="date_remove"),
    path("omgangar/<slug:slug>/dagar/<slug:key>/varje-grupp/", dates.split, name="date_split"),
    path("omgangar/<slug:slug>/tidplan/", timetable.timetable, name="timetable"),
    path("omgangar/<slug:slug>/tidplan/pdf/", timetable.timetable_pdf, name="timetable_pdf"),
    path("koncept/", editions.editions, name="editions"),
    path("koncept/<slug:key>/", editions.edition, name="edition"),
    path("koncept/<slug:key>/uppgifter/", editions.edit, name="edition_edit"),
    path("koncept/<slug:key>/kopia/", editions.copy, name="edition_copy"),
    path("koncept/<slug:key>/ta-bort/", editions.delete, name="edition_delete"),
    path("koncept/<slug:key>/listor/<slug:part>/", editions.rows, name="edition_rows"),
    path("koncept/<slug:key>/andringar/ny/", changes.change_add, name="change_add"),
    path("koncept/<slug:key>/andringar/<int:pk>/", changes.change_edit, name="change_edit"),
    path("koncept/<slug:key>/andringar/<int:pk>/ta-bort/", changes.change_remove, name="change_remove"),
    path("koncept/<slug:key>/steg/nytt/", editions.step_add, name="step_add"),
    path("koncept/<slug:key>/steg/<int:pk>/", editions.step_edit, name="step_edit"),
    path("koncept/<slug:key>/steg/<int:pk>/flytta/", editions.step_move, name="step_move"),
    path("koncept/<slug:key>/steg/<int:pk>/ta-bort/", editions.step_remove, name="step_remove"),
    path("koncept/<slug:key>/steg/<int:pk>/listor/<slug:part>/", editions.step_rows, name="step_rows"),
]
