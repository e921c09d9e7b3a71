"""An organisation's papers, a file for each subject: each function yields entries for one reader."""
