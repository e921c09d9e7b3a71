from django.urls import path

from improvements.views import (
    chain,
    effort,
    examples,
    expected,
    ideas,
    improvement,
    library,
    naming,
    removal,
    steps,
    work,
)

app_name = "improvements"
OWN = "omgangar/<slug:slug>/<code:code>"

urlpatterns = [
    path("omgangar/<slug:slug>/<code:code>/forbattringar/", work.work, name="work"),
    path("omgangar/<slug:slug>/<code:code>/forbattringar/ny/", improvement.add, name="improvement_add"),
    path("ideer/<int:pk>/forbattringsarbete/", ideas.from_idea, name="from_idea"),
    path("forbattringar/<int:pk>/", improvement.improvement, name="improvement"),
    path("forbattringar/<int:pk>/andra/", improvement.edit, name="improvement_edit"),
    path("forbattringar/<int:pk>/namn/", naming.naming, name="naming"),
    path("forbattringar/<int:pk>/cykel/", improvement.cycle_add, name="cycle_add"),
    path("forbattringar/<int:pk>/cykel/<int:number>/", improvement.cycle_edit, name="cycle_edit"),
    path("omgangar/<slug:slug>/<code:code>/insatser/ny/", effort.add, name="effort_add"),
    path("insatser/<int:pk>/", effort.effort, name="effort"),
    path("insatser/<int:pk>/andra/", effort.edit, name="effort_edit"),
    path("insatser/<int:pk>/steg/", effort.step_add, name="step_add"),
    path("insatser/<int:pk>/steg/<slug:stage>/", effort.step_edit, name="step_edit"),
    path(f"{OWN}/forbattringar/<int:pk>/ta-bort/", removal.improvement, name="improvement_remove"),
    path(f"{OWN}/forbattringar/<int:pk>/cykel/<int:number>/ta-bort/", removal.cycle, name="cycle_remove"),
    path(f"{OWN}/insatser/<int:pk>/ta-bort/", removal.effort, name="effort_remove"),
    path(f"{OWN}/insatser/<int:pk>/steg/<slug:stage>/ta-bort/", removal.step, name="step_remove"),
    path("exempel/", library.library, name="library"),
    path(f"{OWN}/forvantade-resultat/", expected.expected, name="expected"),
    path(f"{OWN}/forvantade-resultat/<slug:key>/", expected.answer, name="expected_answer"),
    path(f"{OWN}/stegen/", steps.steps, name="steps"),
    path(f"{OWN}/stegen/<int:pk>/mal/", steps.goal, name="goal"),
    path("omgangar/<slug:slug>/exempel/", examples.examples, name="examples"),
    path(f"{OWN}/resultatkedjan/", chain.chain, name="chain"),
    path(f"{OWN}/resultatkedjan/insatser.csv", chain.chain_csv, name="chain_csv"),
    path(f"{OWN}/resultatkedjan/insatser.json", chain.chain_json, name="chain_json"),
    path(f"{OWN}/resultatkedjan/<slug:occasion>/", chain.placement, name="placement"),
    path("omgangar/<slug:slug>/resultatkedjan/", chain.cohort_chain, name="cohort_chain"),
]
