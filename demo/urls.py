from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("demo/mejl/", views.demo_mail, name="demo_mail"),
    path("demo/mejl/<int:pk>/", views.demo_mail_one, name="demo_mail_one"),
    path("demo/logga-in/<slug:key>/", views.demo_sign_in, name="demo_sign_in"),
]
