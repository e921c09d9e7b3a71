from allauth.account import views as account
from django.urls import include, path, register_converter

from modell.converters import CodeConverter
from programme.views.start import home

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", home, name="home"),
    path("", include("programme.urls")),
    path("", include("reports.urls")),
    path("", include("checklist.urls")),
    path("", include("improvements.urls")),
    path("", include("cohorts.urls")),
    # Of allauth only what signing in by mailed code needs.
    path("logga-in/", account.RequestLoginCodeView.as_view(), name="account_login"),
    path("logga-in/kod/", account.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("logga-ut/", account.LogoutView.as_view(), name="account_logout"),
]
