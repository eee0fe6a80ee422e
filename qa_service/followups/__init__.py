"""Questions that go on from the one before: edits of its logical form, else of its words.

``said`` what the follow-up says → ``edits`` of the form that answered the question before →
where the form takes none (prose, calculations): ``rewrite`` the question before in its words.
"""
