from django.urls import path

from checklist.views import shape, versions, wording

app_name = "checklist"

urlpatterns = [
    path("checklistor/", versions.versions, name="versions"),
    path("checklistor/<slug:key>/", versions.version, name="version"),
    path("checklistor/<slug:key>/kopiera/", shape.copy, name="version_copy"),
    path("checklistor/<slug:key>/uppgifter/", shape.edit, name="version_edit"),
    path("checklistor/<slug:key>/ta-bort/", shape.delete, name="version_delete"),
    path("checklistor/<slug:key>/steg/", wording.labels, name="version_steps"),
    path("checklistor/<slug:key>/steg/antal/", shape.step, name="version_step"),
    path("checklistor/<slug:key>/nytt-moment/", shape.item_add, name="version_item_add"),
    path("checklistor/<slug:key>/<int:number>/", wording.reword, name="reword"),
    path("checklistor/<slug:key>/<int:number>/uppgifter/", shape.item, name="version_item"),
    path("checklistor/<slug:key>/<int:number>/ta-bort/", shape.item_remove, name="version_item_remove"),
    path("checklistor/<slug:key>/<int:number>/lankar/", shape.links, name="version_links"),
]
