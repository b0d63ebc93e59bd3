"""The export formats, one file each, found by being here; docs/exports.md has how to add one."""
