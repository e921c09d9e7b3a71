from django.urls import path

from evaluation.views import advice, evaluation, goals, material

app_name = "evaluation"
COHORT = "omgangar/<slug:slug>/utvardering"
GOALS = f"{COHORT}/maluppfyllelse"
OWN = "omgangar/<slug:slug>/<code:code>/rad"

urlpatterns = [
    path(f"{COHORT}/", evaluation.evaluation, name="evaluation"),
    path(f"{COHORT}/observationer/ny/", material.observation_add, name="observation_add"),
    path(f"{COHORT}/observationer/<int:pk>/", material.observation_edit, name="observation_edit"),
    path(f"{COHORT}/observationer/<int:pk>/bort/", material.observation_remove, name="observation_remove"),
    path(f"{COHORT}/observationer/<int:pk>/citat/", material.observation_quote, name="observation_quote"),
    path(f"{COHORT}/intervjuer/ny/", material.interview_add, name="interview_add"),
    path(f"{COHORT}/intervjuer/<int:pk>/", material.interview_edit, name="interview_edit"),
    path(f"{COHORT}/intervjuer/<int:pk>/bort/", material.interview_remove, name="interview_remove"),
    path(f"{COHORT}/intervjuer/<int:pk>/citat/", material.interview_quote, name="interview_quote"),
    path(f"{COHORT}/citat/<int:pk>/", material.quote_edit, name="quote_edit"),
    path(f"{COHORT}/citat/<int:pk>/bort/", material.quote_remove, name="quote_remove"),
    path(f"{GOALS}/", goals.attainment, name="attainment"),
    path(f"{GOALS}/resultat/<slug:key>/", goals.judge_result, name="judge_result"),
    path(f"{GOALS}/mal/nytt/", goals.goal_add, name="goal_add"),
    path(f"{GOALS}/mal/<int:pk>/", goals.judge_goal, name="judge_goal"),
    path(f"{GOALS}/mal/<int:pk>/text/", goals.goal_edit, name="goal_edit"),
    path(f"{GOALS}/mal/<int:pk>/bort/", goals.goal_remove, name="goal_remove"),
    path(f"{COHORT}/rad/", advice.advice, name="advice"),
    path(f"{COHORT}/rad/<slug:tag>/", advice.answer_advice, name="answer_advice"),
    path(f"{OWN}/", advice.own_advice, name="own_advice"),
    path(f"{OWN}/nytt/", advice.advice_add, name="advice_add"),
    path(f"{OWN}/<int:pk>/", advice.advice_edit, name="advice_edit"),
    path(f"{OWN}/<int:pk>/bort/", advice.advice_remove, name="advice_remove"),
]
