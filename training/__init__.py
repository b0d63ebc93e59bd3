"""learn: what makes the models and dictionaries. Needed only to make them anew."""
