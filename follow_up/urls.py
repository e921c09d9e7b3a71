from django.urls import path

from follow_up.views import mail, mail_words, mailing, readiness, tasks

app_name = "follow_up"

urlpatterns = [
    path("omgangar/<slug:slug>/lage/", readiness.readiness, name="readiness"),
    path("omgangar/<slug:slug>/lage/paminn/", readiness.remind, name="remind"),
    path("omgangar/<slug:slug>/mejl/", mail.mail, name="mail"),
    path("omgangar/<slug:slug>/utskick/", mailing.mailings, name="mailings"),
    path("omgangar/<slug:slug>/utskick/nytt/", mailing.mailing_new, name="mailing_new"),
    path("utskick/<int:pk>/", mailing.mailing, name="mailing"),
    path("utskick/<int:pk>/mottagare/", mailing.mailing_people, name="mailing_people"),
    path("utskick/<int:pk>/bilagor/", mailing.mailing_files, name="mailing_files"),
    path("utskick/<int:pk>/bilagor/<int:file>/", mailing.mailing_file, name="mailing_file"),
    path("utskick/<int:pk>/bilagor/<int:file>/ta-bort/", mailing.mailing_file_remove, name="mailing_file_remove"),
    path("utskick/<int:pk>/skicka/", mailing.mailing_send, name="mailing_send"),
    path("utskick/<int:pk>/ta-bort/", mailing.mailing_remove, name="mailing_remove"),
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
