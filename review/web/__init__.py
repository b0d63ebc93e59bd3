"""The review page: a local web application for the person who decides and signs."""
