"""Version 2 of the format: the omgång as a process, its agendas, decisions, mentorships, and what meetings gave."""
