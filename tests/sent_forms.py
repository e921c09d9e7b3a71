"""Every guarded form by the address it is sent to: what makes something new, and what does not, with the reason."""

LINK = {"url": "https://exempel.invalid/", "title": "Underlag"}
# Views that make something new, with what is typed into their forms; what is not named is filled in by itself.
# "page" is where a form is drawn that is not on its own.
MAKES = {
    "checklist:version_copy": {"key": "kopia", "name": "Kopia", "year": "2027"},
    "checklist:version_step": {"page": "checklist:version_steps", "label": "Mer än så"},
    "checklist:version_item_add": {},
    "assessments:parts": {"name": "Kulturnämnden"},
    "assessments:evidence": LINK,
    "assessments:ask_query": {},
    "improvements:improvement_add": {},
    "improvements:comment_add": {},
    "improvements:evidence": LINK,
    "improvements:from_teacher": {},
    "improvements:cycle_add": {"decision": ""},
    "improvements:effort_add": {},
    "improvements:own_goal_add": {},
    "improvements:step_add": {"when": "2027", "state": "under_way", "link": ""},
    "indicators:statistics_add": {},
    "indicators:analysis_add": {},
    "indicators:indicator_add": {
        "baseline": "",
        "target_women": "40",
        "target_men": "40",
        "target_gap": "1",
        "fewest_people": "5",
        "target_on": "2027-12-31",
    },
    "indicators:value_add": {
        "period": "2024",
        **dict.fromkeys(("women", "men", "total"), "49"),
        **dict.fromkeys(("women_denominator", "men_denominator"), "12"),
    },
    "follow_up:mailing_new": {},
    "people:person_add": {"email": "ny@exempel.invalid", "deputy": ""},
    "people:staff_add": {"email": "ny@exempel.invalid", "role": "administrator"},
    "people:evaluator_add": {"email": "ny@exempel.invalid", "until": "2027-05-04"},
    "people:participation_add": {"through": "", "other_kind": "", "other_name": ""},
    "reports:ask_query": {},
    "reports:section_comments": {"paragraph": ""},
    "reports:joint_comments": {"paragraph": ""},
    "kolada:starter_add": {"code": "N00053", "goal": "1"},
    "decisions:decision_add": {"decided_on": "2026-05-04", "paragraph": "§ 7", "diary_number": "KS 2027/7"},
    "questions:question_add": {"asked_on": "2026-05-04", "answer": ""},
    "evaluation:observation_add": {"seen_on": "2026-05-04"},
    "evaluation:observation_quote": {},
    "evaluation:interview_add": {"title": "", "interviewed_on": "2026-05-04", "erase_on": "2026-12-31"},
    "evaluation:interview_quote": {},
    "evaluation:goal_add": {},
    "evaluation:advice_add": {},
    "planning:change_add": {"changed_on": "2026-05-04"},
    "planning:edition_copy": {"key": "kopia", "name": "Kopia"},
    "planning:step_add": {"kind": "kickoff"},
    "planning:date_add": {"link": "", "group": "", "days": "1", "ends_at": "11:00"},
    "planning:period_add": {"before": ""},
    "grouping:grouping_new": {},
    "grouping:grouping_rule": {},
    "mentoring:mentor_ask": {},
    "meetings:agenda": {},
    "meetings:preparations": {"url": ""},
    "meetings:host_tasks": {},
    "meetings:material": LINK,
    "meetings:agreements": {"owner": ""},
    "meetings:impressions": {},
    "meetings:ideas": {},
}
_BY_REASON = {
    "a sentence of the text, which is marked once": "reports:quotes",
    "what is taken in stands in the text once": "reports:shorten_source",
    "over what is there: sent again it says that it has changed, or stores the same": """
        admission:letter_words assessments:answer_query assessments:assessment assessments:part
        assessments:rate_alone assessments:submit assessments:title assessments:title_rule
        assessments:working_meeting checklist:reword checklist:version_edit checklist:version_item
        checklist:version_steps decisions:decision_edit follow_up:mail_choice
        questions:question_edit follow_up:mail_wording follow_up:mailing follow_up:mailing_people
        grouping:grouping_edit grouping:grouping_move grouping:grouping_proposal grouping:grouping_weights
        improvements:cycle_edit improvements:effort_edit improvements:improvement_edit improvements:step_edit
        improvements:cycle_name
        improvements:expected_answer improvements:own_goal_edit improvements:own_goal_judge
        improvements:placement indicators:statistics_edit
        indicators:analysis_edit indicators:analysis_step
        indicators:indicator_edit indicators:value_edit indicators:choose
        meetings:agenda_item meetings:agreement meetings:answer meetings:attendance
        meetings:documentation meetings:edit meetings:host meetings:impression
        meetings:preparation mentoring:mentor mentoring:mentor_agreement people:extend
        people:participation_edit people:participation_withdraw people:person_edit people:person_leaves
        people:evaluator_edit people:staff_edit
        planning:date_cancel planning:date_edit planning:date_move planning:edition_edit
        planning:edition_rows planning:period_edit planning:setup_contacts planning:setup_facts planning:setup_interest
        planning:setup_rows planning:step_edit planning:step_move planning:step_rows
        reports:board_paper mentoring:mentor_board_paper
        reports:joint_chapter reports:joint_part reports:joint_front reports:section reports:section_history
        reports:writers planning:edition_section planning:setup_section reports:submit reports:answer_query
        reports:choose_public improvements:naming reports:go_to_quotes
        admission:interest_section admission:interest_person planning:date_table grouping:mentors_by_theme
        privacy:retention evaluation:observation_edit evaluation:interview_edit evaluation:quote_edit
        evaluation:judge_result evaluation:judge_goal evaluation:goal_edit evaluation:advice_edit
        evaluation:answer_advice planning:change_edit
    """,
    "takes away": """
        assessments:part_remove assessments:retract assessments:round_withdraw checklist:version_item_remove
        decisions:decision_remove planning:period_remove questions:question_remove
        evaluation:observation_remove evaluation:interview_remove evaluation:quote_remove evaluation:goal_remove
        evaluation:advice_remove planning:change_remove
        planning:step_remove improvements:improvement_remove follow_up:mailing_remove
        improvements:own_goal_remove
        improvements:comment_remove improvements:cycle_remove improvements:effort_remove improvements:step_remove
        indicators:statistics_remove
        indicators:analysis_remove indicators:indicator_remove indicators:value_remove
    """,
    "the same stands once, by a constraint or by what is asked for": """
        assessments:ask_reopening assessments:import_workbook assessments:round checklist:version_links follow_up:remind
        follow_up:mailing_files indicators:statistics_copy indicators:analysis_sign indicators:copy
        indicators:values_import
        grouping:grouping_mentor improvements:from_idea improvements:from_example
        improvements:lay improvements:copy meetings:copy mentoring:mentor_add
        mentoring:mentor_thank people:cohort_people_list people:directory_invite people:election
        admission:interest_new admission:interest_person_add admission:interest_writers
        people:people_list reports:order_joint reports:order_report reports:ask_reopening people:seat_offer
        people:organisation_list privacy:ask
    """,
    "moves on, once: sent again there is nothing left to move": """
        improvements:move
        planning:rehearsal_delete
        assessments:round_close planning:setup_delete reports:approve reports:compile_joint reports:correct
        reports:correct_joint reports:publish reports:publish_joint reports:publish_interim
        reports:take_back admission:letter_send
        admission:interest_withdraw people:staff_end people:evaluator_end people:account_close people:account_open
        follow_up:mailing_send
        privacy:erase privacy:erase_stranger privacy:regret
    """,
}
NOT_NEW = {name: reason for reason, names in _BY_REASON.items() for name in names.split()}
