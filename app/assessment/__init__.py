"""3. Staff assess the needs and recommend programs with reasons and a plan of action."""
