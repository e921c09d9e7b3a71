from django.urls import path

from meetings.views import agreements, calendar, editing, material, meeting, speaking

app_name = "meetings"

MEETING = "omgangar/<slug:slug>/traffar/<slug:key>/"

urlpatterns = [
    path("omgangar/<slug:slug>/traffar/<slug:key>/kalender.ics", calendar.ics, name="ics"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/skapa/", calendar.make, name="calendar_make"),
    path("kalender/ny-adress/", calendar.replace, name="calendar_replace"),
    path("kalender/ta-bort/", calendar.remove, name="calendar_remove"),
    path("kalender/<slug:key>.ics", calendar.feed, name="feed"),
    path("omgangar/<slug:slug>/traffar/", meeting.meetings, name="meetings"),
    path(MEETING, meeting.meeting, name="meeting"),
    path(f"{MEETING}svar/", meeting.answer, name="answer"),
    path(f"{MEETING}ersattare/<int:pk>/", meeting.deputy, name="deputy"),
    path(f"{MEETING}forberedelser/<int:pk>/klar/", meeting.tick, name="tick"),
    path(f"{MEETING}andra/", editing.edit, name="edit"),
    path(f"{MEETING}vard/", editing.host, name="host"),
    path(f"{MEETING}dagordning/", editing.agenda, name="agenda"),
    path(f"{MEETING}dagordning/<int:pk>/", editing.agenda_item, name="agenda_item"),
    path(f"{MEETING}dagordning/<int:pk>/flytta/", editing.agenda_move, name="agenda_move"),
    path(f"{MEETING}dagordning/<int:pk>/ta-bort/", editing.agenda_remove, name="agenda_remove"),
    path(f"{MEETING}forberedelser/", editing.preparations, name="preparations"),
    path(f"{MEETING}forberedelser/<int:pk>/", editing.preparation, name="preparation"),
    path(f"{MEETING}forberedelser/<int:pk>/ta-bort/", editing.preparation_remove, name="preparation_remove"),
    path(f"{MEETING}arrangor/", editing.host_tasks, name="host_tasks"),
    path(f"{MEETING}arrangor/<int:pk>/klar/", editing.host_task_tick, name="host_task_tick"),
    path(f"{MEETING}arrangor/<int:pk>/ta-bort/", editing.host_task_remove, name="host_task_remove"),
    path(f"{MEETING}kopiera/", editing.copy, name="copy"),
    path(f"{MEETING}narvaro/", editing.attendance, name="attendance"),
    path(f"{MEETING}dokumentation/", editing.documentation, name="documentation"),
    path(f"{MEETING}material/", material.material, name="material"),
    path("traffmaterial/<int:pk>/", material.material_file, name="material_file"),
    path("traffmaterial/<int:pk>/ta-bort/", material.material_remove, name="material_remove"),
    path(f"{MEETING}overenskommelser/", agreements.agreements, name="agreements"),
    path("overenskommelser/<int:pk>/", agreements.agreement, name="agreement"),
    path("overenskommelser/<int:pk>/klar/", agreements.agreement_tick, name="agreement_tick"),
    path("overenskommelser/<int:pk>/ta-bort/", agreements.agreement_remove, name="agreement_remove"),
    path(f"{MEETING}plus-minus-intressant/", speaking.impressions, name="impressions"),
    path("plus-minus-intressant/<int:pk>/", speaking.impression, name="impression"),
    path("plus-minus-intressant/<int:pk>/ta-bort/", speaking.impression_remove, name="impression_remove"),
    path(f"{MEETING}det-tog-vi-med-oss/", speaking.ideas, name="ideas"),
    path("ideer/<int:pk>/ta-bort/", speaking.idea_remove, name="idea_remove"),
]
