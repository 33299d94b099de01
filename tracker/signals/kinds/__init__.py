"""The kinds of signal, one small file each: rule, query, evidence, next act."""
