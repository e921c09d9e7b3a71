"""Reading and writing of Excel workbooks. Anyone may have sent one, so it is checked before it is read."""
