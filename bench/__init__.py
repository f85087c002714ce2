"""What Allonym is measured by: `python -m bench`, figures in docs/measurements.md. Not a part of the package.

__main__   the command: which measures, where the figures go
measures   the measures in order; a new one is a module with a function, and a line there
figure     a figure with its spread, its target and whose it is; sections of figures
table      figures as text, as Markdown, and where we lose
process    one thing in one fresh process: wall, CPU, peak memory
child      the other end of `process.ask`: one function, called with JSON, answering in JSON
machine    what it ran on
data       lists, labelled names, and data folders made from them once
groups     groups of names: by script
spread     medians, percentiles, Wilson intervals
loading, opening, asking, screening, recall, storing   the measures
"""
