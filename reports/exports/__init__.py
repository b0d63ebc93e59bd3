"""The export formats, one file each; docs/exports.md has how to add one."""
