"""propose: rules, views and resolution. Pure functions, no input or output."""
