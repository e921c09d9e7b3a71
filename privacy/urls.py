from django.urls import path

from privacy.views import erasing, own

app_name = "privacy"

urlpatterns = [
    path("personuppgifter/", own.how, name="how"),
    path("uppgifter-om-mig/", own.mine, name="mine"),
    path("uppgifter-om-mig/fil/", own.mine_file, name="mine_file"),
    path("uppgifter-om-mig/radera/", own.ask, name="ask"),
    path("uppgifter-om-mig/radera/angra/", own.regret, name="regret"),
    path("skr/personuppgifter/", erasing.requests, name="requests"),
    path("skr/personuppgifter/tider/", erasing.retention, name="retention"),
    path("skr/personuppgifter/<int:pk>/radera/", erasing.erase, name="erase"),
    path("skr/personuppgifter/adress/<signed:key>/", erasing.erase_stranger, name="erase_stranger"),
]
