from django.urls import path

from mentoring.views import own, pool

app_name = "mentoring"

urlpatterns = [
    path("omgangar/<slug:slug>/mentorer/", pool.mentors, name="mentors"),
    path("omgangar/<slug:slug>/mentorer/<code:code>/fraga/", pool.mentor_ask, name="mentor_ask"),
    path("omgangar/<slug:slug>/mentorer/<code:code>/ny/", pool.mentor_add, name="mentor_add"),
    path("omgangar/<slug:slug>/mentorer/<code:code>/tack/", pool.mentor_thank, name="mentor_thank"),
    path("omgangar/<slug:slug>/mentorer/<code:code>/tackbrev/", pool.mentor_letter, name="mentor_letter"),
    path("omgangar/<slug:slug>/<code:code>/mentor/grupp/<slug:key>/", pool.mentored, name="mentored"),
    path("omgangar/<slug:slug>/<code:code>/mentor/", own.mentor, name="mentor"),
    path("omgangar/<slug:slug>/<code:code>/mentor/ja/", own.agreement, name="mentor_agreement"),
    path("omgangar/<slug:slug>/<code:code>/mentor/underlag/", own.paper, name="mentor_paper"),
    path("omgangar/<slug:slug>/<code:code>/mentor/namnden/", own.board_paper, name="mentor_board_paper"),
    path("omgangar/<slug:slug>/<code:code>/mentor/namnden/gor/", own.make_paper, name="mentor_board_paper_make"),
]
