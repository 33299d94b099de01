"""Benchmarks: every figure against the floor, in one interleaved run (`python3 start.py bench NAME [--size N]`)."""
