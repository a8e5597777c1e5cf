"""The language server: what the command finds, while the sentence is being written.

``places`` counts as the editor counts, ``opened`` holds the texts, ``checking`` lints them; ``published``, ``offers``
and ``hovers`` say it in the words of LSP 3.17; ``protocol`` answers bad messages, ``service`` joins it all.
"""
