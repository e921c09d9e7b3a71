from allauth.account import views as account
from django.urls import include, path, register_converter

from modell.converters import CodeConverter
from modell.gallery import gallery
from programme.sign_in import ConfirmCode, SignIn
from programme.views.start import home

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", home, name="home"),
    path("", include("programme.urls")),
    path("", include("reports.urls")),
    path("", include("checklist.urls")),
    path("", include("improvements.urls")),
    path("", include("meetings.urls")),
    path("", include("cohorts.urls")),
    path("komponenter/", gallery, name="gallery"),
    # Of allauth only what signing in by mailed code needs. Its own code looks up three names for the page that asks
    # for the address, sign-up's among them; nobody signs up alone, so all three lead to it.
    path("logga-in/", SignIn.as_view(), name="account_signup"),
    path("logga-in/", SignIn.as_view(), name="account_request_login_code"),
    path("logga-in/", SignIn.as_view(), name="account_login"),
    path("logga-in/kod/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logga-in/avslutat/", account.AccountInactiveView.as_view(), name="account_inactive"),
    path("logga-ut/", account.LogoutView.as_view(), name="account_logout"),
]
