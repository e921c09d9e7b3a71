from reports.models.build import Build
from reports.models.dialogue import ReportReopening, SectionQuery
from reports.models.edition import ReportEdition
from reports.models.report import JointReport, Report, ReportSection, Section

__all__ = (
    "Build",
    "JointReport",
    "Report",
    "ReportEdition",
    "ReportReopening",
    "ReportSection",
    "Section",
    "SectionQuery",
)
