from django.urls import path

from checklist.views import own, rating, submission, versions

app_name = "checklist"

urlpatterns = [
    path("omgangar/<slug:slug>/<code:code>/sjalvskattningar/", own.own, name="own"),
    path("omgangar/<slug:slug>/<code:code>/sjalvskattningar/<slug:key>/", own.start, name="start"),
    path("sjalvskattningar/<int:pk>/", rating.assessment, name="assessment"),
    path("sjalvskattningar/<int:pk>/moment/<int:number>/", rating.save_moment, name="save_moment"),
    path("sjalvskattningar/<int:pk>/lamna-in/", submission.submit, name="submit"),
    path("sjalvskattningar/<int:pk>/ta-tillbaka/", submission.retract, name="retract"),
    path("checklistor/", versions.versions, name="versions"),
    path("checklistor/<slug:key>/", versions.version, name="version"),
    path("checklistor/<slug:key>/<int:number>/", versions.reword, name="reword"),
]
