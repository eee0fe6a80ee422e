"""Words that the ontology does not have, understood by a small model of characters.

The model is trained by ``nqi train`` from the ontology's labels and ``words.yaml``
(``training``), served with numpy alone (``model``), and used for one thing: a stretch of a
question that nothing explains is read as the nearest term (``near``, ``reworded``), and the
answer says so.
"""
