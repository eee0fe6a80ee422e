"""Where a question is not clear enough to answer: what could be asked instead, and asking back.

``choices`` the nearest questions that have an answer → ``names`` things said by a part of their
name → ``rivals`` another reading that is as good and gives something else.
"""
