"""Who may enter improvements and efforts."""

import rules

from cohorts.rules import has_not_left, works_on_it
from modell.permissions import Perm

# After the omgång's end the work goes on at home, and so may its notes; one that has left writes no more here.
rules.add_perm(Perm.EDIT_WORK, works_on_it & has_not_left)
