"""The commands of the command line. Heavy rooms are imported inside each command, so that help is quick."""
