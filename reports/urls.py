from django.urls import path

from reports.views import board_paper, builds, chapters, dialogue, editions, figures, joint, paper, report, steps

app_name = "reports"

urlpatterns = [
    path("omgangar/<slug:slug>/siffror/", figures.figures, name="figures"),
    path("omgangar/<slug:slug>/<code:code>/rapport/", report.report, name="report"),
    path("omgangar/<slug:slug>/<code:code>/rapport/avsnitt/<slug:key>/", report.save_section, name="save_section"),
    path("omgangar/<slug:slug>/<code:code>/rapport/offentligt/", steps.public, name="choose_public"),
    path("omgangar/<slug:slug>/<code:code>/rapport/lamna-in/", steps.submit, name="submit"),
    path("omgangar/<slug:slug>/<code:code>/rapport/ta-tillbaka/", steps.take_back, name="take_back"),
    path("omgangar/<slug:slug>/<code:code>/rapport/godkann/", steps.approve, name="approve"),
    path("omgangar/<slug:slug>/<code:code>/rapport/publicera/", steps.publish, name="publish"),
    path("omgangar/<slug:slug>/<code:code>/rapport/ratta/", steps.correct, name="correct"),
    path("omgangar/<slug:slug>/<code:code>/rapport/fraga/<slug:key>/", dialogue.ask_query, name="ask_query"),
    path("omgangar/<slug:slug>/<code:code>/rapport/oppna-igen/", dialogue.ask_reopening, name="ask_reopening"),
    path("rapportfragor/<int:pk>/", dialogue.answer_query, name="answer_query"),
    path("rapportbegaran/<int:pk>/ta-tillbaka/", dialogue.withdraw_reopening, name="withdraw_reopening"),
    path("rapportbegaran/<int:pk>/svar/", dialogue.answer_reopening, name="answer_reopening"),
    path("omgangar/<slug:slug>/<code:code>/rapport/pdf/", report.order, name="order_report"),
    path("omgangar/<slug:slug>/<code:code>/rapport/namnden/", board_paper.board_paper, name="board_paper"),
    path("omgangar/<slug:slug>/<code:code>/rapport/namnden/gor/", board_paper.make, name="board_paper_make"),
    path("omgangar/<slug:slug>/<code:code>/rapport/namnden/word/", board_paper.file, name="board_paper_file"),
    path("omgangar/<slug:slug>/rapport/", joint.joint, name="joint"),
    path("omgangar/<slug:slug>/rapport/pdf/", joint.order, name="order_joint"),
    path("omgangar/<slug:slug>/rapport/sammanstall/", joint.compiling, name="compile_joint"),
    path("omgangar/<slug:slug>/rapport/publicera/", joint.publish, name="publish_joint"),
    path("omgangar/<slug:slug>/rapport/ratta/", joint.correct, name="correct_joint"),
    path("pdf/<int:pk>/", builds.build, name="build"),
    path("pdf/<int:pk>/igen/", builds.again, name="build_again"),
    path("pdf/<int:pk>/fil/", builds.build_file, name="build_file"),
    path("checklistor/<slug:key>/blankett.pdf", paper.empty_form, name="empty_form"),
    path("sjalvskattningar/<int:pk>/blankett.pdf", paper.paper, name="paper"),
    path("rapporter/", editions.published, name="published"),
    path("rapporter/<int:pk>/", builds.published_file, name="published_file"),
    path("rapporter/<slug:slug>/gemensam/", editions.newest, name="published_joint"),
    path("rapporter/<slug:slug>/gemensam/<int:number>/", editions.edition, name="joint_edition"),
    path("rapporter/<slug:slug>/gemensam/kapitel/<slug:anchor>/", chapters.chapter, name="published_joint_chapter"),
    path(
        "rapporter/<slug:slug>/gemensam/<int:number>/kapitel/<slug:anchor>/",
        chapters.chapter,
        name="joint_edition_chapter",
    ),
    path(
        "rapporter/<slug:slug>/gemensam/<int:number>/tabell/<slug:name>.csv", chapters.table, name="joint_edition_table"
    ),
    path("rapporter/<slug:slug>/<code:code>/", editions.newest, name="published_report"),
    path("rapporter/<slug:slug>/<code:code>/kapitel/<slug:anchor>/", chapters.chapter, name="published_report_chapter"),
    path(
        "rapporter/<slug:slug>/<code:code>/<int:number>/kapitel/<slug:anchor>/",
        chapters.chapter,
        name="report_edition_chapter",
    ),
    path(
        "rapporter/<slug:slug>/<code:code>/<int:number>/tabell/<slug:name>.csv",
        chapters.table,
        name="report_edition_table",
    ),
    path("rapporter/<slug:slug>/<code:code>/<int:number>/", editions.edition, name="report_edition"),
]
