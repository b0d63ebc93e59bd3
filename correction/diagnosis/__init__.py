"""What kind of damage a whole text has, asked before any letter is looked at. Pure: a text in, values out."""
