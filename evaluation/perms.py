"""Permissions for what the evaluator writes, the judgement of goals, and advice to SKR."""

from cohorts.rules import evaluates, has_not_left, is_own, is_process_leader, works_on_it
from kit.permissions import permission

READ_EVALUATION = permission("evaluation.read_evaluation", is_process_leader | evaluates)
WRITE_MATERIAL = permission("evaluation.write_material", evaluates)
# Each has a column of its own (`column_of` in evaluation/views/goals.py).
JUDGE_GOALS = permission("evaluation.judge_goals", is_process_leader | evaluates)
ANSWER_ADVICE = permission("evaluation.answer_advice", is_process_leader)
READ_OWN_ADVICE = permission("evaluation.read_own_advice", is_own)
GIVE_ADVICE = permission("evaluation.give_advice", works_on_it & has_not_left)
