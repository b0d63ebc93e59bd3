"""Words and the spaces between them: what the language model, the lexicon and the ink say of a text.

`reflow` takes the line breaks out, `text_analysis` asks the language model and the network once for all rules of the
families SPC and LEX.
"""
