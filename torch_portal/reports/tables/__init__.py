"""The statutory tables T1 to T10 of the market of technology contracts (技术市场统计)."""
