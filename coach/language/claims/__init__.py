"""What must not be said while selling: rule packs, their guards, and what clears a claim. One definition for all."""

from coach.language.claims.evidence import SheetProof
from coach.language.claims.find import Claim, find_claims
from coach.language.claims.rule import claim_versions, day_of_rules, disclosures
from coach.language.claims.scan import scanner

__all__ = ["Claim", "SheetProof", "claim_versions", "day_of_rules", "disclosures", "find_claims", "scanner"]
