"""Article -> Analysis. Pure: no web, and no disk beyond its own data files.

``analyzer`` has the stages in their order, ``result`` what they answer. A folder for each question:

``model``     which words belong together as cue, source and content (learned)
``quotes``    what is said, and was it said at all
``speakers``  whom *he*, *Bell*, *the minister* mean
``sources``   what kind of source that is, how identified, through which channel
``claims``    what the article itself contests
``names``     what a word names; every folder asks it

What lies beside the folders is the article as all of them see it: words (``language``), quotation marks (``marks``),
phrases, places, scenes, and the words that report (``cues``). Imports point from the later question to the earlier.
"""
