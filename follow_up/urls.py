from django.urls import path

from follow_up.views import mail, mail_words, readiness, tasks

app_name = "follow_up"

urlpatterns = [
    path("omgangar/<slug:slug>/lage/", readiness.readiness, name="readiness"),
    path("omgangar/<slug:slug>/lage/paminn/", readiness.remind, name="remind"),
    path("omgangar/<slug:slug>/mejl/", mail.mail, name="mail"),
    path("mejl/", mail.skr_mail, name="skr_mail"),
    path("mejl/<int:pk>/", mail.mail_one, name="mail_one"),
    path("mejl/<int:pk>/mejl.eml", mail.mail_file, name="mail_file"),
    path("mejl/<int:pk>/skicka-igen/", mail.mail_resend, name="mail_resend"),
    path("mejl/<int:pk>/lat-vara/", mail.mail_leave, name="mail_leave"),
    path("mina-uppgifter/", tasks.tasks, name="tasks"),
    path("mejltexter/", mail_words.wordings, name="mail_wordings"),
    path("mejltexter/<slug:kind>/", mail_words.wording, name="mail_wording"),
    path("mejltexter/<slug:kind>/var-text/", mail_words.wording_reset, name="mail_wording_reset"),
    path("mina-mejl/", mail_words.mail_choice, name="mail_choice"),
]
