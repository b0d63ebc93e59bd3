"""run: what happens to a document and a page, as plain functions, the same here and under Prefect."""
