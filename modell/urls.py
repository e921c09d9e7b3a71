from allauth.account import views as account
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.conf import settings
from django.urls import include, path, register_converter

from kit.converters import CodeConverter, SignedConverter
from kit.guard.views import forget_kept
from modell.gallery import gallery
from modell.metrics import metrics
from overview.views.start import home
from people.sign_in import ConfirmCode, SignIn, SignOut, sign_in_link
from people.views import factors, own_sign_in, provider

register_converter(CodeConverter, "code")
register_converter(SignedConverter, "signed")

urlpatterns = [
    path("", home, name="home"),
    path("", include("planning.urls")),
    path("", include("follow_up.urls")),
    path("", include("grouping.urls")),
    path("", include("mentoring.urls")),
    path("", include("admission.urls")),
    path("", include("archive.urls")),
    path("", include("overview.urls")),
    path("", include("reports.urls")),
    path("", include("evaluation.urls")),
    path("", include("assessments.urls")),
    path("", include("checklist.urls")),
    path("", include("improvements.urls")),
    path("", include("indicators.urls")),
    path("", include("meetings.urls")),
    path("", include("decisions.urls")),
    path("", include("kolada.urls")),
    path("", include("people.urls")),
    path("", include("questions.urls")),
    path("", include("privacy.urls")),
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
    # The same for passkeys, apps, recovery codes and an organisation's own sign-in, by the names that allauth looks up.
    path("logga-in/bekrafta/", factors.GiveFactor.as_view(), name="mfa_authenticate"),
    path("logga-in/nyckel/", factors.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("logga-in/via/<slug:provider_id>/", provider.provider_sign_in, name="openid_connect_login"),
    path("logga-in/via/<slug:provider_id>/klar/", provider.provider_answer, name="openid_connect_callback"),
    path("min-inloggning/", own_sign_in.own_sign_in, name="mfa_index"),
    path("min-inloggning/igen/<slug:key>/", own_sign_in.sign_in_anew, name="sign_in_anew"),
    path("min-inloggning/nyckel/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("min-inloggning/nyckel/<int:pk>/ta-bort/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("min-inloggning/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("min-inloggning/app/ta-bort/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("min-inloggning/reservkoder/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("min-inloggning/reservkoder/nya/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("min-inloggning/bekrafta/", account.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("min-inloggning/bekrafta/kod/", factors.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("min-inloggning/bekrafta/nyckel/", factors.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("min-inloggning/enheter/", own_sign_in.sessions_end, name="sessions_end"),
    path("min-inloggning/enheter/<int:pk>/", own_sign_in.session_end, name="session_end"),
]
handler500 = "modell.errors.server_error"
handler429 = "kit.responses.too_many"  # by this name allauth's limits look for it
if not settings.PRODUCTION:
    urlpatterns.append(path("komponenter/", gallery, name="gallery"))
if settings.DEMO:
    urlpatterns.append(path("", include("demo.urls")))
