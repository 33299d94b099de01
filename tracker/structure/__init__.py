"""Who exists: congresses, terms, meetings, delegations, deputies; branches, bodies, officers, charges and pairings."""
