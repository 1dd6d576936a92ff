"""Acts on applications, panels and experts, one function each."""
