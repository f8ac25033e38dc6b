"""Answers kept between runs: whatever is in here may be lost at any time, and costs only time."""
