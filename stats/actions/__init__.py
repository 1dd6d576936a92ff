"""What is done in the Torch statistics survey."""
