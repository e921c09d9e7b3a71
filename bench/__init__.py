"""Measurements for `make bench`: the cost of each page, the first visit, the PDF and more. They never fail a build."""

SMALL, MIDDLE, LARGE = 16, 40, 310  # participants in the omgångar that are compared
