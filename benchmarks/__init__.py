"""Measures the project on public data that nobody of it wrote, beside a plain baseline.

`python -m benchmarks.quality` answers how good, `python -m benchmarks.gate` whether it is
still as good as it was, `python -m benchmarks.speed` how fast. The data lies at
`../shared/eval` beside the repository and is never copied into it; what is built from it
goes to `.benchmarks/`, which git ignores.
"""
