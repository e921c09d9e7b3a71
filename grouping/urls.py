from django.urls import path

from grouping.views import by_theme, grouping, groups

app_name = "grouping"

urlpatterns = [
    path("omgangar/<slug:slug>/mentorer/teman/", by_theme.mentors_by_theme, name="mentors_by_theme"),
    path("omgangar/<slug:slug>/grupper/", grouping.grouping, name="grouping"),
    path("omgangar/<slug:slug>/grupper/ny/", groups.grouping_new, name="grouping_new"),
    path("omgangar/<slug:slug>/grupper/forslag/", grouping.grouping_proposal, name="grouping_proposal"),
    path("omgangar/<slug:slug>/grupper/vikter/", grouping.grouping_weights, name="grouping_weights"),
    path("omgangar/<slug:slug>/grupper/regler/ny/", grouping.grouping_rule, name="grouping_rule"),
    path(
        "omgangar/<slug:slug>/grupper/regler/<int:pk>/ta-bort/",
        grouping.grouping_rule_remove,
        name="grouping_rule_remove",
    ),
    path("omgangar/<slug:slug>/grupper/flytta/<code:code>/", grouping.grouping_move, name="grouping_move"),
    path("omgangar/<slug:slug>/grupper/<int:pk>/", groups.grouping_edit, name="grouping_edit"),
    path("omgangar/<slug:slug>/grupper/<int:pk>/ta-bort/", groups.grouping_remove, name="grouping_remove"),
    path("omgangar/<slug:slug>/grupper/<int:pk>/mentor/", groups.grouping_mentor, name="grouping_mentor"),
    path(
        "omgangar/<slug:slug>/grupper/<int:pk>/mentor/<code:code>/ta-bort/",
        groups.grouping_mentor_remove,
        name="grouping_mentor_remove",
    ),
]
