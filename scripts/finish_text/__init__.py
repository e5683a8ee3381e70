"""Sentences made from grammars, and what recognisers make of them."""
