"""What a report holds: one frozen value for each, read once, that PDF and checksum are made of."""

from reports.content.base import Content
from reports.content.joint import JointContent, joint_content
from reports.content.organisation import OrganisationContent, organisation_content
from reports.models import Build

__all__ = ("Content", "JointContent", "OrganisationContent", "content_of", "joint_content", "organisation_content")


def content_of(build: Build) -> Content:
    if build.report:
        return organisation_content(build.report)
    assert build.joint is not None, "A build is of a report or of a joint report."
    return joint_content(build.joint, build.meeting, build.since)
