"""The omgång as a process, an area a file. Each has the same lists, which the tests over all pages gather:

ROWS who may see and do what, PUBLIC names of addresses open to all, PLACES where a row's page lies in the access
test's world, NO_HTML the places that answer with no page, PAGES what is looked at in the browser, NO_PAGE what is
not and why, COUNTED whose queries are counted.
"""

from tests.areas import admission, following, grouping, mailing, meeting, mentoring, people, setup

AREAS = (setup, admission, people, grouping, mentoring, meeting, mailing, following)
