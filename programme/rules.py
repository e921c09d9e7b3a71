"""Who may read which trail: each organisation its own, SKR its own doings and no organisation's."""

import rules

from cohorts.rules import is_process_leader, is_strategist
from modell.permissions import Perm

rules.add_perm(Perm.READ_TRAIL, is_strategist)
rules.add_perm(Perm.READ_SKR_TRAIL, is_process_leader)
