"""Shots on disk: names, sequences and frame ranges."""
