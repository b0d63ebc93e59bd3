"""show: diff report, scorecard, evaluation, exports."""
