"""Every write to reports, and the order of a file. `reports.builds` builds it."""

from reports.actions.assigning import choose_writers
from reports.actions.building import (
    order_again,
    order_build,
    order_edition,
    order_joint,
    order_report,
    why_not_interim,
)
from reports.actions.chapters import PUBLISHED, give_chapter, move_chapter, save_chapter, save_front
from reports.actions.commenting import add_comment, reopen_comment, resolve_comment, take_back_comment
from reports.actions.dialogue import (
    answer_query,
    answer_reopening,
    ask_query,
    ask_reopening,
    withdraw_reopening,
)
from reports.actions.editions import (
    approve_report,
    compiled_from,
    correct_report,
    publish_report,
    submit_report,
    take_back_report,
)
from reports.actions.figures import keep_figure, update_figure
from reports.actions.joint import (
    correct_joint,
    frozen_joint,
    publish_interim,
    publish_joint,
    read_build,
    start_compiling,
)
from reports.actions.quotes import allow_quote, mark_quote, remove_quote, withdraw_quote
from reports.actions.taking_in import take_in, take_out
from reports.actions.writing import TextTaken, choose_public, save_section

__all__ = (
    "PUBLISHED",
    "TextTaken",
    "add_comment",
    "allow_quote",
    "answer_query",
    "answer_reopening",
    "approve_report",
    "ask_query",
    "ask_reopening",
    "choose_public",
    "choose_writers",
    "compiled_from",
    "correct_joint",
    "correct_report",
    "frozen_joint",
    "give_chapter",
    "keep_figure",
    "mark_quote",
    "move_chapter",
    "order_again",
    "order_build",
    "order_edition",
    "order_joint",
    "order_report",
    "publish_interim",
    "publish_joint",
    "publish_report",
    "read_build",
    "remove_quote",
    "reopen_comment",
    "resolve_comment",
    "save_chapter",
    "save_front",
    "save_section",
    "start_compiling",
    "submit_report",
    "take_back_comment",
    "take_back_report",
    "take_in",
    "take_out",
    "update_figure",
    "why_not_interim",
    "withdraw_quote",
    "withdraw_reopening",
)
