from django.urls import path

from reports.views import brief, builds, figures, joint, paper, report

app_name = "reports"

urlpatterns = [
    path("omgangar/<slug:slug>/siffror/", figures.figures, name="figures"),
    path("omgangar/<slug:slug>/<code:code>/laget/", brief.brief, name="brief"),
    path("omgangar/<slug:slug>/<code:code>/rapport/", report.report, name="report"),
    path("omgangar/<slug:slug>/<code:code>/rapport/avsnitt/<slug:key>/", report.save_section, name="save_section"),
    path("omgangar/<slug:slug>/<code:code>/rapport/lamna-in/", report.submit, name="submit"),
    path("omgangar/<slug:slug>/<code:code>/rapport/godkann/", report.approve, name="approve"),
    path("omgangar/<slug:slug>/<code:code>/rapport/publicera/", report.publish, name="publish"),
    path("omgangar/<slug:slug>/<code:code>/rapport/pdf/", report.order, name="order_report"),
    path("omgangar/<slug:slug>/rapport/", joint.joint, name="joint"),
    path("omgangar/<slug:slug>/rapport/pdf/", joint.order, name="order_joint"),
    path("omgangar/<slug:slug>/rapport/publicera/", joint.publish, name="publish_joint"),
    path("pdf/<int:pk>/", builds.build, name="build"),
    path("pdf/<int:pk>/igen/", builds.again, name="build_again"),
    path("pdf/<int:pk>/fil/", builds.build_file, name="build_file"),
    path("checklistor/<slug:key>/blankett.pdf", paper.empty_form, name="empty_form"),
    path("sjalvskattningar/<int:pk>/blankett.pdf", paper.paper, name="paper"),
    path("rapporter/", report.published, name="published"),
    path("rapporter/<int:pk>/", builds.published_file, name="published_file"),
]
