"""Words and the spaces between them: what the language model, the lexicon and the ink say of a text.

`paragraphs` takes the line breaks out, `analyse` scores a text once for all rules of the families SPC and LEX.
"""
