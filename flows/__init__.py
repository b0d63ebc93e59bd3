"""wire: Prefect flows, schedules, settings and the command line. The only place that imports Prefect."""
