from reports.models.build import Build
from reports.models.report import JointReport, Report, ReportSection, Section

__all__ = ("Build", "JointReport", "Report", "ReportSection", "Section")
