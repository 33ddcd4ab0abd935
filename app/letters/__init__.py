"""What ICE writes to an agency on paper: letters from templates that staff keep."""
