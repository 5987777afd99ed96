"""Benchmarks: scripts that print ratios against something measured in the same run. No tests, and never collected."""
