"""The nouns of the project and its errors. Imports nothing of ours."""
