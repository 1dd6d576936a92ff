"""What people type: parsed kindly, nothing lost."""
