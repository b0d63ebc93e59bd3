"""command: the program `chamra`, one module a command."""
