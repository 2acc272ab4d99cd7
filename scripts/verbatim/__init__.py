"""Lexical and thematic analysis of interview transcripts.

The library behind the steps of the workflow. It takes frames, arrays and plain settings and gives
frames and arrays back; it never imports snakemake and knows no path of a study.
"""
