"""The pages of experts: what waits, an application, the sheet, the leader's sheet, ties."""
