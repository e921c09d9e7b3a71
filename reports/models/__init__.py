from reports.models.build import Build
from reports.models.chapter import Chapter, ChapterText
from reports.models.comment import ReportComment
from reports.models.dialogue import ReportReopening, SectionQuery
from reports.models.edition import ReportEdition
from reports.models.quote import Quote
from reports.models.report import JointReport, Report, ReportSection, Section, SectionVersion
from reports.models.taken_in import TakenIn

__all__ = (
    "Build",
    "Chapter",
    "ChapterText",
    "JointReport",
    "Quote",
    "Report",
    "ReportComment",
    "ReportEdition",
    "ReportReopening",
    "ReportSection",
    "Section",
    "SectionQuery",
    "SectionVersion",
    "TakenIn",
)
