"""Training of the line reader: texts, rendering, degradation, network, loop and export. Needs the extra `train`."""
