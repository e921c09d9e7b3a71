"""`make bench`: how much each page, the first visit and the PDF cost. It measures and judges; it never fails a build."""
