"""The paper to the board about the result report: what is entered (`ground`), in words (`words`), and the paper."""
