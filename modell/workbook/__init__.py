"""Reading an Excel workbook that anyone may have sent: harmless or refused, and its cells as one sees them."""
