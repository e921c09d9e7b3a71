"""`make bench`: what each page, the first visit and the PDF cost. It measures and judges, and never fails a build."""
