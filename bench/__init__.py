"""What Allonym is measured by: `python -m bench`, figures in docs/measurements.md. Not a part of the package.

__main__   the command: which measures, where the figures go
measures   the measures in order; a new one is a module with a function, and a line there
figure     a figure with its spread, its target and whose it is; sections of figures
headline   the peers, Allonym and what it must reach, side by side
table      figures as text, as Markdown, and where we lose
process    one thing in one fresh process: wall, CPU, peak memory
child      the other end of `process.ask`: one function, called with JSON, answering in JSON
machine    what it ran on
data       lists, labelled names, and data folders made from them once
groups     groups of names: by script, and by origin with the surname lists of origins.tsv
spread     medians, percentiles, Wilson intervals
entities, mistyping, cases, official    what is asked in the measures of accuracy, and of which lists
contest, ours, brute, logic_v2          the contestants, asked the same things in processes of their own
loading, opening, asking, screening, recall, storing, pairs, accuracy, exhaustive, speed, growth   the measures
"""
