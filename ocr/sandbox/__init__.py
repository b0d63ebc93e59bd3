"""The process in which what strangers have made is opened: bounded by limits, confined by the kernel."""
