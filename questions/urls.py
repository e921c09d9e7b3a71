from django.urls import path

from questions import views

app_name = "questions"

urlpatterns = [
    path("omgangar/<slug:slug>/<code:code>/fragor/", views.questions, name="questions"),
    path("omgangar/<slug:slug>/<code:code>/fragor/ny/", views.question_add, name="question_add"),
    path("omgangar/<slug:slug>/<code:code>/fragor/<int:pk>/", views.question_edit, name="question_edit"),
    path("omgangar/<slug:slug>/<code:code>/fragor/<int:pk>/bort/", views.question_remove, name="question_remove"),
]
