from allauth.account import views as account
from django.conf import settings
from django.urls import include, path, register_converter

from kit.converters import CodeConverter
from kit.guard.views import forget_kept
from modell.gallery import gallery
from modell.metrics import metrics
from overview.views.start import home
from people.sign_in import ConfirmCode, SignIn, SignOut, sign_in_link

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", home, name="home"),
    path("", include("planning.urls")),
    path("", include("follow_up.urls")),
    path("", include("grouping.urls")),
    path("", include("mentoring.urls")),
    path("", include("admission.urls")),
    path("", include("overview.urls")),
    path("", include("reports.urls")),
    path("", include("assessments.urls")),
    path("", include("checklist.urls")),
    path("", include("improvements.urls")),
    path("", include("meetings.urls")),
    path("", include("decisions.urls")),
    path("", include("people.urls")),
    path("", include("questions.urls")),
    path("osparat/<int:pk>/ta-bort/", forget_kept, name="forget_kept"),
    path("matt/", metrics, name="metrics"),
    # Only the pages of allauth that a sign-in by mailed code needs. Its code looks up three names for the page that
    # asks for the address, sign-up's among them; nobody can sign up alone, so all three lead to that page.
    path("logga-in/", SignIn.as_view(), name="account_signup"),
    path("logga-in/", SignIn.as_view(), name="account_request_login_code"),
    path("logga-in/", SignIn.as_view(), name="account_login"),
    path("logga-in/kod/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logga-in/lank/<slug:key>/", sign_in_link, name="sign_in_link"),
    path("logga-in/avslutat/", account.AccountInactiveView.as_view(), name="account_inactive"),
    path("logga-ut/", SignOut.as_view(), name="account_logout"),
]
handler500 = "modell.errors.server_error"
if not settings.PRODUCTION:
    urlpatterns.append(path("komponenter/", gallery, name="gallery"))
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
