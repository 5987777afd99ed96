"""Owns the scripts of the sample book, one module for each part of an imagined life."""
