"""A second, learned opinion on claims: doubts findings of the rules, and finds what no wording names."""
