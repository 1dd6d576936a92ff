"""Settings that people change: who, when and why, before and after; grave ones by two persons."""
